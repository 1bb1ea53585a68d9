using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Pays a balance back to the card that it came from (rules §8): at most what is refundable, and what is left of that one payment. The bonus is forfeited
/// pro rata. It leaves the balance now; the provider is asked afterwards, and where it refuses everything comes back.
/// </summary>
public sealed record RefundBalance(Actor Actor, string Key, OrganizationId Organization, long Recharge) : MoneyCommand(Actor, Key)
{
    /// <summary>The longest comment.</summary>
    public const int MaxCommentLength = 500;

    /// <summary>Millionths, above zero, whole minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>A person's words; may be empty.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Millionths the actor may move alone in a rolling day.</summary>
    public required long Limit { get; init; }

    /// <inheritdoc />
    public override string Rule => "refund-balance/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { RollingTotals = true, Refund = new RefundNeeded(Organization, Number: null, Recharge) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        if (view.Facts.Refund is not { Payment: { State: RechargeState.Settled, PaymentId: { } payment } paid } facts)
        {
            return new Decision.NotFound("There is no such card payment.");
        }

        if (Amount <= 0 || Amount % state.Currency.MinorUnit != 0)
        {
            return Decision.Wrong(nameof(Amount), "not_payable", $"A refund is above zero and has at most {state.Currency.Digits} decimals.");
        }

        if (Comment.Length > MaxCommentLength)
        {
            return Decision.Wrong(nameof(Comment), "too_long", $"At most {MaxCommentLength} characters are kept.");
        }

        var words = (long micros) => new Money(micros, state.Currency).ToString(CultureInfo.InvariantCulture);
        if (facts.Disputed)
        {
            return Decision.No(RefusalCode.NotReversible, "The payment is disputed: its bank has taken the money back already. Nothing was refunded.");
        }

        if (Amount > paid.Amount - facts.Refunded)
        {
            return Decision.No(RefusalCode.TooLarge, $"{words(paid.Amount - facts.Refunded)} of this payment is left to pay back. Nothing was refunded.", nameof(Amount));
        }

        if (Amount > state.Refundable)
        {
            return Decision.No(RefusalCode.InsufficientBalance, $"{words(state.Refundable)} is refundable. Nothing was refunded.", nameof(Amount));
        }

        var forfeited = Forfeited(state, Amount);
        var entry = new EntryDraft(EntryKind.Refund, ReasonCode.Refunded,
        [
            new(AccountKey.Of(AccountKind.Cash), -Amount),
            .. DrawDown.TakeFrom(state, AccountKind.Bonus, forfeited, view.Now),
            new(AccountKey.Of(AccountKind.CreditsGranted), forfeited),
            new(AccountKey.Of(AccountKind.RefundsAndDisputes), Amount),
        ])
        {
            Comment = Comment,
            Detail = string.Create(CultureInfo.InvariantCulture,
                $$"""{"rule":"{{Rule}}","recharge":{{Recharge}},"payment":{{JsonSerializer.Serialize(payment)}},"bonus_forfeited":{{forfeited}}}"""),
        };
        return ApprovalLimit.Check(state, view.Facts, entry.Size, Limit) ?? Booked(view, entry, facts, paid, forfeited);
    }

    /// <summary>The bonus that belongs to so much of the cash, in millionths, half-even.</summary>
    public static long Forfeited(LedgerState state, long amount)
    {
        var (cash, bonus) = (state.BalanceOf(AccountKind.Cash), state.BalanceOf(AccountKind.Bonus));
        if (cash <= 0 || bonus <= 0)
        {
            return 0;
        }

        var (whole, rest) = Int128.DivRem((Int128)bonus * amount, cash);
        var up = rest * 2 > cash || (rest * 2 == cash && !Int128.IsEvenInteger(whole));
        return (long)(whole + (up ? 1 : 0));
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Recharge).Add(Amount).Add(Comment);

    private Decision Booked(DecisionView view, EntryDraft entry, RefundFacts facts, RechargeIntent paid, long forfeited)
    {
        var course = new Course(view);
        var seq = course[Organization].Seq + 1;
        course.Add(new Effect.Refund(Organization, new RefundIntent(facts.Next)
        {
            Recharge = Recharge,
            Provider = facts.Provider,
            PaymentId = paid.PaymentId!,
            Amount = Amount,
            Forfeited = forfeited,
            CreatedAt = view.Now,
            DueAt = view.Now,
            BookedSeq = seq,
            Steps = 1,
        }, new RefundStep("", "Decided, and taken from the balance.")));
        Consequences.Post(course, Organization, entry);
        return course.Decision;
    }
}
