using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.MemberOrganizations;

/// <summary>Contract 5's PUT of an organization: its name and its billing address, by the rules of billing details. What is absent stays.</summary>
public sealed class ChangeMemberOrganization(IDbContextFactory<BillingStore> stores, OrganizationWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageOrganizations;

    /// <summary>Does it and answers.</summary>
    public async Task<ApiAnswer> RunAsync(
        Caller caller, Guid uuid, Outcome<DetailsChange> form, string? key, Hash256 hash, Func<Outcome<MemberOrganization>, ApiAnswer> render, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == uuid, cancel);
        var change = form is Outcome<DetailsChange>.Done(var wished) ? wished : DetailsChange.None;
        var reached = access.Reach(found, change is { TouchesBilling: true, TouchesOwn: false } ? Permission.ManageBilling : Permission)
            .Then(organization => change.TouchesBilling ? access.Reach(organization, Permission.ManageBilling) : new Outcome<Organization>.Done(organization));
        if (reached is not Outcome<Organization>.Done { Value: var organization })
        {
            return render(reached.Then<MemberOrganization>(_ => throw new InvalidOperationException("It was not reached.")));
        }

        var role = access.RoleAt(organization.Path)?.Code;
        return await writer.RunAsync([organization.Id], new KeptRequest(organization.Id, key, hash), async edits =>
        {
            var before = await edits.DetailsAsync(organization.Id) ?? throw new InvalidOperationException("Organizations are not taken away.");
            return (await form.Then(wish => wish.Over(before.Details)).ThenAsync(after => edits.SetDetailsAsync(before, after, caller.Actor)))
                .Then<MemberOrganization>(stored => new Outcome<MemberOrganization>.Done(MemberOrganization.Of(uuid, stored.Details, role)));
        }, finish: null, render, cancel);
    }
}
