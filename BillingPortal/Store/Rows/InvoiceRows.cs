using BillingPortal.Domain.Invoices;

namespace BillingPortal.Store.Rows;

/// <summary>A row of <c>invoice</c>, for reading. Amounts are millionths.</summary>
public sealed class InvoiceRow
{
    /// <summary>The payer.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Counts its documents from 1.</summary>
    public int Ordinal { get; set; }

    /// <summary>Invoice, credit note or statement.</summary>
    public InvoiceKind Kind { get; set; }

    /// <summary>Where it stands.</summary>
    public InvoiceStatus Status { get; set; }

    /// <summary>Its number; null for drafts and statements.</summary>
    public string? Number { get; set; }

    /// <summary>The period it bills, as 202409.</summary>
    public int? Period { get; set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; set; } = "";

    /// <summary>Before tax.</summary>
    public long Net { get; set; }

    /// <summary>Tax.</summary>
    public long Tax { get; set; }

    /// <summary>With tax.</summary>
    public long Total { get; set; }

    /// <summary>To be paid when it was issued.</summary>
    public long Due { get; set; }

    /// <summary>Paid since.</summary>
    public long Paid { get; set; }

    /// <summary>Credited against what was outstanding.</summary>
    public long Credited { get; set; }

    /// <summary>All that credit notes took back, with tax.</summary>
    public long CreditedTotal { get; set; }

    /// <summary>Written off.</summary>
    public long WrittenOff { get; set; }

    /// <summary>Still to be paid.</summary>
    public long Outstanding { get; set; }

    /// <summary>The day of issue as 20241002.</summary>
    public int? IssuedOn { get; set; }

    /// <summary>The last day to pay as 20241101.</summary>
    public int? DueOn { get; set; }

    /// <summary>The entry that booked it.</summary>
    public long? Seq { get; set; }

    /// <summary>A credit note's invoice.</summary>
    public int? Corrects { get; set; }

    /// <summary>When it was sent last.</summary>
    public long? SentAt { get; set; }

    /// <summary>Reminders sent.</summary>
    public int Reminders { get; set; }

    /// <summary>Counts its events.</summary>
    public int Steps { get; set; }

    /// <summary>When it was made.</summary>
    public long CreatedAt { get; set; }

    /// <summary>When it was changed last.</summary>
    public long UpdatedAt { get; set; }

    /// <summary>The document, JSON.</summary>
    public string Document { get; set; } = "";
}

/// <summary>A row of <c>invoice_event</c>, for reading: what happened to an invoice.</summary>
public sealed class InvoiceEventRow
{
    /// <summary>The payer.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The document.</summary>
    public int Ordinal { get; set; }

    /// <summary>Counts from 1.</summary>
    public int Step { get; set; }

    /// <summary>When.</summary>
    public long At { get; set; }

    /// <summary>Who, as entries name them.</summary>
    public string Actor { get; set; } = "";

    /// <summary>Through what.</summary>
    public string Via { get; set; } = "";

    /// <summary>What, for programs.</summary>
    public string Code { get; set; } = "";

    /// <summary>What, for people.</summary>
    public string Text { get; set; } = "";

    /// <summary>Millionths; null where no money moved.</summary>
    public long? Amount { get; set; }

    /// <summary>A payment's reference.</summary>
    public string Reference { get; set; } = "";

    /// <summary>The entry.</summary>
    public long? Seq { get; set; }
}

/// <summary>A row of <c>period_event</c>, for reading: a period closed or opened again.</summary>
public sealed class PeriodEventRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Which, as 202409.</summary>
    public int Period { get; set; }

    /// <summary>Counts from 1.</summary>
    public int Step { get; set; }

    /// <summary>When.</summary>
    public long At { get; set; }

    /// <summary>Who.</summary>
    public string Actor { get; set; } = "";

    /// <summary>Through what.</summary>
    public string Via { get; set; } = "";

    /// <summary>closed or reopened.</summary>
    public string Code { get; set; } = "";

    /// <summary>Why, where a person gave a reason.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The entry.</summary>
    public long? Seq { get; set; }

    /// <summary>The document.</summary>
    public int? Ordinal { get; set; }
}
