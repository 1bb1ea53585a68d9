using System.Globalization;
using BillingPortal.Domain;
using Microsoft.AspNetCore.Http.Extensions;

namespace BillingPortal.Web.Api;

/// <summary>
/// Which part of a list contract 4 is asked for: <c>page</c>, <c>per_page</c>, <c>sort</c> and <c>q</c>. Its lists are bare arrays of at most a
/// thousand rows a page; what the whole list is stands in headers.
/// </summary>
/// <param name="Page">From 1; what lies beyond the last page is answered with the last.</param>
/// <param name="PerPage">1 to <see cref="Most"/>.</param>
/// <param name="Sort">The field to sort by; null for the list's own order.</param>
/// <param name="Descending">True for the last first.</param>
/// <param name="Criteria">What each row must have: field and value.</param>
public sealed record ListPart(int Page, int PerPage, string? Sort, bool Descending, IReadOnlyDictionary<string, string> Criteria)
{
    /// <summary>The most rows on a page.</summary>
    public const int Most = 1_000;

    /// <summary>How many where nothing is said.</summary>
    public const int Usual = 100;

    /// <summary>The part that the query asks for, or 1301/1302 where it cannot be meant.</summary>
    /// <param name="query">The query.</param>
    /// <param name="sorts">Fields that <c>sort</c> may name, with a minus before one for the last first.</param>
    /// <param name="criteria">Fields that <c>q</c> may name.</param>
    public static (ListPart? Part, Problem? Problem) Read(IQueryCollection query, IReadOnlyCollection<string> sorts, IReadOnlyCollection<string> criteria)
    {
        if (Whole(query["page"], 1) is not { } page || Whole(query["per_page"], Usual) is not { } rows)
        {
            return (null, Problem.Of("invalid_query", "page and per_page must be whole numbers."));
        }

        var sort = query["sort"].ToString();
        var field = sort.TrimStart('-');
        if (query["sort"].Count > 1 || (sort.Length > 0 && (sort.Length - field.Length > 1 || !sorts.Contains(field))))
        {
            return (null, Problem.Of("invalid_sort", $"Sort criteria {sort} is invalid. It can be sorted by {Named(sorts)}."));
        }

        var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query["q"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.Split(':', 2) is not [var name, { Length: > 0 } value] || !criteria.Contains(name) || !wanted.TryAdd(name, value))
            {
                return (null, Problem.Of("invalid_query", $"Search criteria {pair} is invalid. It can be searched by {Named(criteria)}, as in field:value."));
            }
        }

        return (new ListPart(Math.Max(1, page), rows < 1 ? Usual : Math.Min(rows, Most), field.Length == 0 ? null : field, sort.StartsWith('-'), wanted), null);
    }

    /// <summary>This part of a list of so many rows: a page beyond the last is the last.</summary>
    public ListPart Within(long total) => this with { Page = (int)Math.Min(Page, Math.Max(1, PagesOf(total))) };

    /// <summary>How many rows stand before it.</summary>
    public int Skipped => (Page - 1) * PerPage;

    /// <summary>Says in the headers what the whole list is, and where its other parts are.</summary>
    public void Tell(HttpContext context, long total)
    {
        var (headers, pages) = (context.Response.Headers, Math.Max(1, PagesOf(total)));
        headers["X-Total-Count"] = Text(total);
        headers["X-Total-Pages"] = Text(pages);
        headers["X-Current-Page"] = Text(Page);
        headers["X-Count-Per-Page"] = Text(PerPage);
        headers.Link = string.Join(", ", new[] { ("first", 1L), ("prev", Page - 1L), ("next", Page + 1L), ("last", pages) }
            .Where(link => link.Item2 >= 1 && link.Item2 <= pages).Select(link => $"<{PathOf(context.Request, link.Item2)}>;rel=\"{link.Item1}\""));
    }

    private string PathOf(HttpRequest request, long page)
    {
        var query = new QueryBuilder(request.Query.Where(pair => pair.Key is not ("page" or "per_page")).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")))
        {
            { "page", Text(page) },
            { "per_page", Text(PerPage) },
        };
        return request.PathBase + request.Path + query.ToQueryString();
    }

    private long PagesOf(long total) => (total + PerPage - 1) / PerPage;

    private static string Named(IReadOnlyCollection<string> fields) => fields.Count == 0 ? "nothing" : string.Join(", ", fields);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Whole(Microsoft.Extensions.Primitives.StringValues sent, int otherwise) => sent.Count switch
    {
        0 => otherwise,
        1 when sent[0] is "" => otherwise,
        1 when int.TryParse(sent[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}

/// <summary>A part of a list, with how many rows the whole list has.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Rows">The rows.</param>
/// <param name="Part">Which part they are.</param>
/// <param name="Total">How many there are.</param>
public sealed record Listed<T>(IReadOnlyList<T> Rows, ListPart Part, long Total);

/// <summary>How lists are answered.</summary>
public static class ListAnswers
{
    /// <summary>Writes what a query found as a bare array with the headers of paging, or why not.</summary>
    public static Task WriteListAsync<T>(this HttpContext context, Outcome<Listed<T>> outcome)
    {
        if (outcome is Outcome<Listed<T>>.Done(var list))
        {
            list.Part.Tell(context, list.Total);
        }

        return context.WriteAsync(outcome.Then<IReadOnlyList<T>>(list => new Outcome<IReadOnlyList<T>>.Done(list.Rows)));
    }

    /// <summary>The part that this call asks for; where it cannot be meant the problem is answered and null given.</summary>
    public static async Task<ListPart?> PartAsync(this HttpContext context, IReadOnlyCollection<string> sorts, IReadOnlyCollection<string> criteria)
    {
        var (part, problem) = ListPart.Read(context.Request.Query, sorts, criteria);
        if (problem is not null)
        {
            await context.WriteAsync(problem);
        }

        return part;
    }
}
