using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store;

/// <summary>
/// The organization a token speaks for where the route names none (contract 2's <c>/org/…</c>, contract 3's billing routes): the one whose slug stands in the header
/// <c>X-Org-Slug</c>; without it the only one that the token's owner belongs to, or of several that stand under each other the uppermost. Where that is
/// not one, the header must say which. Staff of the platform belong to none and always name it.
/// </summary>
public static class OwnOrganization
{
    /// <summary>The header that names it.</summary>
    public const string SlugHeader = "X-Org-Slug";

    /// <summary>The organization, and what the caller may do; or what keeps them from it.</summary>
    public static async Task<Outcome<(Access Access, Organization Organization)>> FindAsync(
        BillingStore store, Caller caller, string? slug, Permission permission, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        if (string.IsNullOrEmpty(slug) && Uppermost(access) is not [_])
        {
            return access.Memberships.Count == 0
                ? new Outcome<(Access, Organization)>.NotFound($"The token's owner belongs to no organization. Staff of the platform name one in the header {SlugHeader}.")
                : new Outcome<(Access, Organization)>.Invalid([new FieldError("header.x-org-slug", "required", "the token's owner belongs to several organizations: name one by its slug in this header.")]);
        }

        var found = string.IsNullOrEmpty(slug)
            ? await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Path == Uppermost(access)[0], cancel)
            : await OrganizationSearch.WithSlugAsync(store, slug, cancel);
        return access.Reach(found, permission).Then<(Access, Organization)>(organization => new Outcome<(Access, Organization)>.Done((access, organization)));
    }

    private static string[] Uppermost(Access access)
    {
        var paths = access.Memberships.Select(membership => membership.Path).Distinct(StringComparer.Ordinal).ToArray();
        return [.. paths.Where(path => !paths.Any(upper => upper != path && path.StartsWith(upper, StringComparison.Ordinal)))];
    }
}
