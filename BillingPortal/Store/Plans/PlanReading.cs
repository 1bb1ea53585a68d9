using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store.Invoicing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Plans;

/// <summary>What an organization has subscribed to, for reading.</summary>
/// <param name="Subscription">The subscription, stored or as the organization's plan implies it.</param>
/// <param name="Catalogue">Every plan.</param>
public sealed record PlanReading(Subscription Subscription, PlanCatalogue Catalogue)
{
    /// <summary>How it is taxed today.</summary>
    public TaxTreatment Tax { get; init; } = Taxation.Undetermined;

    /// <summary>What it may use now: the plan being tried, else its own.</summary>
    public PlanVersion Effective => Catalogue.Of(Subscription.Effective.Code, Subscription.Effective.Number);

    /// <summary>What the plan that it may use costs it.</summary>
    public PlanPrice Price => Effective.Terms.Price.Kind == PriceKind.Enterprise ? Subscription.Agreed ?? Effective.Terms.Price : Effective.Terms.Price;

    /// <summary>The same as contract 2 shows it.</summary>
    public SubscriptionTiers Tiers => SubscriptionTiers.Of(Effective, Price);

    /// <summary>Reads it.</summary>
    public static async Task<PlanReading> ReadAsync(BillingStore store, Organization organization, Instant now, CancellationToken cancel)
    {
        var body = await store.Subscriptions.Where(s => s.OrganizationId == organization.Id).Select(s => s.Body).FirstOrDefaultAsync(cancel);
        var facts = new PlanFacts
        {
            Catalogue = await CatalogueAsync(store, cancel),
            PlanCode = organization.Plan,
            Subscription = body is null ? null : PlanJson.Read<Subscription>(body),
        };
        return new PlanReading(facts.SubscriptionOn(PlanCalendar.Today(now, organization.Zone), now), facts.Catalogue) { Tax = await TaxReading.ReadAsync(store, organization, now, cancel) };
    }

    /// <summary>Every version of every plan.</summary>
    public static async Task<PlanCatalogue> CatalogueAsync(BillingStore store, CancellationToken cancel)
    {
        var rows = await store.PlanVersions.OrderBy(version => version.Code).ThenBy(version => version.Number).ToListAsync(cancel);
        return new PlanCatalogue([.. rows.Select(row => new PlanVersion(row.Code, row.Number, new Instant(row.ValidFrom), PlanJson.Read<PlanTerms>(row.Terms)))]);
    }
}
