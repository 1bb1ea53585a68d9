using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>The organizations that a caller may see and a filter lets through, as predicates that indexes answer.</summary>
internal static class VisibleOrganizations
{
    /// <summary>Those that <paramref name="filter"/> lets through below the caller's paths.</summary>
    public static IQueryable<Organization> Of(BillingStore store, Access access, OrganizationFilter filter)
    {
        var found = OrganizationSearch.Within(store.Organizations.AsNoTracking(), access.VisiblePaths);
        if (filter.Tree is { } top)
        {
            found = OrganizationSearch.Within(found, [.. store.Organizations.Where(o => o.Id == top).Select(o => o.Path)]);
        }

        if (filter.Parent is { } parent)
        {
            found = found.Where(o => o.ParentId == parent);
        }

        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var matches = OrganizationSearch.Matching(store, filter.Text);
            found = found.Where(o => matches.Contains(o.Id));
        }

        found = filter.State switch
        {
            OrganizationState.Active => found.Where(o => !o.Disabled && o.BlockedCause == null),
            OrganizationState.Blocked => found.Where(o => !o.Disabled && o.BlockedCause != null),
            OrganizationState.Disabled => found.Where(o => o.Disabled),
            _ => found,
        };
        found = filter.Model is { } model ? found.Where(o => o.ChargingModel == model) : found;
        found = filter.Currency is { } currency ? found.Where(o => o.Currency == currency) : found;
        return filter.ResellersOnly ? found.Where(o => store.Organizations.Any(below => below.ParentId == o.Id)) : found;
    }

    /// <summary>True where the caller or the filter leaves a part of the platform that may be small.</summary>
    public static bool MayBeNarrow(Access access, OrganizationFilter filter) =>
        access.VisiblePaths is not null || filter.Tree is not null || filter.Parent is not null || !string.IsNullOrWhiteSpace(filter.Text);
}
