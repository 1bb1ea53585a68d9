using System.Globalization;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>Where a refund stands. Stored: never renumber; below 10 it is in flight.</summary>
public enum RefundState
{
    /// <summary>Decided, and taken from the balance; nothing was asked of the provider yet.</summary>
    Planned = 1,

    /// <summary>The provider is being asked.</summary>
    Submitted = 2,

    /// <summary>The provider did not answer, or is not done: it is asked again with the same key, never refunded again.</summary>
    Unknown = 3,

    /// <summary>Paid back, and booked.</summary>
    Settled = 10,

    /// <summary>The provider refused: the balance has it back.</summary>
    Released = 11,
}

/// <summary>
/// A refund on its way to the card that paid. What is paid back leaves the balance when it is decided, so that nobody spends it meanwhile, and waits in
/// refunds and disputes until the provider has said yes or no.
/// </summary>
/// <param name="Number">Counts the organization's refunds from 1.</param>
public sealed record RefundIntent(long Number)
{
    /// <summary>Where it stands.</summary>
    public RefundState State { get; init; } = RefundState.Planned;

    /// <summary>The recharge whose payment is paid back.</summary>
    public required long Recharge { get; init; }

    /// <summary>The provider of that payment.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's id of that payment.</summary>
    public required string PaymentId { get; init; }

    /// <summary>Millionths, above zero, whole minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>Bonus that lapses with it, millionths.</summary>
    public required long Forfeited { get; init; }

    /// <summary>When it was decided.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>When its next step is due, or the claim on it ends; null once it has ended.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>The entry that took it from the balance.</summary>
    public required long BookedSeq { get; init; }

    /// <summary>The entry that settled or released it.</summary>
    public long? EndedSeq { get; init; }

    /// <summary>The provider's id of the refund.</summary>
    public string? RefundId { get; init; }

    /// <summary>The provider's code where it refused.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Why it refused, or why nobody knows, for a person.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>Counts what happened to it.</summary>
    public int Steps { get; init; }

    /// <summary>True until the provider has said yes or no.</summary>
    public bool InFlight => State < RefundState.Settled;

    /// <summary>The provider's idempotency key: one for the whole refund, however often it is asked.</summary>
    public static string KeyOf(long organization, long number) => string.Create(CultureInfo.InvariantCulture, $"refund:{organization}:{number}");
}

/// <summary>A line in a refund's record.</summary>
/// <param name="Code">The provider's code or a word of the portal's; empty for none.</param>
/// <param name="Message">What happened, for a person.</param>
public sealed record RefundStep(string Code, string Message);

/// <summary>What the provider said of a refund. A closed set.</summary>
public abstract record RefundOutcome
{
    private RefundOutcome() { }

    /// <summary>Paid back.</summary>
    public sealed record Paid(string RefundId) : RefundOutcome;

    /// <summary>No.</summary>
    public sealed record Refused(string? RefundId, string Code, string Message) : RefundOutcome;

    /// <summary>Nobody knows yet.</summary>
    public sealed record Unknown(string? RefundId, string Reason) : RefundOutcome;
}

/// <summary>Which refund a command is about, or of which recharge's payment.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Number">The refund; null for a new one.</param>
/// <param name="Recharge">The recharge; null where the refund names it.</param>
public sealed record RefundNeeded(Organizations.OrganizationId Organization, long? Number, long? Recharge);

/// <summary>What a decision about a refund must see.</summary>
/// <param name="Payment">The recharge; null where there is none.</param>
/// <param name="Provider">The provider of its card.</param>
/// <param name="Refunded">What refunds of it that were not released come to, millionths.</param>
/// <param name="Disputed">Whether its payment was ever disputed and not won back.</param>
/// <param name="Next">The next refund's number.</param>
/// <param name="Intent">The refund; null where a new one is asked for, or there is none.</param>
/// <param name="Booked">The entry that took it from the balance.</param>
public sealed record RefundFacts(RechargeIntent? Payment, string Provider, long Refunded, bool Disputed, long Next, RefundIntent? Intent, JournalEntry? Booked);
