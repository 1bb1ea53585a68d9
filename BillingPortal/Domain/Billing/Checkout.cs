using System.Globalization;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>Where a purchase of credits stands. Stored: never renumber; from 2 to 9 money may be moving.</summary>
public enum CheckoutState
{
    /// <summary>It waits for a person to pay, until it expires.</summary>
    Open = 1,

    /// <summary>The provider is being asked.</summary>
    Submitted = 2,

    /// <summary>The card's bank wants its holder to confirm.</summary>
    AuthenticationNeeded = 3,

    /// <summary>The provider did not answer: it is asked again with the same key, never charged again.</summary>
    Unknown = 4,

    /// <summary>Paid, and booked by an entry.</summary>
    Paid = 10,
}

/// <summary>
/// A purchase of credits that a program began and a person pays on a page of this portal. One credit is one unit of the organization's currency. It can be
/// paid until it expires; money that was taken is booked even where the answer comes later.
/// </summary>
/// <param name="Number">Counts the organization's purchases from 1.</param>
public sealed record Checkout(long Number)
{
    /// <summary>How long it can be paid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Its id for programs and addresses, as in <c>cs_3f0a…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Millionths, above zero, whole minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>Its page on this portal, as whoever paid last had it open: a card's bank sends the holder back there.</summary>
    public required string Page { get; init; }

    /// <summary>Where the person goes once it is paid.</summary>
    public required string SuccessUrl { get; init; }

    /// <summary>Where the person goes without paying.</summary>
    public required string CancelUrl { get; init; }

    /// <summary>Where it stands.</summary>
    public CheckoutState State { get; init; } = CheckoutState.Open;

    /// <summary>When it was begun.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>Until when a person can begin to pay.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>Which attempt to pay, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>The card of the last attempt; 0 before the first.</summary>
    public long CardId { get; init; }

    /// <summary>The provider's id of the last attempt's payment.</summary>
    public string? PaymentId { get; init; }

    /// <summary>The provider's page on which the card's holder confirms; null where it gave none.</summary>
    public string? ConfirmPage { get; init; }

    /// <summary>The provider's code of the last decline.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Why, for a person.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>The entry that booked it.</summary>
    public long? SettledSeq { get; init; }

    /// <summary>When it was paid.</summary>
    public Instant? PaidAt { get; init; }

    /// <summary>When the provider is asked next, or the claim on it ends; null while there is nothing to ask.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>Counts what happened to it.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>True while money may be moving.</summary>
    public bool InFlight => State is CheckoutState.Submitted or CheckoutState.AuthenticationNeeded or CheckoutState.Unknown;

    /// <summary>True where nobody can begin to pay it any more.</summary>
    public bool HasExpired(Instant now) => State == CheckoutState.Open && ExpiresAt <= now;

    /// <summary>The gateway's key of an attempt, and the journal's.</summary>
    public static string KeyOf(OrganizationId organization, long number, int attempt) => string.Create(CultureInfo.InvariantCulture, $"checkout:{organization}:{number}:{attempt}");
}

/// <summary>A line in a purchase's record.</summary>
/// <param name="Code">The provider's code or a word of the portal's; empty for none.</param>
/// <param name="Message">What happened, for a person.</param>
public sealed record CheckoutStep(string Code, string Message);

/// <summary>Which purchase a command is about.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Number">The purchase; null for a new one.</param>
public sealed record CheckoutNeeded(OrganizationId Organization, long? Number);

/// <summary>What a decision about a purchase must see.</summary>
/// <param name="Checkout">The purchase; null where a new one is asked for, or there is none.</param>
/// <param name="Next">The next purchase's number.</param>
public sealed record CheckoutFacts(Checkout? Checkout, long Next);
