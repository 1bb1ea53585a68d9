using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Tests.Domain.Rating;

/// <summary>A ledger with its rated usage in memory: what the store would keep of what commands decide.</summary>
internal sealed record RatingDesk(RateBook Book, LedgerState State)
{
    public static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero));

    public ImmutableArray<RatedLine> Lines { get; init; } = [];

    public ImmutableArray<EntryDraft> Entries { get; init; } = [];

    public ImmutableDictionary<string, UsageTally> Tallies { get; init; } = ImmutableDictionary<string, UsageTally>.Empty;

    public ImmutableDictionary<string, ExactAmount> Carries { get; init; } = ImmutableDictionary<string, ExactAmount>.Empty;

    public static RatingDesk With(RateBook book, ChargingModel model = ChargingModel.Postpaid) =>
        new(book, new LedgerState { Organization = new(10001), Currency = Currency.Usd, ChargingModel = model });

    /// <summary>Lines that no other superseded.</summary>
    public IEnumerable<RatedLine> Standing => Lines.Where(line => !Lines.Any(later => later.Supersedes == line.Number)).OrderBy(line => line.Origin);

    public ExactAmount Exact => Sum(Standing.Select(line => line.Amount));

    public ExactAmount Carried => Sum(Carries.Values);

    public long Posted => Entries.Sum(entry => entry.Postings.Where(line => line.Account.Kind == AccountKind.Revenue).Sum(line => line.Amount));

    public RatingDesk Report(string service, string ratezone, ExactAmount quantity) => Apply(Decide(new RateUsage(Actor.System("test"), "k" + Lines.Length, State.Organization)
    {
        Service = service, Ratezone = ratezone, Quantity = quantity, OccurredAt = Noon, Period = new(202603),
    }));

    public Decision RateAgain(long limit = long.MaxValue / 2) => Decide(new RateAgain(Actor.System("test"), "again", State.Organization) { Period = new(202603), Limit = limit });

    public RatingDesk Apply(Decision decision) => ((Decision.Effects)decision).Items.Aggregate(this, (desk, effect) => effect switch
    {
        Effect.Post(_, var entry) => desk with
        {
            State = desk.State.After(entry, Noon) with { Seq = desk.State.Seq + 1 },
            Entries = desk.Entries.Add(entry),
        },
        Effect.Rate(_, var usage) => desk with
        {
            Lines = desk.Lines.AddRange(usage.Lines),
            Tallies = desk.Tallies.SetItems(usage.Months.Select(month => KeyValuePair.Create(month.Service, month.Tally))),
            Carries = desk.Carries.SetItems(usage.Carries.Select(carry => KeyValuePair.Create(carry.Service, carry.Carried))),
        },
        _ => desk with { State = desk.State.After(effect) },
    });

    public Decision Decide(MoneyCommand command)
    {
        var seq = 0L;
        var draws = Entries.SelectMany(entry =>
        {
            seq++;
            return entry.Postings.Where(line => ChartOfAccounts.IsCustomers(line.Account.Kind))
                .Select(line => new DrawLine(State.Organization, entry.Period ?? 0, seq, entry.Kind, null, line.Account, line.Amount));
        });
        var facts = Facts.None with
        {
            Draws = [.. draws],
            Rating = new RatingFacts { Book = Book, NextNumber = Lines.Length + 1, Tallies = Tallies, Carries = Carries, Lines = [.. Standing] },
        };
        return command.Decide(new DecisionView(ImmutableSortedDictionary<OrganizationId, LedgerState>.Empty.Add(State.Organization, State), facts, Noon));
    }

    private static ExactAmount Sum(IEnumerable<ExactAmount> amounts) => amounts.Aggregate(ExactAmount.Zero, (sum, amount) => sum + amount);
}
