using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Tests.Domain.Ledger;

/// <summary>Ledger states for examples, in units.</summary>
internal static class Ledgers
{
    public static readonly OrganizationId Acme = new(10_001);

    public static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    public static LedgerState Holding(params (AccountKind Kind, decimal Units)[] accounts) => new()
    {
        Organization = Acme,
        Currency = Currency.Usd,
        ChargingModel = ChargingModel.Prepaid,
        Accounts = accounts.ToImmutableSortedDictionary(
            account => AccountKey.Of(account.Kind), account => new Account(AccountKey.Of(account.Kind), Micros(account.Units))),
    };

    public static LedgerState WithLot(this LedgerState state, AccountKind kind, int lot, decimal units, int daysToLive) => state with
    {
        Accounts = state.Accounts.Add(AccountKey.Of(kind, lot), new Account(AccountKey.Of(kind, lot), Micros(units), Now.Plus(TimeSpan.FromDays(daysToLive)))),
    };

    public static Decision Decide(this MoneyCommand command, LedgerState state, Facts? facts = null) => command.Decide(
        new DecisionView(ImmutableSortedDictionary<OrganizationId, LedgerState>.Empty.Add(state.Organization, state), facts ?? Facts.None, Now));

    public static string[] Lines(this Decision decision) => [.. decision.ShouldBeOfType<Decision.Effects>().Items
        .OfType<Effect.Post>().SelectMany(post => post.Entry.Postings).Select(line => $"{line.Account} {line.Amount / 1_000_000m:0.00}")];

    public static Refusal Refused(this Decision decision) => decision.ShouldBeOfType<Decision.Refused>().Refusal;

    public static long Micros(decimal units) => (long)(units * Money.Unit);
}
