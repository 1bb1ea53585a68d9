using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>Who one is here: name, email and roles.</summary>
public sealed class GetOwnAccount(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageOwnAccount;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<OwnAccount>> RunAsync(Caller caller, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (caller.Scopes is not null || await store.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == caller.UserId, cancel) is not { } user)
        {
            return new Outcome<OwnAccount>.Refused(Access.Missing(Permission));
        }

        var memberships = await store.Memberships.Where(m => m.UserId == caller.UserId)
            .Join(store.Organizations, m => m.OrganizationId, o => o.Id, (m, o) => new { o.Id, o.Name, m.Role })
            .OrderBy(m => m.Name).ThenBy(m => m.Id).ToListAsync(cancel);
        return new Outcome<OwnAccount>.Done(new OwnAccount(user.DisplayName, user.Email ?? "", access.PlatformRole,
            [.. memberships.Select(m => new OwnMembership(m.Id, m.Name, Role.Of(m.Role)))]));
    }
}

/// <summary>A person as they see themselves.</summary>
/// <param name="Name">For people.</param>
/// <param name="Email">Signs in with it.</param>
/// <param name="PlatformRole">Their role on the platform, if any.</param>
/// <param name="Memberships">Their roles in organizations, by name.</param>
public sealed record OwnAccount(string Name, string Email, Role? PlatformRole, ImmutableArray<OwnMembership> Memberships);

/// <summary>A role in an organization and everything below it.</summary>
/// <param name="Organization">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">The role.</param>
public sealed record OwnMembership(long Organization, string Name, Role Role);
