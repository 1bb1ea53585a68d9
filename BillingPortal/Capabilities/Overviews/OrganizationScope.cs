using System.Globalization;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>The organizations that a caller may see and a filter lets through, as conditions on <c>organization o</c> that indexes answer.</summary>
internal sealed class OrganizationScope
{
    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object Value)> _values = [];

    private OrganizationScope() { }

    /// <summary>The conditions' values.</summary>
    public IReadOnlyList<(string Name, object Value)> Values => _values;

    /// <summary>True where the caller or the filter leaves a part of the platform that may be small.</summary>
    public bool MayBeNarrow { get; private set; }

    /// <summary>The WHERE clause with <paramref name="more"/> conditions; empty where there is none.</summary>
    public string Where(params IEnumerable<string> more) =>
        _conditions.Concat(more).ToList() is { Count: > 0 } all ? "WHERE " + string.Join(" AND ", all) : "";

    /// <summary>What <paramref name="filter"/> lets through of what <paramref name="access"/> reaches.</summary>
    public static async Task<OrganizationScope> FindAsync(BillingStore store, Access access, OrganizationFilter filter, CancellationToken cancel)
    {
        var scope = new OrganizationScope();
        if (access.VisiblePaths is { } visible)
        {
            scope.Below("seen", visible);
        }

        if (filter.Tree is { } top)
        {
            scope.Below("tree", await store.Organizations.Where(o => o.Id == top).Select(o => o.Path).ToListAsync(cancel));
        }

        if (filter.Parent is { } parent)
        {
            scope.Add("o.parent_id = @parent", ("parent", parent));
            scope.MayBeNarrow = true;
        }

        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            scope.Named(filter.Text);
        }

        scope.Standing(filter);
        return scope;
    }

    private void Standing(OrganizationFilter filter)
    {
        switch (filter.State)
        {
            case OrganizationState.Active:
                Add("NOT o.disabled AND o.blocked_cause IS NULL");
                break;
            case OrganizationState.Blocked:
                Add("NOT o.disabled AND o.blocked_cause IS NOT NULL");
                break;
            case OrganizationState.Disabled:
                Add("o.disabled");
                break;
        }

        if (filter.Model is { } model)
        {
            Add("o.charging_model = @model", ("model", (int)model));
        }

        if (filter.Currency is { } currency)
        {
            Add("o.currency = @currency", ("currency", currency));
        }

        if (filter.ResellersOnly)
        {
            Add("EXISTS (SELECT 1 FROM organization below WHERE below.parent_id = o.id)");
        }
    }

    /// <summary>At or below one of the paths. "0" follows "/": everything below /10001/ stands before /100010.</summary>
    private void Below(string name, IReadOnlyList<string> paths)
    {
        MayBeNarrow = true;
        var ranges = new List<string>();
        foreach (var path in paths.Where(path => !paths.Any(upper => upper != path && path.StartsWith(upper, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal))
        {
            var (low, high) = (Numbered(name + "_from", ranges.Count), Numbered(name + "_until", ranges.Count));
            ranges.Add($"(o.path >= @{low} AND o.path < @{high})");
            _values.AddRange([(low, path), (high, path[..^1] + "0")]);
        }

        _conditions.Add(ranges.Count == 0 ? "1 = 0" : "(" + string.Join(" OR ", ranges) + ")");
    }

    /// <summary>Each way in which the text may name an organization is a range of an index of its own.</summary>
    private void Named(string text)
    {
        MayBeNarrow = true;
        var (name, slug) = (NameSearch.Normalise(text), text.Trim().ToLowerInvariant());
        var ways = "SELECT id FROM organization WHERE search_name >= @name AND search_name < @name_end"
            + " UNION SELECT organization_id FROM organization_word WHERE word >= @name AND word < @name_end"
            + " UNION SELECT id FROM organization WHERE slug >= @slug AND slug < @slug_end";
        _values.AddRange([("name", name), ("name_end", name + OrganizationSearch.Last), ("slug", slug), ("slug_end", slug + OrganizationSearch.Last)]);
        if (long.TryParse(slug, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            ways += " UNION SELECT id FROM organization WHERE id = @number";
            _values.Add(("number", number));
        }

        if (OrganizationSearch.TaxNumberIn(text) is { } tax)
        {
            ways += " UNION SELECT organization_id FROM billing_details WHERE tax_id >= @tax AND tax_id < @tax_end";
            _values.AddRange([("tax", tax), ("tax_end", tax + OrganizationSearch.Last)]);
        }

        if (Guid.TryParse(slug, out var uuid))
        {
            ways += " UNION SELECT id FROM organization WHERE uuid = @uuid";
            _values.Add(("uuid", uuid));
        }

        _conditions.Add($"o.id IN ({ways})");
    }

    private void Add(string condition, params IEnumerable<(string Name, object Value)> values)
    {
        _conditions.Add(condition);
        _values.AddRange(values);
    }

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
}
