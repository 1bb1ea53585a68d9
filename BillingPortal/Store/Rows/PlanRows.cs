namespace BillingPortal.Store.Rows;

/// <summary>A row of <c>subscription</c>, for reading. Times are UTC microseconds, here and below.</summary>
public sealed class SubscriptionRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Counts its changes.</summary>
    public long Version { get; set; }

    /// <summary>The plan's code.</summary>
    public string Plan { get; set; } = "";

    /// <summary>Which version of it.</summary>
    public int PlanVersion { get; set; }

    /// <summary>A <see cref="Domain.Plans.SubscriptionState"/>.</summary>
    public int State { get; set; }

    /// <summary>A <see cref="Domain.Plans.SubscriptionStanding"/>.</summary>
    public int Standing { get; set; }

    /// <summary>When something happens to it of itself; null where nothing will.</summary>
    public long? DueAt { get; set; }

    /// <summary>All of it: a <see cref="Domain.Plans.Subscription"/> in JSON.</summary>
    public string Body { get; set; } = "";

    /// <summary>When it changed last.</summary>
    public long UpdatedAt { get; set; }
}

/// <summary>A row of <c>subscription_change</c>, for reading: its history.</summary>
public sealed class SubscriptionChangeRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The version that it led to.</summary>
    public long Version { get; set; }

    /// <summary>When.</summary>
    public long At { get; set; }

    /// <summary>Who, as entries name them.</summary>
    public string Actor { get; set; } = "";

    /// <summary>By which way.</summary>
    public string Via { get; set; } = "";

    /// <summary>What: a stable word.</summary>
    public string Code { get; set; } = "";

    /// <summary>What, for people.</summary>
    public string Text { get; set; } = "";

    /// <summary>The payer's fee that paid for it; null where no card was charged.</summary>
    public long? Fee { get; set; }

    /// <summary>Who paid then.</summary>
    public long? PayerId { get; set; }

    /// <summary>The subscription afterwards, in JSON.</summary>
    public string Body { get; set; } = "";
}

/// <summary>A row of <c>plan_fee</c>, for reading.</summary>
public sealed class PlanFeeRow
{
    /// <summary>Whose card.</summary>
    public long PayerId { get; set; }

    /// <summary>Counts the payer's fees.</summary>
    public long Number { get; set; }

    /// <summary>Whose plan.</summary>
    public long OrganizationId { get; set; }

    /// <summary>A <see cref="Domain.Plans.FeeState"/>.</summary>
    public int State { get; set; }

    /// <summary>Millionths with tax.</summary>
    public long Amount { get; set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; set; } = "";

    /// <summary>When something is to be done about it; null once it ended.</summary>
    public long? DueAt { get; set; }

    /// <summary>Which attempt.</summary>
    public int Attempt { get; set; }

    /// <summary>The card; 0 where there was none.</summary>
    public long PaymentMethodId { get; set; }

    /// <summary>The provider's id of the payment.</summary>
    public string? PaymentId { get; set; }

    /// <summary>The provider's code of the last decline.</summary>
    public string? FailureCode { get; set; }

    /// <summary>Why, for a person.</summary>
    public string? FailureMessage { get; set; }

    /// <summary>The payer's entry that booked it.</summary>
    public long? SettledSeq { get; set; }

    /// <summary>Counts what happened to it.</summary>
    public int Steps { get; set; }

    /// <summary>The key of the command that decided it.</summary>
    public string CommandKey { get; set; } = "";

    /// <summary>When it was decided.</summary>
    public long CreatedAt { get; set; }

    /// <summary>When something last happened to it.</summary>
    public long UpdatedAt { get; set; }

    /// <summary>All of it: a <see cref="Domain.Plans.PlanFee"/> in JSON.</summary>
    public string Body { get; set; } = "";
}

/// <summary>A row of <c>plan_version</c>, for reading.</summary>
public sealed class PlanVersionRow
{
    /// <summary>The plan's code.</summary>
    public string Code { get; set; } = "";

    /// <summary>Counts the plan's versions.</summary>
    public int Number { get; set; }

    /// <summary>From when new subscriptions get it.</summary>
    public long ValidFrom { get; set; }

    /// <summary>A <see cref="Domain.Plans.PlanTerms"/> in JSON.</summary>
    public string Terms { get; set; } = "";

    /// <summary>When it was published.</summary>
    public long PublishedAt { get; set; }

    /// <summary>By whom, as entries name them.</summary>
    public string PublishedBy { get; set; } = "";
}

/// <summary>A row of <c>coupon</c>, for reading.</summary>
public sealed class CouponRow
{
    /// <summary>In capitals.</summary>
    public string Code { get; set; } = "";

    /// <summary>A <see cref="Domain.Plans.CouponTerms"/> in JSON.</summary>
    public string Terms { get; set; } = "";

    /// <summary>From when it can no longer be redeemed; null for never.</summary>
    public long? ExpiresAt { get; set; }

    /// <summary>How often it can be redeemed; null without a limit.</summary>
    public int? RedemptionLimit { get; set; }

    /// <summary>When it was made.</summary>
    public long CreatedAt { get; set; }

    /// <summary>By whom, as entries name them.</summary>
    public string CreatedBy { get; set; } = "";
}
