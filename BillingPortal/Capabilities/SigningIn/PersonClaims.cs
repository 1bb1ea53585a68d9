using System.Security.Claims;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>What a cookie says of a person beside their id: name and role for the corner of the page. Nothing is allowed by it.</summary>
public sealed class PersonClaims(UserManager<BillingUser> users, IOptions<IdentityOptions> options, IDbContextFactory<BillingStore> stores)
    : UserClaimsPrincipalFactory<BillingUser>(users, options)
{
    /// <inheritdoc />
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(BillingUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(CallerClaims.Name, user.DisplayName.Length > 0 ? user.DisplayName : user.Email ?? user.Id));
        if ((user.PlatformRole ?? await OwnRoleAsync(user.Id)) is { } role)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, Role.Of(role).Name));
        }

        return identity;
    }

    private async Task<string?> OwnRoleAsync(string userId)
    {
        await using var store = await stores.CreateDbContextAsync();
        return await store.Memberships.Where(m => m.UserId == userId).OrderBy(m => m.OrganizationId).Select(m => m.Role).FirstOrDefaultAsync();
    }
}
