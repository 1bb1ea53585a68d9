using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>
/// Makes the caller, who manages the people of the parent, a member of one of its sub-organizations, with a role there in place of the one they
/// had. The role in the sub-organization then counts in it, be it less than the one above; joining again changes it.
/// </summary>
public sealed class JoinSubOrganization(IDbContextFactory<BillingStore> stores, OrganizationWriter writer, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageMembers;

    /// <summary>Joins, and answers with the sub-organization.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, OrganizationWish<Role> wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = (await OrganizationReach.FindBelowAsync(store, caller, wish.Parent, wish.Below ?? Guid.Empty, Permission, cancel)).Then<Reached>(found =>
            found.Access.PlatformRole is null
                ? new Outcome<Reached>.Done(found)
                : new Outcome<Reached>.Refused(new Refusal(RefusalCode.Forbidden, "Staff of the platform have their rights everywhere and join no organization.")));
        if (reached is not Outcome<Reached>.Done { Value.Organization: var organization })
        {
            return wish.Render(reached.Then<OrganizationSummary>(_ => throw new InvalidOperationException("It was reached.")));
        }

        var facts = await OrganizationReading.ReadAsync(store, organization, Instant.Now(clock), cancel);
        var me = await store.Users.Where(user => user.Id == caller.UserId).Select(user => new { user.DisplayName, user.Email }).FirstAsync(cancel);
        return await wish.RunAsync(writer, [organization.Id], organization.Id, async (edits, role) =>
        {
            if (await edits.RoleOfAsync(organization.Id, caller.UserId) != role)
            {
                await edits.SetRoleAsync(organization.Id, caller.UserId, role);
                await edits.TellAsync(organization.Id, "member_joined", $"{await edits.NameOfAsync(caller.UserId)} joined from above as {role.Name}.");
            }

            var member = new Member(caller.UserId, me.DisplayName.Length > 0 ? me.DisplayName : me.Email ?? caller.UserId, me.Email, role.Code);
            var members = facts.Members.RemoveAll(other => other.UserId == caller.UserId).Add(member);
            return new Outcome<OrganizationSummary>.Done(OrganizationSummary.Of(facts with
            {
                Members = [.. members.OrderBy(other => other.Name, StringComparer.Ordinal).ThenBy(other => other.UserId, StringComparer.Ordinal)],
            }));
        }, cancel);
    }
}
