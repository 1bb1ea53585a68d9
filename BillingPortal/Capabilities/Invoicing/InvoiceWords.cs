using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>Words for invoices, for people and for programs.</summary>
internal static class InvoiceWords
{
    /// <summary>The statuses, as addresses and programs write them, with their names.</summary>
    public static readonly IReadOnlyList<(InvoiceStatus Status, string Code, string Name)> Statuses =
    [
        (InvoiceStatus.Draft, "draft", "Draft"), (InvoiceStatus.Open, "open", "Open"), (InvoiceStatus.Paid, "paid", "Paid"),
        (InvoiceStatus.Void, "void", "Void"), (InvoiceStatus.Uncollectible, "uncollectible", "Uncollectible"),
    ];

    /// <summary>The kinds, likewise.</summary>
    public static readonly IReadOnlyList<(InvoiceKind Kind, string Code, string Name)> Kinds =
    [
        (InvoiceKind.Invoice, "invoice", "Invoice"), (InvoiceKind.CreditNote, "credit_note", "Credit note"), (InvoiceKind.Statement, "statement", "Statement"),
    ];

    public static string CodeOf(InvoiceStatus status) => Statuses.Single(line => line.Status == status).Code;

    public static string CodeOf(InvoiceKind kind) => Kinds.Single(line => line.Kind == kind).Code;

    public static string NameOf(InvoiceKind kind) => Kinds.Single(line => line.Kind == kind).Name;

    public static string CodeOf(InvoiceLineKind kind) => kind == InvoiceLineKind.CarriedOver ? "carried_over" : kind.ToString().ToLowerInvariant();

    /// <summary>The title of its page: the number, or what it is and of when.</summary>
    public static string TitleOf(InvoiceKind kind, string? number, int? period, int ordinal) => number
        ?? $"{(kind == InvoiceKind.Statement ? "Statement" : "Draft")} {(period is { } month ? PeriodOf(month) : ordinal.ToString(CultureInfo.InvariantCulture))}";

    /// <summary>October 2026.</summary>
    public static string PeriodOf(int period) => new Domain.Billing.BillingPeriod(period).ToString(CultureInfo.InvariantCulture);

    /// <summary>1 Nov 2026.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>What the badge says: where it stands, and how long until it is due or since.</summary>
    public static string Standing(InvoiceKind kind, InvoiceStatus status, DateOnly? due, bool sent, DateOnly today) => (kind, status) switch
    {
        (InvoiceKind.Statement, InvoiceStatus.Void) => "Taken back",
        (InvoiceKind.Statement, _) => "Nothing to pay",
        (InvoiceKind.CreditNote, _) => "Credited",
        (_, InvoiceStatus.Draft) => "Draft, not issued",
        (_, InvoiceStatus.Open) when due is { } day => (sent ? "Sent, " : "Open, ") + (day.DayNumber - today.DayNumber) switch
        {
            0 => "due today",
            1 => "due tomorrow",
            > 1 and var left => $"due in {left.ToString(CultureInfo.InvariantCulture)} days",
            -1 => "overdue by 1 day",
            var over => $"overdue by {(-over).ToString(CultureInfo.InvariantCulture)} days",
        },
        (_, InvoiceStatus.Open) => "Open",
        (_, InvoiceStatus.Paid) => "Paid",
        (_, InvoiceStatus.Void) => "Void",
        _ => "Uncollectible",
    };

    /// <summary>19 %, or the category's own word.</summary>
    public static string TaxName(TaxTreatment tax) => tax.Category switch
    {
        TaxCategory.Standard => string.Create(CultureInfo.InvariantCulture, $"VAT {tax.Percent:0.##} %"),
        TaxCategory.Zero => "VAT 0 %",
        TaxCategory.Exempt => "Exempt from VAT",
        TaxCategory.ReverseCharge => "VAT, reverse charge",
        _ => "No VAT",
    };
}
