using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>
/// Gives a person a role in an organization, changes it, or takes it away. A top organization keeps somebody who administers it; one below is
/// administered from above in any case.
/// </summary>
public sealed class SetMember(IDbContextFactory<BillingStore> stores, PeopleRegister people, OrganizationWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageMembers;

    /// <summary>Adds the person who signs in with <paramref name="email"/>, or changes their role where they belong to it already.</summary>
    public async Task<Outcome<Member>> AddAsync(Caller caller, OrganizationId organization, string email, Role role, CancellationToken cancel)
    {
        var reached = await ReachAsync(caller, organization, cancel);
        return await reached.ThenAsync(async found => await people.FindAsync(email, cancel) is { } user
            ? await SetAsync(caller, found, user, role, cancel)
            : new Outcome<Member>.Invalid([new FieldError("Email", "unknown", "Nobody signs in with this address. Ask the platform's staff to enter them first.")]));
    }

    /// <summary>Changes the role of one of its people; null removes them.</summary>
    public async Task<Outcome<Member>> ChangeAsync(Caller caller, OrganizationId organization, string user, Role? role, CancellationToken cancel)
    {
        var reached = await ReachAsync(caller, organization, cancel);
        return await reached.ThenAsync(async found =>
        {
            await using var store = await stores.CreateDbContextAsync(cancel);
            return await store.Memberships.AnyAsync(m => m.OrganizationId == organization.Value && m.UserId == user, cancel)
                ? await SetAsync(caller, found, user, role, cancel)
                : new Outcome<Member>.Stale("Somebody removed this person meanwhile.");
        });
    }

    private async Task<Outcome<Reached>> ReachAsync(Caller caller, OrganizationId organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await OrganizationReach.FindToManageAsync(store, caller, organization, Permission, cancel);
    }

    private async Task<Outcome<Member>> SetAsync(Caller caller, Reached reached, string user, Role? role, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var person = await store.Users.Where(u => u.Id == user).Select(u => new { u.DisplayName, u.Email, u.PlatformRole }).FirstAsync(cancel);
        if (person.PlatformRole is not null && role is not null)
        {
            return new Outcome<Member>.Refused(new Refusal(RefusalCode.Forbidden, "Staff of the platform have their rights everywhere and belong to no organization.", "Email"));
        }

        var name = person.DisplayName.Length > 0 ? person.DisplayName : person.Email ?? user;
        var organization = reached.Organization;
        return await writer.RunAsync<Member>([organization.Id], async edits =>
        {
            var before = await edits.RoleOfAsync(organization.Id, user);
            if (before == Role.Admin && role != Role.Admin && organization.ParentId is null && await edits.CountAsync(organization.Id, Role.Admin) <= 1)
            {
                return new Outcome<Member>.Refused(new Refusal(RefusalCode.LastAdministrator, $"{name} is the only administrator. Make somebody else one first.", "Role"));
            }

            if (before != role)
            {
                await edits.SetRoleAsync(organization.Id, user, role);
                var who = await edits.NameOfAsync(caller.UserId);
                await (role is null ? edits.TellAsync(organization.Id, "member_removed", $"{name}, {before!.Name}, removed by {who}.")
                    : before is null ? edits.TellAsync(organization.Id, "member_added", $"{name} added as {role.Name} by {who}.")
                    : edits.TellAsync(organization.Id, "member_changed", $"{name}, {before.Name} until now, made {role.Name} by {who}."));
            }

            return new Outcome<Member>.Done(new Member(user, name, person.Email, role?.Code ?? ""));
        }, cancel);
    }
}
