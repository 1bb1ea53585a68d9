using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Rating;

/// <summary>
/// Rates one report of usage and charges it. Usage is a fact: it is never refused for balance, cap or block (rules §2); only what no rate is known
/// for is refused, before anything is kept of it.
/// </summary>
public sealed record RateUsage(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>The longest name of a ratezone.</summary>
    public const int MaxRatezoneLength = 100;

    /// <summary>Whose ledger pays, where the organization uses another's balance; the store's word for it is checked under the lock.</summary>
    public OrganizationId? Payer { get; init; }

    /// <summary>What was used.</summary>
    public required string Service { get; init; }

    /// <summary>Where; empty where it was not said.</summary>
    public string Ratezone { get; init; } = "";

    /// <summary>How much, above 0, at most eleven decimals.</summary>
    public required ExactAmount Quantity { get; init; }

    /// <summary>When it was used; null for now.</summary>
    public Instant? OccurredAt { get; init; }

    /// <summary>The month in which it was used, in the organization's zone.</summary>
    public required BillingPeriod Period { get; init; }

    /// <inheritdoc />
    public override string Rule => UsageRating.Rule;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => Payer is { } payer ? [payer, Organization] : [Organization];

    /// <summary>Usage that comes to no millionth, or is included, posts nothing and is reported all the same.</summary>
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Rating = new RatingNeeded(Organization, Service, Period, Lines: false) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var payer = view.States[Payer ?? Organization];
        if (view.States[Organization].Payer != Payer)
        {
            return Decision.No(RefusalCode.PayerChanged, "Who pays for this organization changed meanwhile. Nothing was charged. Ask again.");
        }

        if (Quantity.Sign <= 0)
        {
            return Decision.Wrong(nameof(Quantity), "too_small", "The quantity must be above zero.");
        }

        // A closed period does not refuse a fact: it is charged in the next open one.
        if (EffectiveTime.Check(payer with { ClosedUntil = new Instant(long.MinValue) }, OccurredAt, view.Now, nameof(OccurredAt)) is { } wrong)
        {
            return wrong;
        }

        var facts = view.Facts.Rating ?? throw new InvalidOperationException("The rates were not loaded.");
        var usage = new ReportedUsage(Service, Ratezone, Quantity, Period, view.Now);
        return UsageRating.Price(facts.Book, facts.Tallies.GetValueOrDefault(Service, UsageTally.Empty), usage) is { } priced
            ? Charge(view, facts, priced)
            : Decision.No(RefusalCode.NoRate, Unknown(Service, Ratezone, Period), nameof(Service));
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Service).Add(Ratezone).Add(Quantity.ToString()).Add(OccurredAt?.Micros);

    internal static string Unknown(string service, string ratezone, BillingPeriod period) =>
        $"There is no rate for “{service}”{(ratezone.Length > 0 ? $" in “{ratezone}”" : "")} in {period.ToString(CultureInfo.InvariantCulture)}. Nothing was charged.";

    private Decision Charge(DecisionView view, RatingFacts facts, PricedUsage priced)
    {
        var course = new Course(view);
        var posting = new RatedPosting(course, Organization, Payer);
        var at = OccurredAt is { } occurred && occurred < view.Now ? occurred : view.Now;
        var amount = new RatedAmount(Service, Period, at, facts.NextNumber, 1, ExactAmount.Zero, priced.Amount, facts.Carries.GetValueOrDefault(Service));
        var seq = posting.Post(amount, [], ReasonCode.UsageReported, keySuffix: "");
        course.Add(new Effect.Rate(Organization, new RatedUsage(
            [
                new RatedLine
                {
                    Number = facts.NextNumber,
                    Key = Key,
                    Service = Service,
                    Ratezone = Ratezone,
                    Quantity = Quantity,
                    Unit = priced.Unit,
                    OccurredAt = at,
                    ReportedAt = view.Now,
                    RatedAt = view.Now,
                    Period = Period,
                    Parts = priced.Parts,
                    CarriedOut = amount.CarriedOut,
                    Ledger = posting.Ledger,
                    EntrySeq = seq,
                    Origin = facts.NextNumber,
                },
            ],
            [(Service, Period, priced.Tally)], [(Service, amount.CarriedOut)])));
        return course.Decision;
    }
}
