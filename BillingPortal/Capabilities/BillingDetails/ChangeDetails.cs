using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>
/// Changes whom invoices are made out to, and with another permission the organization's name and slug: one command for the page, contract 3 and contract 2's
/// billing information. What is absent stays, null clears, and nothing or all of it happens.
/// </summary>
public sealed class ChangeDetails(IDbContextFactory<BillingStore> stores, OrganizationWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>Does it for a page. Stale where a field that is to be changed no longer stands as <paramref name="shown"/>.</summary>
    public async Task<Outcome<StoredDetails>> RunAsync(Caller caller, OrganizationId number, DetailsChange change, OrganizationDetails shown, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await DetailsReach.FindAsync(store, caller, number, DetailsReach.Needed(change), cancel);
        return await reached.ThenAsync(found => writer.RunAsync([found.Organization.Id], edits => ChangeAsync(edits, found.Organization.Id, change, shown, caller), cancel));
    }

    /// <summary>Does it for a program that names the organization by its slug.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, string slug, DetailsWish wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await AnswerAsync(await DetailsReach.FindAsync(store, caller, slug, wish.Needed, cancel), caller, wish, cancel);
    }

    /// <summary>Does it for a program that speaks for its own organization (<see cref="OwnOrganization"/>).</summary>
    public async Task<ApiAnswer> RunForOwnAsync(Caller caller, string? slug, DetailsWish wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var own = await OwnOrganization.FindAsync(store, caller, slug, Permission, cancel);
        return await AnswerAsync(own.Then<ReachedDetails>(found => new Outcome<ReachedDetails>.Done(new ReachedDetails(found.Access, found.Organization))), caller, wish, cancel);
    }

    private Task<ApiAnswer> AnswerAsync(Outcome<ReachedDetails> reached, Caller caller, DetailsWish wish, CancellationToken cancel)
    {
        if (reached is not Outcome<ReachedDetails>.Done { Value.Organization.Id: var organization })
        {
            return Task.FromResult(wish.Render(reached.Then<StoredDetails>(_ => throw new InvalidOperationException("It was reached."))));
        }

        return writer.RunAsync([organization], new KeptRequest(organization, wish.Key, wish.RequestHash), async edits => await wish.Form.ThenAsync(async change =>
            wish.Demand is { } demand && await edits.DetailsAsync(organization) is { } stored && demand(stored) is { } refusal
                ? new Outcome<StoredDetails>.Refused(refusal)
                : await ChangeAsync(edits, organization, change, shown: null, caller)), finish: null, wish.Render, cancel);
    }

    private static async Task<Outcome<StoredDetails>> ChangeAsync(OrganizationEdits edits, long organization, DetailsChange change, OrganizationDetails? shown, Caller caller)
    {
        var before = await edits.DetailsAsync(organization) ?? throw new InvalidOperationException("Organizations are not taken away.");
        return shown is not null && change.Wishes.Keys.Any(field => field.Of(before.Details) != field.Of(shown))
            ? new Outcome<StoredDetails>.Stale("Somebody changed it meanwhile. Nothing was changed now.")
            : await change.Over(before.Details).ThenAsync(after => edits.SetDetailsAsync(before, after, caller.Actor));
    }
}

/// <summary>A program's wish about billing details: its change, or why that cannot be meant, and how it wants to be answered.</summary>
/// <param name="Form">What is wished.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null where none was sent.</param>
/// <param name="RequestHash">SHA-256 of route and body.</param>
/// <param name="Render">The contract's answer.</param>
public sealed record DetailsWish(Outcome<DetailsChange> Form, string? Key, Hash256 RequestHash, Func<Outcome<StoredDetails>, ApiAnswer> Render)
{
    /// <summary>What must stand for it to be done: the refusal where it does not.</summary>
    public Func<StoredDetails, Refusal?>? Demand { get; init; }

    internal Permission[] Needed => DetailsReach.Needed(Form is Outcome<DetailsChange>.Done(var change) ? change : DetailsChange.None);
}
