using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Rating;

/// <summary>
/// Rates a month's reported usage again, in the order in which it was reported, and proposes what corrects it: a line in the place of each whose
/// price is another, and one entry for each service over all of them, in the ledger that was charged for them. By the same rates it comes to nothing. Imported usage was priced by its
/// provider and is never touched (rules §3).
/// </summary>
public sealed record RateAgain(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>The most lines of a month that are rated again at once.</summary>
    public const int MaxLines = 20_000;

    /// <summary>Whose ledger pays, where the organization uses another's balance.</summary>
    public OrganizationId? Payer { get; init; }

    /// <summary>Every ledger that was charged for the month: what is corrected is corrected where it was paid, whoever pays now.</summary>
    public ImmutableArray<OrganizationId> Charged { get; init; } = [];

    /// <summary>The month whose usage is rated again.</summary>
    public required BillingPeriod Period { get; init; }

    /// <summary>Only this service; null for all.</summary>
    public string? Service { get; init; }

    /// <summary>Millionths that the actor may give back alone in 24 hours (rules §5): a rate of 0 would give back a month.</summary>
    public required long Limit { get; init; }

    /// <inheritdoc />
    public override string Rule => "rate-again/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [.. Charged.Prepend(Organization).Prepend(Payer ?? Organization).Distinct()];

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with
    {
        Rating = new RatingNeeded(Organization, Service, Period, Lines: true),
        Draws = [.. Organizations.Select(ledger => (ledger, Period.Number))],
        RollingTotals = true,
    };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.States[Organization].Payer != Payer)
        {
            return Decision.No(RefusalCode.PayerChanged, "Who pays for this organization changed meanwhile. Nothing was changed. Ask again.");
        }

        var facts = view.Facts.Rating ?? throw new InvalidOperationException("The rates were not loaded.");
        if (facts.Lines.Any(line => !Organizations.Contains(line.Ledger)))
        {
            return Decision.No(RefusalCode.PayerChanged, "Usage was charged to another ledger meanwhile. Nothing was changed. Ask again.");
        }

        if (facts.TooMany)
        {
            return Decision.No(RefusalCode.TooLarge, $"The month has more than {MaxLines.ToString("#,0", CultureInfo.InvariantCulture)} lines. Rate one service at a time.", nameof(Service));
        }

        var again = new Again(this, new Course(view), facts, view.Facts.Draws);
        foreach (var service in facts.Lines.GroupBy(line => line.Service, StringComparer.Ordinal).OrderBy(lines => lines.Key, StringComparer.Ordinal))
        {
            if (again.Rate(service.Key, [.. service.OrderBy(line => line.Origin)]) is { } unknown)
            {
                return unknown;
            }
        }

        var decision = again.Decision;
        var back = decision is Decision.Effects(var effects)
            ? effects.OfType<Effect.Post>().Where(post => post.Entry.Kind == EntryKind.ChargeCredit).Sum(post => post.Entry.Size) : 0;
        return (back > 0 ? ApprovalLimit.Check(view.States[Payer ?? Organization], view.Facts, back, Limit) : null) ?? decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Period.Number).Add(Service ?? "");

    private sealed class Again(RateAgain command, Course course, RatingFacts facts, ImmutableArray<DrawLine> draws)
    {
        private readonly Dictionary<OrganizationId, (RatedPosting Posting, List<DrawLine> Draws)> _ledgers = [];
        private readonly ImmutableArray<RatedLine>.Builder _lines = ImmutableArray.CreateBuilder<RatedLine>();
        private readonly ImmutableArray<(string, BillingPeriod, UsageTally)>.Builder _months = ImmutableArray.CreateBuilder<(string, BillingPeriod, UsageTally)>();
        private readonly ImmutableArray<(string, ExactAmount)>.Builder _carries = ImmutableArray.CreateBuilder<(string, ExactAmount)>();
        private int _entries;

        public Decision Decision
        {
            get
            {
                if (_lines.Count > 0)
                {
                    course.Add(new Effect.Rate(command.Organization, new RatedUsage(_lines.ToImmutable(), _months.ToImmutable(), _carries.ToImmutable())));
                }

                return course.Decision;
            }
        }

        /// <summary>Rates one service; a refusal where one of its lines has no rate any more.</summary>
        public Decision? Rate(string service, ImmutableArray<RatedLine> lines)
        {
            var (tally, changed) = (UsageTally.Empty, new List<(RatedLine Was, PricedUsage Now)>());
            foreach (var line in lines)
            {
                if (UsageRating.Price(facts.Book, tally, line.Usage) is not { } priced)
                {
                    return Decision.No(RefusalCode.NoRate, RateUsage.Unknown(service, line.Ratezone, line.Period), nameof(Service));
                }

                tally = priced.Tally;
                if (!priced.Parts.SequenceEqual(line.Parts))
                {
                    changed.Add((line, priced));
                }
            }

            if (changed.Count > 0)
            {
                Correct(service, changed, tally);
            }

            return null;
        }

        private void Correct(string service, List<(RatedLine Was, PricedUsage Now)> changed, UsageTally tally)
        {
            var carried = facts.Carries.GetValueOrDefault(service);
            foreach (var ledger in changed.GroupBy(line => line.Was.Ledger).OrderBy(lines => lines.Key))
            {
                carried = Correct(service, [.. ledger], In(ledger.Key), carried);
            }

            _months.Add((service, command.Period, tally));
            _carries.Add((service, carried));
        }

        /// <summary>Corrects lines of one ledger; what is carried on after it.</summary>
        private ExactAmount Correct(string service, List<(RatedLine Was, PricedUsage Now)> changed, (RatedPosting Posting, List<DrawLine> Draws) ledger, ExactAmount carried)
        {
            var before = changed.Aggregate(ExactAmount.Zero, (sum, line) => sum + line.Was.Amount);
            var now = changed.Aggregate(ExactAmount.Zero, (sum, line) => sum + line.Now.Amount);
            var first = facts.NextNumber + _lines.Count;
            var amount = new RatedAmount(service, command.Period, changed.Max(line => line.Was.OccurredAt), first, changed.Count, before, now, carried);
            var seq = ledger.Posting.Post(amount, ledger.Draws, ReasonCode.UsageRatedAgain, Suffix());
            _entries += seq is null ? 0 : 1;
            _lines.AddRange(changed.Select((line, at) => line.Was with
            {
                Number = first + at,
                Key = command.Key,
                Unit = line.Now.Unit,
                RatedAt = course.Now,
                Parts = line.Now.Parts,
                CarriedOut = amount.CarriedOut,
                EntrySeq = seq,
                Supersedes = line.Was.Number,
            }));
            return amount.CarriedOut;
        }

        private (RatedPosting Posting, List<DrawLine> Draws) In(OrganizationId ledger)
        {
            if (!_ledgers.TryGetValue(ledger, out var found))
            {
                OrganizationId? consumer = ledger == command.Organization ? null : command.Organization;
                _ledgers[ledger] = found = (new RatedPosting(course, command.Organization, consumer is null ? null : ledger),
                    [.. draws.Where(draw => draw.Organization == ledger && draw.Consumer == consumer)]);
            }

            return found;
        }

        /// <summary>The first entry stands under the key itself, so that it is found when the key returns.</summary>
        private string Suffix() => _entries == 0 ? "" : ":" + (_entries + 1).ToString(CultureInfo.InvariantCulture);
    }
}
