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
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        if (Amount <= 0)
        {
            return Decision.Wrong(nameof(Amount), "too_small", "The amount must be above zero.");
        }

        if (EffectiveTime.Check(state, OccurredAt, view.Now, nameof(OccurredAt)) is { } wrong)
        {
            return wrong;
        }

        if (Mode == ChargeMode.Request && Standing(state) is { } refusal)
        {
            return refusal;
        }

        var (lines, shortfall) = DrawDown.Take(state, Amount, view.Now);
        if (shortfall > 0 && Mode == ChargeMode.Request && state.ChargingModel == ChargingModel.Prepaid && !state.AllowOverdraft)
        {
            return Decision.No(RefusalCode.InsufficientBalance,
                $"The balance is short of {new Money(shortfall, state.Currency).ToString(CultureInfo.InvariantCulture)}. Nothing was charged.", nameof(Amount));
        }

        return new Decision.Effects(Blocking.After(state, Entry(state, lines, shortfall)));
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add((long)Mode).Add(Service).Add(Amount).Add(OccurredAt?.Micros);

    private static Decision? Standing(LedgerState state) => state switch
    {
        { Disabled: true } => Decision.No(RefusalCode.Disabled, "The organization is disabled. Nothing was charged."),
        { Blocked: BlockCause.UnfundedOverdraft } => Decision.No(RefusalCode.Blocked, "The organization is blocked by an unfunded overdraft. Nothing was charged."),
        _ => null,
    };

    private EntryDraft Entry(LedgerState state, ImmutableArray<PostingDraft> lines, long shortfall)
    {
        var lastStep = state.ChargingModel == ChargingModel.Postpaid ? AccountKind.UnbilledReceivable : AccountKind.Overdraft;
        return new EntryDraft(EntryKind.Charge, Mode == ChargeMode.Request ? ReasonCode.UsageRequested : ReasonCode.UsageReported,
            [.. lines, new(AccountKey.Of(lastStep), -shortfall), new(AccountKey.Of(AccountKind.Revenue), Amount)])
        {
            Service = Service,
            EffectiveAt = OccurredAt,
            Detail = Mode == ChargeMode.Request ? RequestDetail : FactDetail,
        };
    }

    private const string RequestDetail = $$"""{"rule":"{{DrawDown.Rule}}","mode":"request"}""";
    private const string FactDetail = $$"""{"rule":"{{DrawDown.Rule}}","mode":"fact"}""";
}
