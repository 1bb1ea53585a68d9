using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>How a charge comes (rules §2).</summary>
public enum ChargeMode
{
    /// <summary>It asks first, and is refused where it would overdraw.</summary>
    Request,

    /// <summary>It has happened: never refused; a shortfall goes to overdraft and blocks.</summary>
    Fact,
}

/// <summary>Charges usage to an organization: one amount, taken once, in draw-down order (rules §1, §2).</summary>
public sealed record ChargeUsage(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>The longest name of a service.</summary>
    public const int MaxServiceLength = 200;

    /// <summary>Whose ledger pays, where the organization uses another's balance (rules §1); the store's word for it is checked under the lock.</summary>
    public OrganizationId? Payer { get; init; }

    /// <summary>Request or fact.</summary>
    public ChargeMode Mode { get; init; }

    /// <summary>What was used; 1 to 200 characters.</summary>
    public required string Service { get; init; }

    /// <summary>Millionths, above zero.</summary>
    public required long Amount { get; init; }

    /// <summary>When it was used; null for now.</summary>
    public Instant? OccurredAt { get; init; }

    /// <inheritdoc />
    public override string Rule => "charge-usage/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => Payer is { } payer ? [payer, Organization] : [Organization];

    /// <inheritdoc />
    public override IEnumerable<WindowNeeded> WindowsNeeded(IReadOnlyDictionary<OrganizationId, LedgerState> states, Instant now) =>
        OccurredAt is { } at && at < now
            ? base.WindowsNeeded(states, now).Concat(Organizations.Select(id => states[id])
                .Where(state => state.Rule.Cap.IsHard && !(state.WindowHolding(at) is { } window && window.Contains(now))).Select(state => WindowNeeded.At(state, at, state.Rule.Cap.Anchor)))
            : base.WindowsNeeded(states, now);

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var (consumer, payer) = (view.States[Organization], view.States[Payer ?? Organization]);
        if (consumer.Payer != Payer)
        {
            return Decision.No(RefusalCode.PayerChanged, "Who pays for this organization changed meanwhile. Nothing was charged. Ask again.");
        }

        if (Amount <= 0)
        {
            return Decision.Wrong(nameof(Amount), "too_small", "The amount must be above zero.");
        }

        if (EffectiveTime.Check(payer, OccurredAt, view.Now, nameof(OccurredAt)) is { } wrong)
        {
            return wrong;
        }

        var at = OccurredAt is { } occurred && occurred < view.Now ? occurred : view.Now;
        if (Mode == ChargeMode.Request && Objection(view, consumer, payer, at) is { } refusal)
        {
            return refusal;
        }

        var (lines, shortfall) = DrawDown.Take(payer, Amount, view.Now);
        if (shortfall > 0 && Mode == ChargeMode.Request && payer.ChargingModel == ChargingModel.Prepaid && !payer.AllowOverdraft)
        {
            // A consumer sees its charge, never the payer's balance (rules §1): not even how much of it is short.
            return Decision.No(RefusalCode.InsufficientBalance, Payer is null
                ? $"The balance is short of {new Money(shortfall, payer.Currency).ToString(CultureInfo.InvariantCulture)}. Nothing was charged."
                : "The balance of its payer does not cover it. Nothing was charged.", nameof(Amount));
        }

        return Consequences.After(view, payer.Organization, Entry(view, consumer, payer, lines, shortfall, at));
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add((long)Mode).Add(Service).Add(Amount).Add(OccurredAt?.Micros);

    /// <summary>Block, then cap (rules §6); the consumer's own before its payer's.</summary>
    private Decision? Objection(DecisionView view, LedgerState consumer, LedgerState payer, Instant at) =>
        Standing(consumer) ?? (Payer is null ? null : Veiled(Standing(payer))) ?? Capping.Check(view, consumer, Amount, at)
        ?? (Payer is null ? null : Veiled(Capping.Check(view, payer, Amount, at)));

    /// <summary>A consumer hears that its payer's ledger objects, never the payer's figures (rules §1).</summary>
    private static Decision? Veiled(Decision? objection) => objection is Decision.Refused { Refusal: var refusal }
        ? Decision.No(refusal.Code, "The ledger that pays for this organization does not take the charge now. Nothing was charged.", refusal.Field)
        : objection;

    private static Decision? Standing(LedgerState state) => state switch
    {
        { Disabled: true } => Decision.No(RefusalCode.Disabled, "The organization is disabled. Nothing was charged."),
        _ when state.IsBlockedBy(BlockCause.UnfundedOverdraft) => Decision.No(RefusalCode.Blocked, "The organization is blocked by an unfunded overdraft. Nothing was charged."),
        _ when state.IsBlockedBy(BlockCause.Overdue) => Decision.No(RefusalCode.Blocked, "The organization is blocked: an invoice is 30 days overdue. Nothing was charged."),
        _ => null,
    };

    private EntryDraft Entry(DecisionView view, LedgerState consumer, LedgerState payer, ImmutableArray<PostingDraft> lines, long shortfall, Instant at)
    {
        var lastStep = payer.ChargingModel == ChargingModel.Postpaid ? AccountKind.UnbilledReceivable : AccountKind.Overdraft;
        var revenue = Payer is null ? AccountKey.Of(AccountKind.Revenue) : AccountKey.RevenueFrom(Organization);
        return new EntryDraft(EntryKind.Charge, Mode == ChargeMode.Request ? ReasonCode.UsageRequested : ReasonCode.UsageReported,
            [.. lines, new(AccountKey.Of(lastStep), -shortfall), new(revenue, Amount)])
        {
            Service = Service,
            EffectiveAt = OccurredAt,
            Detail = $$"""{"rule":"{{DrawDown.Rule}}","mode":"{{(Mode == ChargeMode.Fact ? "fact" : "request")}}"{{ConsumerDetail.Of(Payer is null ? null : Organization)}}{{CapsDetail(view, consumer, payer, at)}}}""",
        };
    }

    private string CapsDetail(DecisionView view, LedgerState consumer, LedgerState payer, Instant at)
    {
        if (Mode == ChargeMode.Fact)
        {
            return "";
        }

        var caps = string.Join(',', new[] { Capping.DetailOf(view, consumer, at), Payer is null ? null : Capping.DetailOf(view, payer, at) }.Where(cap => cap is not null));
        return caps.Length == 0 ? "" : $""","caps":[{caps}]""";
    }
}
