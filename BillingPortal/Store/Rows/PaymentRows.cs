namespace BillingPortal.Store.Rows;

/// <summary>A card on file: what may be shown of it, and the provider's ids. Its number never comes here.</summary>
public sealed class PaymentMethodRow
{
    /// <summary>Its number.</summary>
    public long Id { get; set; }

    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Which gateway: <c>sandbox</c> or <c>stripe</c>.</summary>
    public string Provider { get; set; } = "";

    /// <summary>The provider's id of the customer.</summary>
    public string Customer { get; set; } = "";

    /// <summary>The provider's id of the card.</summary>
    public string Method { get; set; } = "";

    /// <summary>As in <c>visa</c>.</summary>
    public string Brand { get; set; } = "";

    /// <summary>The number's last four digits.</summary>
    public string Last4 { get; set; } = "";

    /// <summary>1 to 12.</summary>
    public int ExpiryMonth { get; set; }

    /// <summary>Four digits.</summary>
    public int ExpiryYear { get; set; }

    /// <summary>UTC microseconds, here and below.</summary>
    public long AddedAt { get; set; }

    /// <summary>By whom, as entries name them.</summary>
    public string AddedBy { get; set; } = "";

    /// <summary>True where it failed too often and is not charged any more.</summary>
    public bool Inactive { get; set; }

    /// <summary>When it last failed; null where its last charge went through.</summary>
    public long? FailedAt { get; set; }

    /// <summary>Why.</summary>
    public string? FailedMessage { get; set; }

    /// <summary>When it was taken away.</summary>
    public long? RemovedAt { get; set; }
}

/// <summary>Which customer an organization is at a provider.</summary>
public sealed class PaymentCustomerRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The provider.</summary>
    public string Provider { get; set; } = "";

    /// <summary>Its id there.</summary>
    public string Customer { get; set; } = "";
}

/// <summary>A webhook that arrived, by the provider's own id, so that a second delivery is known.</summary>
public sealed class PaymentEventRow
{
    /// <summary>The provider.</summary>
    public string Provider { get; set; } = "";

    /// <summary>The provider's id of the event.</summary>
    public string EventId { get; set; } = "";

    /// <summary>What it is about, as in <c>payment_intent.succeeded</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>UTC microseconds.</summary>
    public long ReceivedAt { get; set; }

    /// <summary>Whom it concerned, where that is known.</summary>
    public long? OrganizationId { get; set; }

    /// <summary>What it came to, in words.</summary>
    public string Outcome { get; set; } = "";
}

/// <summary>A dispute of a card payment.</summary>
public sealed class PaymentDisputeRow
{
    /// <summary>The provider.</summary>
    public string Provider { get; set; } = "";

    /// <summary>The provider's id.</summary>
    public string DisputeId { get; set; } = "";

    /// <summary>Whose payment.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The provider's id of the payment.</summary>
    public string PaymentId { get; set; } = "";

    /// <summary>Millionths withdrawn.</summary>
    public long Amount { get; set; }

    /// <summary>As in <c>open</c>, <c>won</c>, <c>lost</c>.</summary>
    public string Status { get; set; } = "";

    /// <summary>UTC microseconds.</summary>
    public long OpenedAt { get; set; }

    /// <summary>UTC microseconds; null while it is open.</summary>
    public long? ClosedAt { get; set; }

    /// <summary>The entry that booked it.</summary>
    public long? Seq { get; set; }

    /// <summary>The entry that gave it back, where it was won.</summary>
    public long? ClosedSeq { get; set; }
}
