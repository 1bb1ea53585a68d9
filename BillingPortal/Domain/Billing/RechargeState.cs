namespace BillingPortal.Domain.Billing;

/// <summary>Where a recharge stands. Stored: never renumber; below 10 it is in flight, and an organization has one such at most (rules §6).</summary>
public enum RechargeState
{
    /// <summary>Decided and stored; nothing was asked of the provider yet.</summary>
    Planned = 1,

    /// <summary>The provider is being asked.</summary>
    Submitted = 2,

    /// <summary>The provider did not answer: it is asked again with the same key, never charged again.</summary>
    Unknown = 3,

    /// <summary>Declined; the next attempt waits for its time.</summary>
    Retrying = 4,

    /// <summary>The card's bank wants its holder to confirm.</summary>
    AuthenticationNeeded = 5,

    /// <summary>Paid, and booked by an entry.</summary>
    Settled = 10,

    /// <summary>Given up after the last attempt; recharging is suspended.</summary>
    Failed = 11,

    /// <summary>Taken back before the provider was asked.</summary>
    Cancelled = 12,
}

/// <summary>Why recharging stands still until a person acts. Stored: never renumber.</summary>
public enum RechargeSuspension
{
    /// <summary>The card was declined at the last attempt too.</summary>
    PaymentFailed = 1,

    /// <summary>More than one in an hour or five in a day: the breaker.</summary>
    Breaker = 2,

    /// <summary>A payment of this organization was disputed.</summary>
    Dispute = 3,

    /// <summary>The card's bank wants its holder to confirm, and nobody did.</summary>
    AuthenticationNeeded = 4,
}
