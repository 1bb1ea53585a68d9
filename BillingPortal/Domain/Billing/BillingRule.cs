using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// What an organization's people set about its money: auto-recharge, spending cap and the card (rules §6). Read and written only under its
/// ledger head's lock; each change by a named person makes a version.
/// </summary>
public sealed record BillingRule
{
    /// <summary>Before anybody set anything: no recharge, no cap, no card.</summary>
    public static readonly BillingRule None = new();

    /// <summary>Counts the changes that people made; 0 before the first.</summary>
    public long Version { get; init; }

    /// <summary>Auto-recharge.</summary>
    public AutoRecharge Recharge { get; init; } = AutoRecharge.Off;

    /// <summary>The spending cap.</summary>
    public SpendingCap Cap { get; init; } = SpendingCap.Off;

    /// <summary>The card that recharges charge; null for none.</summary>
    public CardOnFile? Card { get; init; }

    /// <summary>Why recharging stands still until a person acts; null while it does not.</summary>
    public RechargeSuspension? Suspended { get; init; }

    /// <summary>Since when.</summary>
    public Instant? SuspendedAt { get; init; }

    /// <summary>When people were last told of a low balance: contract 1's <c>last_low_balance_notification_at</c>.</summary>
    public Instant? LowBalanceAt { get; init; }

    /// <summary>When they were last told that nothing is left.</summary>
    public Instant? OutOfBalanceAt { get; init; }

    /// <summary>When they were last told of a level of the cap.</summary>
    public Instant? CapAlertAt { get; init; }

    /// <summary>Adds what a person agrees to: what was set, not when people were told of what.</summary>
    internal void Describe(CanonicalForm form) => form
        .Add(Recharge.Enabled ? 1 : 0).Add(Recharge.Threshold).Add(Recharge.Amount).Add(Recharge.MonthlyLimit)
        .Add(Cap.Enabled ? 1 : 0).Add(Cap.Amount).Add(Cap.Anchor?.Micros).Add(Cap.Soft ? 1 : 0).Add(Card?.Id).Add((long?)Suspended);
}

/// <summary>What a person changed in a rule, for its history.</summary>
/// <param name="Lines">Each setting with its words before and after, as people read them.</param>
/// <param name="Weight">Millionths that it weighs against approval limits: how much more the worst month may charge (rules §5).</param>
public sealed record RuleChange(ImmutableArray<SettingChange> Lines, long Weight);

/// <summary>One setting that changed.</summary>
/// <param name="Setting">A stable word, as in <c>recharge_threshold</c>.</param>
/// <param name="Before">Before, in words; empty where it was not set.</param>
/// <param name="After">After.</param>
public sealed record SettingChange(string Setting, string Before, string After);

/// <summary>Auto-recharge: when less than the threshold is available, charge the amount (rules §6).</summary>
/// <param name="Enabled">True where it is on; threshold, amount and card are then there.</param>
/// <param name="Threshold">Millionths; it acts strictly below.</param>
/// <param name="Amount">Millionths charged at once.</param>
/// <param name="MonthlyLimit">Millionths at most in a calendar month of the organization; null for no limit.</param>
public sealed record AutoRecharge(bool Enabled, long? Threshold, long? Amount, long? MonthlyLimit)
{
    /// <summary>The least threshold and amount, in units of the currency (contract 1).</summary>
    public const long Least = 5;

    /// <summary>The most, likewise.</summary>
    public const long Most = 500;

    /// <summary>Off, and never set.</summary>
    public static readonly AutoRecharge Off = new(false, null, null, null);
}

/// <summary>A spending cap: what may be charged in a window, net of corrections (rules §6).</summary>
/// <param name="Enabled">True where it is on; the amount is then there.</param>
/// <param name="Amount">Millionths; 0 stops everything.</param>
/// <param name="Anchor">Windows start here plus whole months; null for calendar months.</param>
/// <param name="Soft">True where it alerts only; false where it refuses requests.</param>
public sealed record SpendingCap(bool Enabled, long? Amount, Instant? Anchor, bool Soft)
{
    /// <summary>The most, in units of the currency (contract 1); the least is 0.</summary>
    public const long Most = 100_000;

    /// <summary>Off, and never set.</summary>
    public static readonly SpendingCap Off = new(false, null, null, false);

    /// <summary>True where a request that would pass it is refused.</summary>
    public bool IsHard => Enabled && !Soft;
}

/// <summary>What decisions know of a card.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Brand">As in <c>visa</c>.</param>
/// <param name="Last4">Four digits.</param>
/// <param name="Inactive">True where it failed too often and is not charged any more.</param>
public sealed record CardOnFile(long Id, string Brand, string Last4, bool Inactive)
{
    /// <summary>For people: "Visa ·4242".</summary>
    public override string ToString() => CardNames.Of(Brand, Last4);
}

/// <summary>What was spent in a window of the cap.</summary>
/// <param name="Start">Its first moment.</param>
/// <param name="End">The first moment after it.</param>
/// <param name="Spent">Millionths: charges net of corrections with an effect in it.</param>
/// <param name="Alerted">The highest level people were told of: 0, 50, 75, 90 or 100.</param>
public sealed record SpendingWindow(Instant Start, Instant End, long Spent, int Alerted)
{
    /// <summary>True where <paramref name="at"/> lies in it.</summary>
    public bool Contains(Instant at) => at >= Start && at < End;
}

/// <summary>One recharge: why it was decided and where it stands (rules §6).</summary>
public sealed record RechargeIntent
{
    /// <summary>Counts the organization's recharges, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required RechargeState State { get; init; }

    /// <summary>Millionths charged, a copy of the rule's amount then.</summary>
    public required long Amount { get; init; }

    /// <summary>When it was decided: the month it counts in.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When its next step is due; null where it waits for nobody or has ended.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>Which attempt to charge, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>The card.</summary>
    public required long CardId { get; init; }

    /// <summary>The entry that caused it; null where saving the rule did, or where the entry is the one being written.</summary>
    public long? CauseSeq { get; init; }

    /// <summary>True where saving the rule caused it.</summary>
    public bool CausedByRule { get; init; }

    /// <summary>Millionths available then.</summary>
    public required long Available { get; init; }

    /// <summary>The threshold then.</summary>
    public required long Threshold { get; init; }

    /// <summary>The rule's version then.</summary>
    public required long RuleVersion { get; init; }

    /// <summary>What the month's limit left before it; null without a limit.</summary>
    public long? LimitLeft { get; init; }

    /// <summary>The provider's id of the payment.</summary>
    public string? PaymentId { get; init; }

    /// <summary>The provider's code of the last failure.</summary>
    public string? FailureCode { get; init; }

    /// <summary>The same in words.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>The entry that settled it.</summary>
    public long? SettledSeq { get; init; }

    /// <summary>How many steps its flight record has.</summary>
    public int Steps { get; init; }

    /// <summary>True until it has ended.</summary>
    public bool InFlight => (int)State < 10;

    /// <summary>The key under which the provider is asked for an attempt.</summary>
    public static string KeyOf(long organization, long number, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"recharge:{organization}:{number}:{attempt}");
}
