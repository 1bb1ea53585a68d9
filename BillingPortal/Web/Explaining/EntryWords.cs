using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Web.Explaining;

/// <summary>An entry in words: what happened in one sentence, and which bucket gave what. For every page that shows an amount's entry.</summary>
public static class EntryWords
{
    /// <summary>What happened, as a sentence with its full stop.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="organization">The organization's name.</param>
    /// <param name="who">Who it was, as <c>ActorName</c> writes it.</param>
    public static string Sentence(JournalEntry entry, Currency currency, string organization, string who)
    {
        var net = Text(Math.Abs(entry.NetAmount), currency);
        return entry.Kind switch
        {
            EntryKind.Charge => $"{organization} was charged {net} for {entry.Service}{By(entry, who)}.",
            EntryKind.ChargeCredit => $"{organization} got {net} back for {entry.Service}{By(entry, who)}.",
            EntryKind.TopUp when entry.Reason == ReasonCode.AutoRecharged.Code =>
                $"Auto-recharge charged {organization}'s card {Text(-Of(entry, AccountKind.PaymentsClearing), currency)}{TopUp(entry, currency)}.",
            EntryKind.Transfer => $"{Subject(who)} moved {net} {(entry.NetAmount < 0 ? "away from" : "to")} {organization}: {Changes(entry, currency)}.",
            EntryKind.Dispute => $"A card payment of {organization} was disputed; the bank took back {net}: {Changes(entry, currency)}.",
            EntryKind.DisputeWon => $"A dispute was won; {organization} got {net} back: {Changes(entry, currency)}.",
            EntryKind.TopUp when entry.Reason == ReasonCode.CreditsBought.Code =>
                $"{organization} bought credits by card for {Text(-Of(entry, AccountKind.PaymentsClearing), currency)}{TopUp(entry, currency)}.",
            EntryKind.TopUp => $"{organization} paid in {Text(-Of(entry, AccountKind.PaymentsClearing), currency)}{TopUp(entry, currency)}.",
            EntryKind.Grant when entry.Reason == ReasonCode.VoucherRedeemed.Code =>
                $"{Subject(who)} redeemed a voucher for {organization}: {Changes(entry, currency)}.",
            EntryKind.Grant => $"{organization} was granted {Text(Of(entry, AccountKind.Monthly), currency)} of monthly credits.",
            EntryKind.Fee when Of(entry, AccountKind.PaymentsClearing) != 0 =>
                $"{organization}'s card was charged {Text(-Of(entry, AccountKind.PaymentsClearing), currency)} for the plan {Plan(entry)}{Taxed(entry, currency)}.",
            EntryKind.Fee => $"{organization} owes {net} for the plan {Plan(entry)}; it is invoiced with the month.",
            EntryKind.Invoice => $"{Subject(who)} closed {Month(entry)} of {organization}: {Changes(entry, currency)}.",
            EntryKind.Payment => $"{organization} paid {net} of an invoice: {Changes(entry, currency)}.",
            EntryKind.CreditNote => $"{Subject(who)} credited {organization} {net} of an invoice: {Changes(entry, currency)}.",
            EntryKind.WriteOff => $"{Subject(who)} gave up {net} that {organization} owes: {Changes(entry, currency)}.",
            EntryKind.Refund => $"A refund of {organization}: {Changes(entry, currency)}.",
            EntryKind.Expiry => $"{net} of {organization}'s credits lapsed unused.",
            EntryKind.Reversal => $"{Subject(who)} undid entry {Number(entry.ReversesSeq)} of {organization}: {Changes(entry, currency)}.",
            _ => $"{Subject(who)} adjusted {organization}: {Changes(entry, currency)}.",
        };
    }

