using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>
/// Lets a sub-organization draw on its parent's balance, or pay for itself again (rules §1). Switching it on first moves its value to the
/// parent, as the preview shows. It is the parent's money, so that whoever manages the parent's billing does it.
/// </summary>
public sealed class UsingParentBalance(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>What it would do now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId organization, bool uses, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, organization, uses, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, OrganizationId organization, bool uses, string key, Agreement agreement, CancellationToken cancel) =>
        await (await CommandAsync(caller, organization, uses, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    private async Task<Outcome<ConfigureOrganization>> CommandAsync(Caller caller, OrganizationId organization, bool uses, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await OrganizationReach.FindToManageAsync(store, caller, organization, Permission, cancel)).ThenAsync<ConfigureOrganization>(async found =>
        {
            var above = OrganizationReach.PathAbove(found.Organization);
            return above is null || !found.Access.May(Permission, above)
                ? new Outcome<ConfigureOrganization>.Refused(Access.Missing(Permission) with { Field = "UseParentBalance" })
                : new Outcome<ConfigureOrganization>.Done(new ConfigureOrganization(caller.Actor, key, organization)
                {
                    UseParentBalance = uses,
                    Parent = new OrganizationId(found.Organization.ParentId!.Value),
                });
        });
    }
}
