using BillingPortal.Domain.Invoices;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>Which acts an invoice is open to, and what they are called.</summary>
internal static class InvoiceActWords
{
    private static readonly (InvoiceAct Act, string Word, string Button, string Title)[] Lines =
    [
        (InvoiceAct.Issue, "issue", "Issue…", "Issue the invoice"), (InvoiceAct.Pay, "pay", "Record payment…", "Record a payment"), (InvoiceAct.Send, "send", "Send…", "Send it by mail"),
        (InvoiceAct.Credit, "credit", "Credit note…", "Write a credit note"), (InvoiceAct.Void, "void", "Void…", "Void the invoice"), (InvoiceAct.WriteOff, "write-off", "Write off…", "Give up what is outstanding"),
    ];

    /// <summary>The heading over it.</summary>
    public static string TitleOf(InvoiceAct act) => Lines.Single(line => line.Act == act).Title;

    /// <summary>Its button.</summary>
    public static string ButtonOf(InvoiceAct act) => Lines.Single(line => line.Act == act).Button;

    /// <summary>Its word in the page's address.</summary>
    public static string WordOf(InvoiceAct act) => Lines.Single(line => line.Act == act).Word;

    /// <summary>The act that an address names; null for none.</summary>
    public static InvoiceAct? Find(string? word) => Lines.Where(line => line.Word == word).Select(line => (InvoiceAct?)line.Act).FirstOrDefault();

    /// <summary>What it is open to, the likeliest first.</summary>
    public static IReadOnlyList<InvoiceAct> OpenTo(Invoice invoice) => (invoice.Document.Kind, invoice.Status) switch
    {
        (InvoiceKind.Statement, _) or (_, InvoiceStatus.Void) => [],
        (InvoiceKind.CreditNote, _) => [InvoiceAct.Send],
        (_, InvoiceStatus.Uncollectible) => [InvoiceAct.Pay],
        (_, InvoiceStatus.Draft) => [InvoiceAct.Issue],
        (_, InvoiceStatus.Open) when invoice is { Paid: 0, CreditedTotal: 0 } => [InvoiceAct.Pay, InvoiceAct.Send, InvoiceAct.Credit, InvoiceAct.Void, InvoiceAct.WriteOff],
        (_, InvoiceStatus.Open) => [InvoiceAct.Pay, InvoiceAct.Send, InvoiceAct.Credit, InvoiceAct.WriteOff],
        _ when invoice.CreditedTotal < invoice.Document.Total => [InvoiceAct.Send, InvoiceAct.Credit, InvoiceAct.Pay],
        _ => [InvoiceAct.Send, InvoiceAct.Pay],
    };
}
