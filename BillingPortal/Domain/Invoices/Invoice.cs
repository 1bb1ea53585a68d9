using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Invoices;

/// <summary>An invoice with its life: the document, and what became of it. Named by its organization and ordinal, as <c>10700/3</c>.</summary>
/// <param name="Organization">The payer.</param>
/// <param name="Ordinal">Counts the organization's documents from 1; drafts and statements too.</param>
public sealed record Invoice(OrganizationId Organization, int Ordinal)
{
    /// <summary>What it says.</summary>
    public required InvoiceDocument Document { get; init; }

    /// <summary>Where it stands.</summary>
    public InvoiceStatus Status { get; init; } = InvoiceStatus.Draft;

    /// <summary>The entry that booked it; null where nothing was to be booked.</summary>
    public long? Seq { get; init; }

    /// <summary>Paid after it was issued, millionths.</summary>
    public long Paid { get; init; }

    /// <summary>Credited against what was outstanding, millionths.</summary>
    public long Credited { get; init; }

    /// <summary>All that credit notes took back, whether against what was outstanding or given to cash, millionths with tax.</summary>
    public long CreditedTotal { get; init; }

    /// <summary>Written off, millionths.</summary>
    public long WrittenOff { get; init; }

    /// <summary>Still to be paid: of an open invoice, or of a draft once it is issued.</summary>
    public long Outstanding => Status is InvoiceStatus.Draft or InvoiceStatus.Open ? Document.Due - Paid - Credited - WrittenOff : 0;

    /// <summary>When it was sent last.</summary>
    public Instant? SentAt { get; init; }

    /// <summary>How many reminders were sent.</summary>
    public int Reminders { get; init; }

    /// <summary>Counts what happened to it.</summary>
    public int Steps { get; init; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; init; }

    /// <summary>The name in addresses and words: its number, or what it is where it has none.</summary>
    public string Name => Document.Number ?? (Document.Kind == InvoiceKind.Statement ? $"statement {Organization}/{Ordinal}" : $"draft {Organization}/{Ordinal}");

    /// <summary>The same one step on.</summary>
    public Effect.SetInvoice Step(InvoiceStep step) => new(Organization, this with { Steps = Steps + 1 }, step);
}

/// <summary>One thing that happened to an invoice.</summary>
/// <param name="Code">Stable: closed, issued, sent, paid, credited, voided, uncollectible, reminded, blocked.</param>
/// <param name="Text">For people.</param>
/// <param name="Amount">Millionths; null where no money moved.</param>
/// <param name="Reference">A payment's reference; empty for none.</param>
/// <param name="Seq">The entry that booked it; null where nothing was.</param>
public sealed record InvoiceStep(string Code, string Text, long? Amount = null, string Reference = "", long? Seq = null);

/// <summary>A period closed or opened again.</summary>
/// <param name="Period">Which, as 202409.</param>
/// <param name="Code">closed or reopened.</param>
/// <param name="Reason">Why, where a person gave a reason.</param>
/// <param name="Seq">The entry; null where nothing was booked.</param>
/// <param name="Ordinal">The document; null where nothing was there to state.</param>
public sealed record PeriodStep(int Period, string Code, string Reason, long? Seq, int? Ordinal);
