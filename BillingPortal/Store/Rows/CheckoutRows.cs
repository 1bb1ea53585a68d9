namespace BillingPortal.Store.Rows;

/// <summary>A row of <c>checkout</c>, for reading: a purchase of credits. Times are UTC microseconds, here and below.</summary>
public sealed class CheckoutRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Counts its purchases from 1.</summary>
    public long Number { get; set; }

    /// <summary>Its id for programs and addresses.</summary>
    public string Id { get; set; } = "";

    /// <summary>A <see cref="Domain.Billing.CheckoutState"/>.</summary>
    public int State { get; set; }

    /// <summary>Millionths.</summary>
    public long Amount { get; set; }

    /// <summary>When it was begun.</summary>
    public long CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public long UpdatedAt { get; set; }

    /// <summary>When the provider is asked next; null while there is nothing to ask.</summary>
    public long? DueAt { get; set; }

    /// <summary>Counts what happened to it.</summary>
    public int Steps { get; set; }

    /// <summary>All of it: a <see cref="Domain.Billing.Checkout"/> in JSON.</summary>
    public string Body { get; set; } = "";
}

/// <summary>A row of <c>checkout_step</c>, for reading: what happened to a purchase.</summary>
public sealed class CheckoutStepRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The purchase.</summary>
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
