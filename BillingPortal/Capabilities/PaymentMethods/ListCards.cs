using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>An organization's cards on file, newest first, and which of them recharges charge.</summary>
public sealed class ListCards(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <summary>More than anyone keeps; older ones are left out.</summary>
    public const int Most = 100;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Reads them.</summary>
    public async Task<Outcome<OrganizationCards>> RunAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<OrganizationCards>(async organization =>
        {
            var rule = await store.BillingRules.FirstOrDefaultAsync(r => r.OrganizationId == id.Value, cancel);
            var rows = await store.PaymentMethods.Where(m => m.OrganizationId == id.Value && m.RemovedAt == null)
                .OrderByDescending(m => m.AddedAt).ThenBy(m => m.Id).Take(Most).ToListAsync(cancel);
            var names = await ActorNames.ReadAsync(store, rows.Select(row => new Actor(row.AddedBy, "page")), cancel);
            var today = TimeZoneInfo.ConvertTime(Instant.Now(clock).ToUtc(), organization.Zone);
            return new Outcome<OrganizationCards>.Done(new OrganizationCards(
                organization,
                [.. rows.Select(row => new CardLine(row.Id, row.Brand, row.Last4, row.ExpiryMonth, row.ExpiryYear, new Instant(row.AddedAt), names[new Actor(row.AddedBy, "page")].ToString())
                {
                    IsCharged = rule?.PaymentMethodId == row.Id,
                    IsInactive = row.Inactive,
                    IsExpired = (row.ExpiryYear * 12) + row.ExpiryMonth < (today.Year * 12) + today.Month,
                    Failure = row.FailedAt is { } failed ? new CardFailure(new Instant(failed), row.FailedMessage ?? "") : null,
                })],
                rule?.RechargeEnabled == true,
                (RechargeSuspension?)rule?.Suspended,
                access.May(Permission.ManageBilling, organization.Path)));
        });
    }
}

/// <summary>What the page of cards shows.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Cards">Newest first.</param>
/// <param name="Recharges">True where auto-recharge is on.</param>
/// <param name="Suspended">Why recharging stands still; null while it does not.</param>
/// <param name="MayManage">True where the caller may change cards.</param>
public sealed record OrganizationCards(Organization Organization, ImmutableArray<CardLine> Cards, bool Recharges, RechargeSuspension? Suspended, bool MayManage)
{
    /// <summary>True where a new card makes recharging go on.</summary>
    public bool ResumesWithACard => Suspended is RechargeSuspension.PaymentFailed or RechargeSuspension.AuthenticationNeeded;
}

/// <summary>One card.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Brand">The provider's word, as in <c>visa</c>.</param>
/// <param name="Last4">Four digits.</param>
/// <param name="ExpiryMonth">1 to 12.</param>
/// <param name="ExpiryYear">Four digits.</param>
/// <param name="AddedAt">When it was added.</param>
/// <param name="AddedBy">By whom.</param>
public sealed record CardLine(long Id, string Brand, string Last4, int ExpiryMonth, int ExpiryYear, Instant AddedAt, string AddedBy)
{
    /// <summary>True for the one that recharges charge.</summary>
    public bool IsCharged { get; init; }

    /// <summary>True where it failed too often and is not charged any more.</summary>
    public bool IsInactive { get; init; }

    /// <summary>True where its last month is over.</summary>
    public bool IsExpired { get; init; }

    /// <summary>Its last failure; null where its last charge went through.</summary>
    public CardFailure? Failure { get; init; }

    /// <summary>For people: "Visa ·4242".</summary>
    public string Name => CardNames.Of(Brand, Last4);
}

/// <summary>A charge that did not go through.</summary>
/// <param name="At">When.</param>
/// <param name="Why">The provider's words.</param>
public sealed record CardFailure(Instant At, string Why);
