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

    /// <summary>Reads it for an organization that was reached already.</summary>
    public async Task<PlanFile> ReadAsync(BillingStore store, Access access, Organization organization, CancellationToken cancel)
    {
        var now = Instant.Now(clock);
        var payerId = organization.PayerId ?? organization.Id;
        var payer = organization.PayerId is null ? organization : await store.Organizations.AsNoTracking().FirstAsync(o => o.Id == payerId, cancel);
        var body = await store.Subscriptions.Where(s => s.OrganizationId == organization.Id).Select(s => s.Body).FirstOrDefaultAsync(cancel);
        var open = await store.PlanFees.Where(f => f.OrganizationId == organization.Id && f.State < 10).Select(f => f.Body).FirstOrDefaultAsync(cancel);
        var card = await store.BillingRules.Where(rule => rule.OrganizationId == payerId)
            .Join(store.PaymentMethods.Where(method => method.RemovedAt == null), rule => rule.PaymentMethodId, method => method.Id, (_, method) => method).FirstOrDefaultAsync(cancel);
        var facts = new PlanFacts
        {
            Catalogue = await CatalogueAsync(store, cancel),
            PlanCode = organization.Plan,
            Subscription = body is null ? null : PlanJson.Read<Subscription>(body),
        };
        var today = PlanCalendar.Today(now, organization.Zone);
        return new PlanFile
        {
            Organization = organization,
            Payer = payer,
            Catalogue = facts.Catalogue,
            Subscription = facts.SubscriptionOn(today, now),
            Today = today,
            Now = now,
            Card = card is null ? null : new CardOnFile(card.Id, card.Brand, card.Last4, card.Inactive),
            Open = open is null ? null : PlanJson.Read<PlanFee>(open),
            MayChange = access.May(ChangingPlan.Permission, organization.Path),
            IsFinance = access.MayOnPlatform(ChangingPlan.Permission),
        };
    }

    /// <summary>Every version of every plan.</summary>
    public static async Task<PlanCatalogue> CatalogueAsync(BillingStore store, CancellationToken cancel)
    {
        var rows = await store.PlanVersions.OrderBy(version => version.Code).ThenBy(version => version.Number).ToListAsync(cancel);
        return new PlanCatalogue([.. rows.Select(row => new PlanVersion(row.Code, row.Number, new Instant(row.ValidFrom), PlanJson.Read<PlanTerms>(row.Terms)))]);
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

    /// <summary>True where the reader may change it.</summary>
    public bool MayChange { get; init; }

    /// <summary>True where the reader is finance.</summary>
    public bool IsFinance { get; init; }

    /// <summary>True where there is a card that works.</summary>
    public bool HasCard => Card is { Inactive: false };

    /// <summary>What it may use now: the plan being tried, else its own.</summary>
    public PlanVersion Effective => Catalogue.Of(Subscription.Effective.Code, Subscription.Effective.Number);
}
