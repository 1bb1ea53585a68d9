using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PublishingInvoices;

/// <summary>Contract 3's credits, in units of the organization's currency (rules §4).</summary>
/// <param name="AvailableCredits">Monthly, promotional, cash and bonus.</param>
/// <param name="UsedCredits">What usage drew of them in the current billing period.</param>
/// <param name="TotalCreditsUsed">What usage ever drew of them.</param>
/// <param name="RemainingCredits">The same as available.</param>
/// <param name="MonthlyFreeCredits">Monthly and promotional.</param>
/// <param name="PurchasedCredits">Cash and bonus.</param>
/// <param name="SignupGrantClaimedAt">When the first credits were granted; null before.</param>
public sealed record CreditsJson(
    decimal AvailableCredits, decimal UsedCredits, decimal TotalCreditsUsed, decimal RemainingCredits, decimal MonthlyFreeCredits, decimal PurchasedCredits, string? SignupGrantClaimedAt);

/// <summary>Reads the credits of the organization that a token speaks for.</summary>
public sealed class CreditsOfOwn(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>Reads them.</summary>
    public async Task<Outcome<CreditsJson>> RunAsync(Caller caller, string? slug, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await OwnOrganization.FindAsync(store, caller, slug, Permission, cancel)).ThenAsync<CreditsJson>(async found =>
        {
            var id = found.Organization.Id;
            var held = await store.Accounts.Where(account => account.OrganizationId == id && account.Kind <= (int)AccountKind.Bonus)
                .GroupBy(account => account.Kind).Select(kind => new { kind.Key, Sum = kind.Sum(account => account.Balance) }).ToDictionaryAsync(row => (AccountKind)row.Key, row => row.Sum, cancel);
            var now = BillingPeriod.Of(Instant.Now(clock), found.Organization.Zone).Number;
            var drawn = await Draws.ReadAsync(store, new OrganizationId(id), now, cancel);
            var granted = await store.Entries.Where(entry => entry.OrganizationId == id && entry.Kind == (int)EntryKind.Grant).OrderBy(entry => entry.Seq)
                .Select(entry => (long?)entry.RecordedAt).FirstOrDefaultAsync(cancel);
            decimal Units(params AccountKind[] kinds) => new Money(kinds.Sum(kind => held.GetValueOrDefault(kind)), found.Organization.Money).Units;
            var (free, bought) = (Units(AccountKind.Monthly, AccountKind.Promotional), Units(AccountKind.Cash, AccountKind.Bonus));
            return new Outcome<CreditsJson>.Done(new CreditsJson(free + bought, (decimal)drawn.InPeriod / Money.Unit, (decimal)drawn.Ever / Money.Unit, free + bought, free, bought,
                granted is { } at ? new Instant(at).ToString() : null));
        });
    }
}
