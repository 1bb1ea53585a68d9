namespace BillingPortal.Store.Rows;

/// <summary>A row of <c>billing_rule</c>, for reading: recharge, cap and the card they use. Amounts are millionths, times UTC microseconds, here and below.</summary>
public sealed class BillingRuleRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Counts its changes, from 1.</summary>
    public long Version { get; set; }

    /// <summary>True where recharging is on.</summary>
    public bool RechargeEnabled { get; set; }

    /// <summary>Recharges when less is available.</summary>
    public long? RechargeThreshold { get; set; }

    /// <summary>What a recharge charges.</summary>
    public long? RechargeAmount { get; set; }

    /// <summary>What recharges charge at most in a calendar month; null for no limit.</summary>
    public long? RechargeLimit { get; set; }

    /// <summary>True where the cap is on.</summary>
    public bool CapEnabled { get; set; }

    /// <summary>What may be spent in a window.</summary>
    public long? CapAmount { get; set; }

    /// <summary>Where its windows are anchored; null for calendar months.</summary>
    public long? CapAnchor { get; set; }

    /// <summary>True where it alerts only.</summary>
    public bool CapSoft { get; set; }

    /// <summary>The card that recharges charge.</summary>
    public long? PaymentMethodId { get; set; }

    /// <summary>Why recharging is suspended (<see cref="Domain.Billing.RechargeSuspension"/>); null while it is not.</summary>
    public int? Suspended { get; set; }

    /// <summary>Since when.</summary>
    public long? SuspendedAt { get; set; }

    /// <summary>When a low balance was last told.</summary>
    public long? LowBalanceAt { get; set; }

    /// <summary>When an empty balance was last told.</summary>
    public long? OutOfBalanceAt { get; set; }

    /// <summary>When a level of the cap was last told.</summary>
    public long? CapAlertAt { get; set; }

    /// <summary>When it was changed last.</summary>
    public long ChangedAt { get; set; }

    /// <summary>By whom, as entries name them.</summary>
    public string ChangedBy { get; set; } = "";
}

/// <summary>A row of <c>billing_rule_change</c>: the rule after a change, and what changed.</summary>
public sealed class BillingRuleChangeRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The version that it made.</summary>
    public long Version { get; set; }

    /// <summary>When.</summary>
    public long At { get; set; }

    /// <summary>Who.</summary>
    public string Actor { get; set; } = "";

    /// <summary>The way they came.</summary>
    public string Via { get; set; } = "";

    /// <summary>The rule afterwards, JSON.</summary>
    public string Rule { get; set; } = "";

    /// <summary>What changed, JSON: an array of {setting, before, after}.</summary>
    public string Changes { get; set; } = "";

    /// <summary>Millionths that it weighs against approval limits.</summary>
    public long Weight { get; set; }
}

/// <summary>A row of <c>spending_window</c>: the writer's count of the window it last charged in. It may have ended since.</summary>
public sealed class SpendingWindowRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Its first moment.</summary>
    public long StartsAt { get; set; }

    /// <summary>The first moment after it.</summary>
    public long EndsAt { get; set; }

    /// <summary>Charges net of corrections with an effect in it.</summary>
    public long Spent { get; set; }

    /// <summary>The highest level told: 0, 50, 75, 90 or 100.</summary>
    public int Alerted { get; set; }
}

/// <summary>A row of <c>recharge_intent</c>: one recharge with its cause, from intent to settlement.</summary>
public sealed class RechargeIntentRow
{
    /// <summary>Who pays and receives.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Counts the organization's recharges, from 1.</summary>
    public long Number { get; set; }

    /// <summary>The number of a <see cref="Domain.Billing.RechargeState"/>.</summary>
    public int State { get; set; }

    /// <summary>What it charges.</summary>
    public long Amount { get; set; }

    /// <summary>When it was decided.</summary>
    public long CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public long UpdatedAt { get; set; }

    /// <summary>When the next step is due; null where it waits for nobody or has ended.</summary>
    public long? DueAt { get; set; }

    /// <summary>Which attempt, from 1; 0 before the first.</summary>
    public int Attempt { get; set; }

    /// <summary>The card.</summary>
    public long PaymentMethodId { get; set; }

    /// <summary>What caused it: <c>entry</c> or <c>rule</c>.</summary>
    public string Cause { get; set; } = "";

    /// <summary>The entry that caused it.</summary>
    public long? CauseSeq { get; set; }

    /// <summary>What was available then.</summary>
    public long Available { get; set; }

    /// <summary>The threshold then.</summary>
    public long Threshold { get; set; }

    /// <summary>The rule's version then.</summary>
    public long RuleVersion { get; set; }

    /// <summary>What the month's limit left before it; null without a limit.</summary>
    public long? LimitLeft { get; set; }

    /// <summary>The provider's id of the payment.</summary>
    public string? PaymentId { get; set; }

    /// <summary>The provider's code of the last failure.</summary>
    public string? FailureCode { get; set; }

    /// <summary>The same in words.</summary>
    public string? FailureMessage { get; set; }

    /// <summary>The entry that settled it.</summary>
    public long? SettledSeq { get; set; }

    /// <summary>How many steps its flight record has.</summary>
    public int Steps { get; set; }
}

/// <summary>A row of <c>recharge_attempt</c>: one step in a recharge's flight.</summary>
public sealed class RechargeAttemptRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Which recharge.</summary>
    public long Number { get; set; }

    /// <summary>Counts the steps, from 1.</summary>
    public int Step { get; set; }

    /// <summary>Which attempt to charge.</summary>
    public int Attempt { get; set; }

    /// <summary>When.</summary>
    public long At { get; set; }

    /// <summary>The state that it led to.</summary>
    public int State { get; set; }

    /// <summary>The provider's code; empty for none.</summary>
    public string Code { get; set; } = "";

    /// <summary>Words for a person.</summary>
    public string Message { get; set; } = "";

    /// <summary>The provider's id of the payment.</summary>
    public string? PaymentId { get; set; }

    /// <summary>How it was learnt: <c>engine</c>, <c>gateway</c>, <c>webhook</c>, or a person's way.</summary>
    public string Via { get; set; } = "";
}
