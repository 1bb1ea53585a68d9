using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>One recharge with its cause, as lists and its own page show it.</summary>
public sealed record RechargeLine
{
    /// <summary>Counts the organization's recharges, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required RechargeState State { get; init; }

    /// <summary>What it charges.</summary>
    public required Money Amount { get; init; }

    /// <summary>When it was decided.</summary>
    public required Instant DecidedAt { get; init; }

    /// <summary>When it changed last; for a settled one, when it was booked.</summary>
    public required Instant ChangedAt { get; init; }

    /// <summary>When its next step is due.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>Which attempt, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>The card, for people.</summary>
    public required string Card { get; init; }

    /// <summary>What was available then.</summary>
    public required Money Available { get; init; }

    /// <summary>The threshold then.</summary>
    public required Money Threshold { get; init; }

    /// <summary>The rule's version then.</summary>
    public long RuleVersion { get; init; }

    /// <summary>What the month's limit left before it; null without a limit.</summary>
    public Money? LimitLeft { get; init; }

    /// <summary>The entry that caused it; null where saving the rule or a card did.</summary>
    public RechargeCauseEntry? Cause { get; init; }

    /// <summary>The provider's id of the payment.</summary>
    public string? PaymentId { get; init; }

    /// <summary>Why the last attempt failed, in the provider's words.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>The entry that settled it.</summary>
    public long? SettledSeq { get; init; }
}

/// <summary>The entry that caused a recharge.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Kind">What it was.</param>
/// <param name="Service">Of which service, where it was usage.</param>
/// <param name="Amount">What it did to the value held.</param>
public sealed record RechargeCauseEntry(long Seq, EntryKind Kind, string Service, Money Amount);
