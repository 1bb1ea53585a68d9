using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>Claims a refund whose step is due, under the head's lock: whoever's claim commits asks the provider, nobody else until the lease ends.</summary>
public sealed record SubmitRefund(Actor Actor, string Key, OrganizationId Organization, long Number) : MoneyCommand(Actor, Key)
{
    /// <summary>How long a claim lasts: whoever died holding it is followed by another who asks with the same key.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public override string Rule => "submit-refund/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Refund = new RefundNeeded(Organization, Number, Recharge: null) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.Facts.Refund?.Intent is not { } intent)
        {
            return new Decision.NotFound("There is no such refund.");
        }

        if (!intent.InFlight || intent.DueAt is not { } due || due > view.Now)
        {
            return Decision.No(RefusalCode.NotDue, "The refund has ended, is being asked about, or its time has not come.");
        }

        var first = intent.State == RefundState.Planned;
        return new Decision.Effects([new Effect.Refund(Organization,
            intent with { State = first ? RefundState.Submitted : RefundState.Unknown, DueAt = view.Now.Plus(Lease), Steps = intent.Steps + 1 },
            new RefundStep("", first ? "The provider is asked to pay it back." : "The provider is asked what became of it, with the same key."))]);
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Number);
}

/// <summary>
/// Books what the provider said of a refund: paid is booked against the provider, refused gives the balance everything back, unknown is asked about again.
/// News may come twice and late, weeks after it was paid too: a refund is booked once, and released once.
/// </summary>
public sealed record SettleRefund(Actor Actor, OrganizationId Organization, long Number, RefundOutcome Outcome)
    : MoneyCommand(Actor, KeyOf(Organization, Number, Outcome))
{
    /// <summary>How long until the provider is asked again what became of it; it doubles, to an hour at most.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public override string Rule => "settle-refund/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Refund = new RefundNeeded(Organization, Number, Recharge: null) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.Facts.Refund is not { Intent: { } intent } facts)
        {
            return new Decision.NotFound("There is no such refund.");
        }

        var course = new Course(view);
        switch (Outcome)
        {
            case RefundOutcome.Paid(var id) when intent.State != RefundState.Settled:
                Consequences.Post(course, Organization, new EntryDraft(EntryKind.Refund, ReasonCode.Refunded, Paid(view.Only, intent, view.Now)) { Detail = Detail(id) });
                Step(course, intent with { State = RefundState.Settled, RefundId = id, FailureCode = null, FailureMessage = null }, "paid",
                    intent.InFlight ? "Paid back to the card." : "Paid back after all, and booked.");
                break;
            case RefundOutcome.Refused(var id, var code, var message) when intent.InFlight:
                var booked = facts.Booked ?? throw new InvalidOperationException("A refund was booked when it was decided.");
                var undo = new EntryDraft(EntryKind.Reversal, ReasonCode.Undone, Journal.Inverse(booked))
                {
                    ReversesSeq = booked.Seq,
                    Comment = message,
                    Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"release-refund/1","reverses":{{booked.Seq}},"refund":{{Number}}}"""),
                };
                Consequences.Post(course, Organization, undo);
                var ended = course[Organization].Seq;
                Repayment.After(course, Organization, undo);
                Step(course, intent with { State = RefundState.Released, RefundId = id ?? intent.RefundId, FailureCode = code, FailureMessage = message }, code,
                    message + " The balance has it back.", ended);
                break;
            case RefundOutcome.Refused(var id, var code, var message) when intent.State == RefundState.Settled:
                var paid = facts.Booked ?? throw new InvalidOperationException("A refund was booked when it was decided.");
                Consequences.Post(course, Organization, new EntryDraft(EntryKind.Refund, ReasonCode.RefundReturned,
                [
                    new(AccountKey.Of(AccountKind.PaymentsClearing), -intent.Amount),
                    .. Journal.Inverse(paid).Where(posting => posting.Account.Kind != AccountKind.RefundsAndDisputes),
                ])
                { Comment = message, Detail = Detail(id ?? intent.RefundId ?? "") });
                Step(course, intent with { State = RefundState.Released, RefundId = id ?? intent.RefundId, FailureCode = code, FailureMessage = message }, code,
                    message + " It had been paid back; the money came back to the provider, and the balance has it again.");
                break;
            case RefundOutcome.Unknown(var id, var reason) when intent.InFlight:
                var waits = TimeSpan.FromTicks(AskAgain.Ticks * Math.Min(60, 1L << Math.Min(6, intent.Steps)));
                course.Add(new Effect.Refund(Organization, intent with
                {
                    State = RefundState.Unknown, RefundId = id ?? intent.RefundId, FailureMessage = reason, DueAt = view.Now.Plus(waits), Steps = intent.Steps + 1,
                }, new RefundStep("unknown", reason)));
                break;
        }

        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Number).Add(Outcome is RefundOutcome.Paid paid ? paid.RefundId : Outcome.ToString()!);

    /// <summary>A refund is booked once and released once, whatever else is said of it.</summary>
    private static string KeyOf(OrganizationId organization, long number, RefundOutcome outcome) => RefundIntent.KeyOf(organization.Value, number) + outcome switch
    {
        RefundOutcome.Paid => ":paid",
        RefundOutcome.Refused => ":released",
        _ => ":news",
    };

    /// <summary>
    /// Where the balance had it back when it was paid after all, it is taken again: from cash, and from the overdraft what cash does not hold; the bonus that
    /// belongs to it is forfeited again, as far as there is some.
    /// </summary>
    private static IEnumerable<PostingDraft> Paid(LedgerState state, RefundIntent intent, Instant now)
    {
        var cash = intent.InFlight ? 0 : Math.Min(intent.Amount, state.Refundable);
        var forfeited = intent.InFlight ? 0 : Math.Clamp(state.BalanceOf(AccountKind.Bonus), 0, intent.Forfeited);
        return
        [
            new(AccountKey.Of(AccountKind.PaymentsClearing), intent.Amount),
            new(AccountKey.Of(AccountKind.RefundsAndDisputes), intent.InFlight ? -intent.Amount : 0),
            new(AccountKey.Of(AccountKind.Cash), -cash),
            new(AccountKey.Of(AccountKind.Overdraft), intent.InFlight ? 0 : cash - intent.Amount),
            .. DrawDown.TakeFrom(state, AccountKind.Bonus, forfeited, now),
            new(AccountKey.Of(AccountKind.CreditsGranted), forfeited),
        ];
    }

    private string Detail(string id) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"settle-refund/1","refund":{{Number}},"provider_refund":{{JsonSerializer.Serialize(id)}}}""");

    private void Step(Course course, RefundIntent ended, string code, string message, long? seq = null) => course.Add(new Effect.Refund(
        Organization, ended with { DueAt = null, EndedSeq = seq ?? course[Organization].Seq, Steps = ended.Steps + 1 }, new RefundStep(code, message)));
}
