using System.Globalization;
using System.Linq.Expressions;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.TaxNumbers;
using Microsoft.EntityFrameworkCore;

#pragma warning disable CA1309 // the database compares, by its columns' binary collation

namespace BillingPortal.Store;

/// <summary>Organizations by what people call them and by where they stand in the tree, as predicates that indexes answer.</summary>
public static class OrganizationSearch
{
    /// <summary>Behind every text that begins alike, in the byte order of both databases.</summary>
    public const string Last = "\U0010FFFF";

    /// <summary>Numbers of the organizations that <paramref name="text"/> names.</summary>
    public static IQueryable<long> Matching(BillingStore store, string text)
    {
        var name = NameSearch.Normalise(text);
        var afterName = name + Last;
        var slug = text.Trim().ToLowerInvariant();
        var afterSlug = slug + Last;
        var found = store.Organizations.Where(o => string.Compare(o.SearchName, name) >= 0 && string.Compare(o.SearchName, afterName) < 0).Select(o => o.Id)
            .Union(store.OrganizationWords.Where(w => string.Compare(w.Word, name) >= 0 && string.Compare(w.Word, afterName) < 0).Select(w => w.OrganizationId))
            .Union(store.Organizations.Where(o => string.Compare(o.Slug, slug) >= 0 && string.Compare(o.Slug, afterSlug) < 0).Select(o => o.Id));
        if (TaxNumberIn(text) is { } tax)
        {
            var afterTax = tax + Last;
            found = found.Union(store.BillingDetails.Where(d => string.Compare(d.TaxId, tax) >= 0 && string.Compare(d.TaxId, afterTax) < 0).Select(d => d.OrganizationId));
        }

        if (long.TryParse(slug, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            found = found.Union(store.Organizations.Where(o => o.Id == number).Select(o => o.Id));
        }

        return Guid.TryParse(slug, out var uuid) ? found.Union(store.Organizations.Where(o => o.Uuid == uuid).Select(o => o.Id)) : found;
    }

    /// <summary>The organization with this slug, or that had it; null where there is none.</summary>
    public static async Task<Organization?> WithSlugAsync(BillingStore store, string slug, CancellationToken cancel)
    {
        if (slug.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        return await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Slug == slug, cancel)
            ?? await store.SlugAliases.Where(alias => alias.Slug == slug).Join(store.Organizations.AsNoTracking(), alias => alias.OrganizationId, o => o.Id, (_, o) => o).FirstOrDefaultAsync(cancel);
    }

    /// <summary>
    /// The beginning of a tax number that <paramref name="text"/> may mean, as numbers are stored; null where it is too short for one, or has too few digits.
    /// </summary>
    public static string? TaxNumberIn(string text)
    {
        const int least = 5;
        return text.Length <= 64 && TaxNumber.Normalise(text) is { Length: >= least } number && number.Count(char.IsAsciiDigit) >= least - 1 ? number : null;
    }

    /// <summary>Those at or below one of <paramref name="paths"/>; all for null.</summary>
    public static IQueryable<Organization> Within(IQueryable<Organization> organizations, IReadOnlyList<string>? paths)
    {
        if (paths is null)
        {
            return organizations;
        }

        Expression<Func<Organization, bool>>? any = null;
        foreach (var path in paths.Where(path => !paths.Any(upper => upper != path && path.StartsWith(upper, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal))
        {
            // "0" follows "/": everything below /10001/ stands before /100010.
            var end = path[..^1] + "0";
            Expression<Func<Organization, bool>> below = o => string.Compare(o.Path, path) >= 0 && string.Compare(o.Path, end) < 0;
            any = any is null ? below : Either(any, below);
        }

        return any is null ? organizations.Where(o => false) : organizations.Where(any);
    }

    private static Expression<Func<Organization, bool>> Either(Expression<Func<Organization, bool>> one, Expression<Func<Organization, bool>> other)
    {
        var same = new SameParameter(other.Parameters[0], one.Parameters[0]).Visit(other.Body);
        return Expression.Lambda<Func<Organization, bool>>(Expression.OrElse(one.Body, same), one.Parameters);
    }

    private sealed class SameParameter(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
