using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Access;
using BillingPortal.Web;
using BillingPortal.Web.Layout;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Searching;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>Organizations in the search everywhere, and what can be done with the best of them.</summary>
public sealed class OverviewSearch(FindOrganizations organizations, CurrentCaller current, MaySee maySee) : ISearchSource
{
    /// <inheritdoc />
    public int Order => 100;

    /// <inheritdoc />
    public async Task<ImmutableArray<SearchGroup>> FindAsync(string text, CancellationToken cancel)
    {
        var may = await maySee() ?? (_ => false);
        var found = await organizations.RunAsync(await current.GetAsync(), text, cancel);
        var groups = ImmutableArray.CreateBuilder<SearchGroup>();
        if (found.Length > 0)
        {
            groups.Add(new("Organizations", [.. found.Select(HitOf)]));
            if (Actions(found[0], may) is { Length: > 0 } acts && (found.Length == 1 || found[0].IsExactly(text)))
            {
                groups.Add(new($"Actions on {found[0].Name}", acts));
            }
        }

        const string create = "New organization";
        if (may(Permission.CreateOrganizations) && create.Contains(text, StringComparison.OrdinalIgnoreCase))
        {
            groups.Add(new("Actions", [new(Glyph.Plus, create, Detail: null, "action", "/organizations/new")]));
        }

        return groups.ToImmutable();
    }

    private static SearchHit HitOf(FoundOrganization found) =>
        new(Glyph.Organizations, found.Name, $"{Number(found)} · {found.Slug}", found.IsReseller ? "reseller" : null, $"/organizations/{Number(found)}");

    private static ImmutableArray<SearchHit> Actions(FoundOrganization found, Predicate<Permission> may)
    {
        var path = $"/organizations/{Number(found)}";
        (Permission Needs, SearchHit Hit)[] acts =
        [
            (Permission.AdjustBalances, new(Glyph.Adjust, "Adjust balance", found.Name, "action", path + "/adjust")),
            (Permission.TransferBalances, new(Glyph.Adjust, "Transfer balance", found.Name, "action", path + "/transfer")),
            .. OrganizationArea.All.SelectMany(area => area.Views).Where(view => view.End.Length > 0)
                .Select(view => (view.Needs, new SearchHit(view.Icon, view.Title, found.Name, "page", view.Of(found.Id)))),
        ];
        return [.. acts.Where(act => may(act.Needs)).Select(act => act.Hit)];
    }

    private static string Number(FoundOrganization found) => found.Id.ToString(CultureInfo.InvariantCulture);
}