    /// <summary>The customer's accounts and what each did, in words; for a charge, every bucket in draw-down order.</summary>
    public static ImmutableArray<BucketStep> Steps(JournalEntry entry)
    {
        var touched = entry.Postings.Where(posting => ChartOfAccounts.IsCustomers(posting.Account.Kind)).ToList();
        if (entry.Kind != EntryKind.Charge)
        {
            return [.. touched.Select(posting => new BucketStep(NameOf(posting.Account), posting.Amount, posting.BalanceBefore, posting.BalanceAfter, ""))];
        }

        var steps = ImmutableArray.CreateBuilder<BucketStep>();
        var last = touched.Max(posting => Rank(posting.Account.Kind));
        foreach (var kind in ChartOfAccounts.DrawOrder)
        {
            var given = touched.Where(posting => posting.Account.Kind == kind).ToList();
            steps.AddRange(given.Select(posting => new BucketStep(NameOf(posting.Account), posting.Amount, posting.BalanceBefore, posting.BalanceAfter,
                (posting.BalanceAfter == 0, touched.Count) switch { (true, _) => "gave all it had", (_, 1) => "gave the whole charge", _ => "gave the rest" })));
            if (given.Count == 0)
            {
                steps.Add(new BucketStep(ChartOfAccounts.NameOf(kind), 0, null, null, Rank(kind) < last ? "had nothing to give" : "was not needed"));
            }
        }

        steps.AddRange(touched.Where(posting => !ChartOfAccounts.DrawOrder.Contains(posting.Account.Kind)).Select(posting =>
            new BucketStep(NameOf(posting.Account), posting.Amount, posting.BalanceBefore, posting.BalanceAfter,
                posting.Account.Kind == AccountKind.Overdraft ? "took what was short" : "is owed for what was short")));
        return steps.ToImmutable();
    }

    /// <summary>An account's name for people, with its lot where it has one.</summary>
    public static string NameOf(AccountKey account) => ChartOfAccounts.NameOf(account.Kind)
        + (account.Lot == 0 ? "" : account.Consumer is { } consumer ? $" from {consumer}" : string.Create(CultureInfo.InvariantCulture, $", lot {account.Lot}"));

    private static string Plan(JournalEntry entry) => entry.Service.StartsWith("plan:", StringComparison.Ordinal) ? entry.Service[5..] : entry.Service;

    private static string Taxed(JournalEntry entry, Currency currency) =>
        Of(entry, AccountKind.TaxPayable) is var tax and not 0 ? $", {Text(tax, currency)} of it tax" : "";

    private static int Rank(AccountKind kind) => ChartOfAccounts.DrawOrder.Contains(kind)
        ? ChartOfAccounts.DrawOrder.TakeWhile(other => other != kind).Count()
        : ChartOfAccounts.DrawOrder.Count;

    private static string By(JournalEntry entry, string who) => entry.Reason switch
    {
        "usage_requested" => $", requested by {Within(who)}",
        "usage_redelivered" => $", because the provider delivered {Month(entry)} again",
        _ => $", as reported after it was used ({Within(who)})",
    };

    /// <summary>A name within a sentence: only "The portal" is no name.</summary>
    private static string Within(string who) => who.StartsWith("The ", StringComparison.Ordinal) ? "the " + who[4..] : who;

    /// <summary>A name before a verb: how they came stands between commas.</summary>
    private static string Subject(string who) => who.Contains(',', StringComparison.Ordinal) ? who + "," : who;

    private static string Month(JournalEntry entry) => new Domain.Billing.BillingPeriod(entry.Period).ToString(CultureInfo.InvariantCulture);

    private static string TopUp(JournalEntry entry, Currency currency)
    {
        var parts = new List<string>();
        if (Of(entry, AccountKind.Overdraft) is > 0 and var repaid)
        {
            parts.Add($"of which {Text(repaid, currency)} repaid the overdraft");
        }

        if (Of(entry, AccountKind.Bonus) is > 0 and var bonus)
        {
            parts.Add($"and got {Text(bonus, currency)} of bonus on top");
        }

        return parts.Count == 0 ? "" : ", " + string.Join(", ", parts);
    }

    private static string Changes(JournalEntry entry, Currency currency)
    {
        var changes = entry.Postings.Where(posting => ChartOfAccounts.IsCustomers(posting.Account.Kind))
            .Select(posting => $"{NameOf(posting.Account).ToLowerInvariant()} {(posting.Amount > 0 ? "+" : "−")}{Text(Math.Abs(posting.Amount), currency)}").ToList();
        return changes.Count == 0 ? "no bucket changed" : string.Join(", ", changes);
    }

    private static long Of(JournalEntry entry, AccountKind kind) => entry.Postings.Where(posting => posting.Account.Kind == kind).Sum(posting => posting.Amount);

    private static string Text(long micros, Currency currency) => new Money(micros, currency).ToString(CultureInfo.CurrentCulture);

    private static string Number(long? seq) => seq?.ToString(CultureInfo.InvariantCulture) ?? "?";
}

/// <summary>What one bucket did in an entry, in millionths.</summary>
/// <param name="Bucket">Its name.</param>
/// <param name="Amount">What changed; 0 where it was passed over.</param>
/// <param name="Before">Before; null where it was passed over.</param>
/// <param name="After">After.</param>
/// <param name="Words">Its part, as in "gave all it had"; empty where there is nothing to say.</param>
public sealed record BucketStep(string Bucket, long Amount, long? Before, long? After, string Words);
