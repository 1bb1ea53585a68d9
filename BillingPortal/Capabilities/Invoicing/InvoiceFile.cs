using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>The lines of a document as rows of a file: lines, credits, tax, what was paid, totals; every figure is the document's own.</summary>
internal static class InvoiceFile
{
    /// <summary>The columns.</summary>
    public static readonly string[] Heads =
    [
        "row", "invoice", "line", "consumer", "consumer_name", "kind", "description", "detail", "quantity", "unit", "currency", "exact", "amount", "tax_category", "tax_rate", "tax_base",
    ];

    /// <summary>The rows.</summary>
    public static IEnumerable<string?[]> Rows(InvoiceDocument document)
    {
        var currency = Currency.Of(document.Currency);
        string Text(long micros) => new Money(micros, currency).ToDecimalString();
        string?[] Row(string row, int? line = null, string kind = "", string words = "", string? exact = null, string? amount = null, TaxTreatment? tax = null, string? taxBase = null,
            long? consumer = null, string name = "", string detail = "", string? quantity = null, string? unit = null) =>
        [
            row, document.Number, line?.ToString(CultureInfo.InvariantCulture), consumer?.ToString(CultureInfo.InvariantCulture), name, kind, words, detail, quantity, unit, document.Currency, exact, amount,
            tax is null ? "" : UblTaxes.CodeOf(tax.Category), tax is null ? "" : tax.Percent.ToString("0.##", CultureInfo.InvariantCulture), taxBase,
        ];

        for (var at = 0; at < document.Lines.Length; at++)
        {
            var line = document.Lines[at];
            yield return Row("line", at + 1, InvoiceWords.CodeOf(line.Kind), line.Description, Text(line.Exact), Text(line.Amount), line.Tax,
                consumer: line.Consumer, name: line.ConsumerName, detail: line.Detail, quantity: line.Quantity, unit: line.Unit);
        }

        foreach (var discount in document.Discounts)
        {
            yield return Row("credit", kind: discount.Bucket, words: discount.Name, amount: Text(-discount.Amount), tax: discount.Tax);
        }

        foreach (var tax in document.Taxes)
        {
            yield return Row("tax", words: InvoiceWords.TaxName(tax.Tax), detail: tax.Tax.Wording, amount: Text(tax.Amount), tax: tax.Tax, taxBase: Text(tax.Base));
        }

        foreach (var paid in document.Prepayments)
        {
            yield return Row("paid_before", words: paid.From, amount: Text(-paid.Amount));
        }

        foreach (var (kind, words, micros) in Totals(document))
        {
            yield return Row("total", kind: kind, words: words, amount: Text(micros));
        }
    }

    /// <summary>The sums, as every form of the document names them.</summary>
    public static IEnumerable<(string Code, string Name, long Amount)> Totals(InvoiceDocument document) =>
    [
        ("gross", "Sum of the lines", document.Gross), ("discount", "Credits used", document.Discount), ("net", "Net", document.Net), ("tax", "Tax", document.Tax),
        ("total", "Total", document.Total), ("prepaid", "Paid before", document.Prepaid), ("due", "Amount due", document.Due), ("rounding", "Rounding of the lines", document.Rounding),
    ];
}
