using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>Where the collection of a plan's fee stands. Stored: never renumber; below 10 it is not ended.</summary>
public enum FeeState
{
    /// <summary>The provider is being asked.</summary>
    Submitted = 1,

    /// <summary>The provider did not answer: it is asked again with the same key, never charged again.</summary>
    Unknown = 2,

    /// <summary>Declined; the next attempt waits for its time, or for a person.</summary>
    Retrying = 3,

    /// <summary>Paid, and booked by an entry.</summary>
    Paid = 10,

    /// <summary>Declined, and given up.</summary>
    Declined = 11,

    /// <summary>Given up by a person before it was paid.</summary>
    Cancelled = 12,
}

/// <summary>
/// A fee that is charged to a card: what was agreed to, line by line, and what the subscription becomes once it is paid. Until then nothing of it holds;
/// while it is in flight the subscription stands still, so that what was agreed to is still right when the answer comes.
/// </summary>
public sealed record PlanFee
{
    /// <summary>Counts the payer's fees from 1, whoever's plans they are for.</summary>
    public required long Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required FeeState State { get; init; }

    /// <summary>True where a person is waiting: a decline changes nothing. False for a renewal or a trial's end: it is tried again, and the plan is past due meanwhile.</summary>
    public required bool ByPerson { get; init; }

    /// <summary>Who asked for it, or for its payment before its time; null where time did. The history names them, whoever brings the news of the payment.</summary>
    public Actor? AskedBy { get; init; }

    /// <summary>Whose card, and in whose ledger it is booked.</summary>
    public required OrganizationId Payer { get; init; }

    /// <summary>The card.</summary>
    public required long CardId { get; init; }

    /// <summary>What is charged.</summary>
    public required PlanCharge Charge { get; init; }

    /// <summary>The subscription once it is paid.</summary>
    public required Subscription Next { get; init; }

    /// <summary>What then has happened to it.</summary>
    public required SubscriptionChange Change { get; init; }

    /// <summary>True where a period begins with it, with its credits.</summary>
    public bool Grants { get; init; }

    /// <summary>The coupon that was reserved for it; null for none.</summary>
    public string? Redeems { get; init; }

    /// <summary>Where the subscription stands while it is not paid; null where it stays as it was.</summary>
    public Subscription? Unpaid { get; init; }

    /// <summary>What the period after it will cost; null for none. Shown with what is due.</summary>
    public PlanCharge? Upcoming { get; init; }

    /// <summary>The key of the command that decided it: whoever repeats that learns what became of this.</summary>
    public string CommandKey { get; init; } = "";

    /// <summary>Which attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>How many of the attempts a person asked for: they use up none of those that were announced.</summary>
    public int Pressed { get; init; }

    /// <summary>When it was to be tried again of itself, while an attempt is under way that a person asked for before; null otherwise.</summary>
    public Instant? RetryAt { get; init; }

    /// <summary>When it was decided.</summary>
    public Instant CreatedAt { get; init; }

    /// <summary>When something is to be done about it; null once it ended.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>The provider's id of the payment.</summary>
    public string? PaymentId { get; init; }

    /// <summary>The provider's code of the last decline.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Why, for a person.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>The payer's entry that booked it.</summary>
    public long? SettledSeq { get; init; }

    /// <summary>Counts what happened to it.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>True until it is paid or given up.</summary>
    public bool IsOpen => (int)State < 10;

    /// <summary>True while money may be moving.</summary>
    public bool InFlight => State is FeeState.Submitted or FeeState.Unknown;

    /// <summary>The gateway's key of an attempt, and the journal's.</summary>
    public static string KeyOf(OrganizationId payer, long number, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"fee:{payer}:{number}:{attempt}");
}

/// <summary>A line in the record of a fee's collection.</summary>
/// <param name="Code">The provider's code or a word of the portal's; empty for none.</param>
/// <param name="Message">What happened, for a person.</param>
/// <param name="Via">How it was learnt.</param>
public sealed record FeeStep(string Code, string Message, string Via);
