using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Corrects what an organization holds: adds to a bucket, takes from it, or sets what remains. The page and contract 2's PUT are this
/// one command (rules §1).
/// </summary>
public sealed record AdjustBalance(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>The longest comment.</summary>
    public const int MaxCommentLength = 1_000;

    /// <summary>What should change.</summary>
    public required Adjustment Change { get; init; }

    /// <summary>Why.</summary>
    public required ReasonCode Reason { get; init; }

    /// <summary>A person's words.</summary>
    public string Comment { get; init; } = "";

    /// <summary>When it takes effect; null for now.</summary>
    public Instant? EffectiveAt { get; init; }

    /// <summary>True where the actor may raise cash and forgive an overdraft.</summary>
    public required bool MayRaiseCash { get; init; }

    /// <summary>Millionths the actor may move alone in a rolling day.</summary>
    public required long Limit { get; init; }

    /// <inheritdoc />
    public override string Rule => "adjust-balance/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { RollingTotals = true };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        if (Change.Check(state) is { } wrong)
        {
            return wrong;
        }

        if (EffectiveTime.Check(state, EffectiveAt, view.Now, nameof(EffectiveAt)) is { } untimely)
        {
            return untimely;
        }

        var deltas = Change.Deltas(state).Where(delta => delta.Amount != 0).ToImmutableArray();
        if (deltas.Select(delta => Allowed(state, delta.Bucket, delta.Amount)).FirstOrDefault(refusal => refusal is not null) is { } refusal)
        {
            return refusal;
        }

        var entry = new EntryDraft(EntryKind.Adjustment, Reason, deltas.SelectMany(delta => Lines(state, delta.Bucket, delta.Amount, view.Now)))
        {
            Comment = Comment,
            EffectiveAt = EffectiveAt,
            Detail = Detail,
        };
        return entry.Postings.IsEmpty ? Decision.Nothing
            : ApprovalLimit.Check(state, view.Facts, entry.Size, Limit) ?? Consequences.After(view, Organization, entry);
    }

    private const string Detail = """{"rule":"adjust-balance/1"}""";

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form)
    {
        Change.Describe(form);
        form.Add(Reason.Code).Add(Comment).Add(EffectiveAt?.Micros);
    }

    /// <summary>The other side of each bucket (rules §1).</summary>
    public static AccountKind ContraOf(AccountKind bucket) => bucket switch
    {
        AccountKind.Monthly => AccountKind.CreditsGranted,
        AccountKind.Promotional => AccountKind.PromotionsGranted,
        AccountKind.Bonus => AccountKind.Goodwill,
        AccountKind.Cash => AccountKind.CashAdjustments,
        AccountKind.Overdraft => AccountKind.WriteOff,
        _ => throw new ArgumentOutOfRangeException(nameof(bucket), bucket, "Not a bucket that is adjusted."),
    };

    private Decision? Allowed(LedgerState state, AccountKind bucket, long delta)
    {
        if (!MayRaiseCash && delta > 0 && bucket is AccountKind.Cash or AccountKind.Overdraft)
        {
            return Decision.No(RefusalCode.Forbidden, bucket == AccountKind.Cash
                ? "Support may not raise cash, which can be refunded. Finance may."
                : "Support may not forgive an overdraft. Finance may.", "Bucket");
        }

        var after = state.BalanceOf(bucket) + delta;
        var words = (long micros) => new Money(micros, state.Currency).ToString(CultureInfo.InvariantCulture);
        return bucket switch
        {
            AccountKind.Overdraft when after > 0 => Decision.No(RefusalCode.BelowFloor,
                $"The overdraft is {words(-state.BalanceOf(bucket))}; no more than that can be forgiven.", "Amount"),
            AccountKind.Overdraft when delta < 0 => Decision.No(RefusalCode.BelowFloor, "An overdraft comes from usage only; it cannot be given.", "Bucket"),
            AccountKind.Bonus when after < 0 && Change is Adjustment.SetRemaining => null,
            not AccountKind.Overdraft when delta < 0 && after < 0 => Decision.No(RefusalCode.BelowFloor,
                $"{ChartOfAccounts.NameOf(bucket)} holds {words(Math.Max(0, state.BalanceOf(bucket)))}; no more than that can be taken.", "Amount"),
            AccountKind.Cash when Change is not Adjustment.SetRemaining && after + state.BalanceOf(AccountKind.Bonus) < 0 => Decision.No(RefusalCode.BelowFloor,
                $"Bonus is {words(state.BalanceOf(AccountKind.Bonus))}, so only {words(state.Refundable)} of cash can be taken.", "Amount"),
            _ => null,
        };
    }

    private static IEnumerable<PostingDraft> Lines(LedgerState state, AccountKind bucket, long delta, Instant now)
    {
        var contra = new PostingDraft(AccountKey.Of(ContraOf(bucket)), -delta);
        return delta > 0 || bucket == AccountKind.Overdraft
            ? [new(AccountKey.Of(bucket), delta), contra]
            : [.. DrawDown.TakeFrom(state, bucket, -delta, now), contra];
    }
}
