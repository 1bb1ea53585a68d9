using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.TaxRegisters;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>Everything that the page of billing details shows, and what the caller may change of it.</summary>
public sealed class GetDetailsSheet(IDbContextFactory<BillingStore> stores, ITaxRegister register) : ICapability
{
    /// <summary>How many changes the history shows at once.</summary>
    public const int Shown = 20;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Reads it, with the latest <paramref name="changes"/> of its history.</summary>
    public async Task<Outcome<DetailsSheet>> RunAsync(Caller caller, OrganizationId number, int changes, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await DetailsReach.FindAsync(store, caller, number, [Permission], cancel)).ThenAsync<DetailsSheet>(async reached =>
        {
            var organization = reached.Organization;
            var history = await DetailsHistoryLine.ReadAsync(store, organization.Id, changes + 1, cancel);
            var parent = organization.ParentId is { } above && reached.Access.RoleAt(DetailsReach.PathAbove(organization)) is not null
                ? await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == above, cancel) : null;
            return new Outcome<DetailsSheet>.Done(new DetailsSheet(
                organization, parent, await StoredDetails.ReadAsync(store, organization, cancel),
                [.. history.Take(changes)], history.Length > changes, await ActorNames.ReadAsync(store, history.Select(line => line.Actor), cancel),
                DetailsReach.May(reached.Access, organization, Permission.ManageBilling), DetailsReach.May(reached.Access, organization, Permission.ManageOrganizations), register.Name));
        });
    }
}

/// <summary>Billing details as the page shows them.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Parent">Its parent, where the caller may know of it.</param>
/// <param name="Stored">What stands.</param>
/// <param name="History">The latest changes, newest first.</param>
/// <param name="IsMore">True where there are older ones.</param>
/// <param name="Names">Who made them.</param>
/// <param name="MayChange">True where the caller may change billing's fields.</param>
/// <param name="MayRename">True where the caller may change name and slug.</param>
/// <param name="Register">The register of tax numbers that is asked; null where none is connected.</param>
public sealed record DetailsSheet(
    Organization Organization, Organization? Parent, StoredDetails Stored, ImmutableArray<DetailsHistoryLine> History, bool IsMore, ImmutableDictionary<Actor, ActorName> Names,
    bool MayChange, bool MayRename, string? Register);
