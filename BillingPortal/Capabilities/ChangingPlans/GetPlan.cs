using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>An organization's plan as it stands: subscription, catalogue, who pays with which card, and the fee that is open.</summary>
public sealed class GetPlan(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<PlanFile>> RunAsync(Caller caller, OrganizationId organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == organization.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<PlanFile>(async reached => new Outcome<PlanFile>.Done(await ReadAsync(store, access, reached, cancel)));
    }

    /// <summary>The same by its UUID.</summary>
    public async Task<Outcome<PlanFile>> RunAsync(Caller caller, Guid uuid, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await PlanReach.ByUuidAsync(store, caller, uuid, Permission, onPlatform: false, cancel);
        return await reached.ThenAsync<PlanFile>(async found => new Outcome<PlanFile>.Done(await ReadAsync(store, found.Access, found.Organization, cancel)));
    }

    /// <summary>Reads it for an organization that was reached already.</summary>
    public async Task<PlanFile> ReadAsync(BillingStore store, Access access, Organization organization, CancellationToken cancel)
    {
        var now = Instant.Now(clock);
        var payerId = organization.PayerId ?? organization.Id;
        var payer = organization.PayerId is null ? organization : await store.Organizations.AsNoTracking().FirstAsync(o => o.Id == payerId, cancel);
        var reading = await PlanReading.ReadAsync(store, organization, now, cancel);
        var open = await store.PlanFees.Where(f => f.OrganizationId == organization.Id && f.State < 10).Select(f => f.Body).FirstOrDefaultAsync(cancel);
        var card = await store.BillingRules.Where(rule => rule.OrganizationId == payerId)
            .Join(store.PaymentMethods.Where(method => method.RemovedAt == null), rule => rule.PaymentMethodId, method => method.Id, (_, method) => method).FirstOrDefaultAsync(cancel);
        var today = PlanCalendar.Today(now, organization.Zone);
        var subscription = reading.Subscription;
        return new PlanFile
        {
            Usages = subscription.Period is { } period ? await UsagesAsync(store, organization, period, cancel) : 0,
            Organization = organization,
            Payer = payer,
            Catalogue = reading.Catalogue,
            Subscription = subscription,
            Today = today,
            Now = now,
            Card = card is null ? null : new CardOnFile(card.Id, card.Brand, card.Last4, card.Inactive),
            Open = open is null ? null : PlanJson.Read<PlanFee>(open),
            MayChange = access.May(ChangingPlan.Permission, organization.Path),
            IsFinance = access.MayOnPlatform(ChangingPlan.Permission),
        };
    }

    /// <summary>Charges that took effect in the period: in its own ledger, and in those that paid for it, which the index of payers' revenue accounts finds: its condition stands in the query as it is.</summary>
    private static async Task<long> UsagesAsync(BillingStore store, Organization organization, PlanPeriod period, CancellationToken cancel)
    {
        var (start, end) = (LocalTime.FirstMomentOf(period.Start, organization.Zone).Micros, LocalTime.FirstMomentOf(period.End, organization.Zone).Micros);
        var consumed = AccountKey.RevenueFrom(new OrganizationId(organization.Id)).Value;
        return await store.Entries.LongCountAsync(entry => entry.OrganizationId == organization.Id && entry.Kind == (int)EntryKind.Charge && entry.EffectiveAt >= start && entry.EffectiveAt < end, cancel)
            + await store.Postings.LongCountAsync(posting => posting.Account > 1_000_000 && posting.Account % 100 == 20 && posting.Account == consumed && posting.EffectiveAt >= start && posting.EffectiveAt < end && posting.Amount > 0, cancel);
    }
}

/// <summary>An organization's plan as it stands.</summary>
public sealed record PlanFile
{
    /// <summary>Whose.</summary>
    public required Organization Organization { get; init; }

    /// <summary>Who pays: itself, or the organization whose balance it uses.</summary>
    public required Organization Payer { get; init; }

    /// <summary>Every plan.</summary>
    public required PlanCatalogue Catalogue { get; init; }

    /// <summary>The subscription.</summary>
    public required Subscription Subscription { get; init; }

    /// <summary>The local day.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>When it was read.</summary>
    public required Instant Now { get; init; }

    /// <summary>The card that whoever pays has chosen; null for none.</summary>
    public CardOnFile? Card { get; init; }

    /// <summary>The fee that is under way or owed; null for none.</summary>
    public PlanFee? Open { get; init; }

    /// <summary>How many charges took effect in the current period.</summary>
    public long Usages { get; init; }

    /// <summary>True where the reader may change it.</summary>
    public bool MayChange { get; init; }

    /// <summary>True where the reader is finance.</summary>
    public bool IsFinance { get; init; }

    /// <summary>True where there is a card that works.</summary>
    public bool HasCard => Card is { Inactive: false };

    /// <summary>What it may use now: the plan being tried, else its own.</summary>
    public PlanVersion Effective => Catalogue.Of(Subscription.Effective.Code, Subscription.Effective.Number);
}
