namespace BillingPortal.Store.Rows;

/// <summary>A row of <c>refund_intent</c>, for reading. Times are UTC microseconds, here and below.</summary>
public sealed class RefundIntentRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Counts its refunds from 1.</summary>
    public long Number { get; set; }

    /// <summary>A <see cref="Domain.Billing.RefundState"/>.</summary>
    public int State { get; set; }

    /// <summary>The recharge whose payment is paid back.</summary>
    public long Recharge { get; set; }

    /// <summary>Millionths.</summary>
    public long Amount { get; set; }

    /// <summary>When it was decided.</summary>
    public long CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public long UpdatedAt { get; set; }

    /// <summary>When its next step is due; null once it has ended.</summary>
    public long? DueAt { get; set; }

    /// <summary>Counts what happened to it.</summary>
    public int Steps { get; set; }

    /// <summary>All of it: a <see cref="Domain.Billing.RefundIntent"/> in JSON.</summary>
    public string Body { get; set; } = "";
}

/// <summary>A row of <c>refund_step</c>, for reading: what happened to a refund.</summary>
public sealed class RefundStepRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The refund.</summary>
    public long Number { get; set; }

    /// <summary>Counts from 1.</summary>
    public int Step { get; set; }

    /// <summary>When.</summary>
    public long At { get; set; }

    /// <summary>Where it stood then.</summary>
    public int State { get; set; }

    /// <summary>Who, as entries name them.</summary>
    public string Actor { get; set; } = "";

    /// <summary>Through what.</summary>
    public string Via { get; set; } = "";

    /// <summary>The provider's code or a word of the portal's.</summary>
    public string Code { get; set; } = "";

    /// <summary>What happened, for people.</summary>
    public string Message { get; set; } = "";
}
