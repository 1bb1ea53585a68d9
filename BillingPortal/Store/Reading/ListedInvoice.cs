using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Reading;

/// <summary>An invoice's place in the order of lists, newest first: when it was made, whose it is, its ordinal.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct InvoiceCursor(Instant CreatedAt, OrganizationId Organization, int Ordinal)
{
    /// <summary>As addresses carry it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CreatedAt.Micros}.{Organization}.{Ordinal}");

    /// <summary>The cursor that <paramref name="text"/> is, or null where it is none.</summary>
    public static InvoiceCursor? Parse(string? text) =>
        text?.Split('.') is [var time, var organization, var ordinal]
        && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var t)
        && long.TryParse(organization, NumberStyles.None, CultureInfo.InvariantCulture, out var o)
        && int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? new(new Instant(t), new OrganizationId(o), n) : null;
}

/// <summary>Which page of a list of invoices: the newest, the one after (older than) a cursor, or the one before (newer than) it.</summary>
/// <param name="Rows">How many at most.</param>
/// <param name="After">Older than this.</param>
/// <param name="Before">Newer than this; counts only where <paramref name="After"/> is null.</param>
public sealed record InvoicePlace(int Rows, InvoiceCursor? After = null, InvoiceCursor? Before = null)
{
    /// <summary>True where the page is read from its old end.</summary>
    public bool Backwards => After is null && Before is not null;
}

/// <summary>Which invoices.</summary>
public sealed record InvoiceFilter
{
    /// <summary>Invoices, credit notes or statements alone.</summary>
    public InvoiceKind? Kind { get; init; }

    /// <summary>Where they stand.</summary>
    public InvoiceStatus? Status { get; init; }

    /// <summary>The period they bill, as 202409.</summary>
    public int? Period { get; init; }

    /// <summary>Only what is overdue on this day.</summary>
    public DateOnly? OverdueOn { get; init; }

    /// <summary>What their number is, or how it begins.</summary>
    public NumberName? Number { get; init; }

    /// <summary>With <see cref="Number"/>: also those whose payer this names, as any search for an organization has it.</summary>
    public string? OrPayer { get; init; }
}

/// <summary>An invoice as lists show it, without its lines. Amounts are millionths.</summary>
public sealed record ListedInvoice
{
    /// <summary>Its place.</summary>
    public required InvoiceCursor Cursor { get; init; }

    /// <summary>The payer.</summary>
    public OrganizationId Organization => Cursor.Organization;

    /// <summary>Which of its documents.</summary>
    public int Ordinal => Cursor.Ordinal;

    /// <summary>The payer's name.</summary>
    public required string OrganizationName { get; init; }

    /// <summary>Invoice, credit note or statement.</summary>
    public required InvoiceKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required InvoiceStatus Status { get; init; }

    /// <summary>Its number; null for drafts and statements.</summary>
    public required string? Number { get; init; }

    /// <summary>The period it bills, as 202409.</summary>
    public required int? Period { get; init; }

    /// <summary>Its currency.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Before tax.</summary>
    public required long Net { get; init; }

    /// <summary>Tax.</summary>
    public required long Tax { get; init; }

    /// <summary>With tax.</summary>
    public required long Total { get; init; }

    /// <summary>To be paid when it was issued.</summary>
    public required long Due { get; init; }

    /// <summary>Paid since.</summary>
    public required long Paid { get; init; }

    /// <summary>Credited against what was outstanding.</summary>
    public required long Credited { get; init; }

    /// <summary>Still to be paid.</summary>
    public required long Outstanding { get; init; }

    /// <summary>The day of issue.</summary>
    public required DateOnly? IssuedOn { get; init; }

    /// <summary>The last day to pay.</summary>
    public required DateOnly? DueOn { get; init; }

    /// <summary>When it was sent last.</summary>
    public required Instant? SentAt { get; init; }

    /// <summary>An amount of it.</summary>
    public Money Of(long micros) => new(micros, Currency);
}

/// <summary>A page of invoices, newest first.</summary>
/// <param name="Lines">The invoices.</param>
/// <param name="HasNewer">True where newer ones stand before the first.</param>
/// <param name="HasOlder">True where older ones follow the last.</param>
public sealed record InvoicePageLines(ImmutableArray<ListedInvoice> Lines, bool HasNewer, bool HasOlder);
