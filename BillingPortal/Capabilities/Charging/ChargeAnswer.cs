using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Capabilities.Charging;

/// <summary>A charge as programs see it: the entry, what it took from which bucket, and what was left.</summary>
/// <param name="Id">The entry's name: the organization's number and the entry's own, as pages show it.</param>
/// <param name="Href">Where it can be read again.</param>
/// <param name="Organization">The organization's UUID.</param>
/// <param name="Service">What was used.</param>
/// <param name="Amount">What was charged, in the currency's units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="OccurredAt">When it takes effect.</param>
/// <param name="RecordedAt">When it was written.</param>
/// <param name="Period">The billing period it belongs to, as 2026-03.</param>
/// <param name="Postings">What was taken from each bucket; the amounts are negative and sum to the charge. Empty where a parent's balance paid.</param>
/// <param name="Balances">What every bucket held after it.</param>
/// <param name="Hash">The entry's hash in the organization's chain.</param>
public sealed record ChargeAnswer(
    string Id, string Href, Guid Organization, string Service, string Amount, string Currency, string OccurredAt, string RecordedAt, string Period,
    IReadOnlyList<ChargePosting> Postings, BucketBalances Balances, string Hash)
{
    /// <summary>
    /// The answer for a written entry; <paramref name="after"/> gives what a bucket held after it. Where another's ledger paid, the organization sees
    /// its charge and its own buckets, never the payer's postings (rules §1).
    /// </summary>
    public static ChargeAnswer Of(Organization organization, JournalEntry entry, Func<AccountKind, long> after)
    {
        var currency = organization.Money;
        var own = entry.Organization.Value == organization.Id;
        var buckets = entry.Postings.Where(posting => own && ChartOfAccounts.IsCustomers(posting.Account.Kind)).ToList();
        return new ChargeAnswer(
            entry.Name, $"/organizations/{organization.Uuid}/charges/{(own ? "" : $"{entry.Organization}-")}{entry.Seq}", organization.Uuid, entry.Service,
            Units(entry.Postings.Where(posting => posting.Account.Kind == AccountKind.Revenue).Sum(posting => posting.Amount)), currency.Code, entry.EffectiveAt.ToString(), entry.RecordedAt.ToString(),
            $"{new BillingPeriod(entry.Period)}",
            [.. buckets.Select(posting => new ChargePosting(posting.Account.ToString(), Units(posting.Amount), Units(posting.BalanceAfter)))],
            BucketBalances.Of(organization.Money, after), entry.Hash.ToString());

        string Units(long micros) => new Money(micros, currency).ToDecimalString();
    }
}

/// <summary>What a charge took from one bucket.</summary>
/// <param name="Account">The bucket; credits that lapse have their lot behind a colon.</param>
/// <param name="Amount">The change, with the customer's sign.</param>
/// <param name="BalanceAfter">What the bucket holds after it.</param>
public sealed record ChargePosting(string Account, string Amount, string BalanceAfter);
