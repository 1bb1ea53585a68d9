using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Auditing;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Invoicing;

/// <summary>
/// Every charge and every credit of a closed month stands on one document, tax is rate × base, and an invoice that was voided stands again in the month
/// in which it was (decision 0023): what stored data say of it.
/// </summary>
internal static class BilledOnce
{
    /// <summary>What is broken; null where nothing is.</summary>
    public static async Task<string?> BreakOfAsync(LedgerConnection connection, long organization, IReadOnlyList<Invoice> invoices, CancellationToken cancel)
    {
        var unit = invoices.Count == 0 ? 1 : Currency.Of(invoices[0].Document.Currency).MinorUnit;
        if (invoices.FirstOrDefault(invoice => !IsTaxed(invoice, unit)) is { } untaxed)
        {
            return string.Create(CultureInfo.InvariantCulture, $"document {untaxed.Ordinal}: its tax is not its rate on its base");
        }

        var months = await connection.ReadAsync(
            $"""
            SELECT e.period, CAST(SUM(p.amount) AS bigint), MAX(o.closed_until), MAX(o.time_zone)
            FROM organization o JOIN account a ON a.organization_id = o.id AND a.kind = {(int)AccountKind.Revenue}
            JOIN posting p ON p.organization_id = a.organization_id AND p.account = a.account
            JOIN journal_entry e ON e.organization_id = p.organization_id AND e.seq = p.seq
            WHERE o.id = @o AND o.closed_until IS NOT NULL GROUP BY e.period
            """, rows => (Period: rows.GetInt32(0), Revenue: rows.GetInt64(1), Open: BillingPeriod.Of(new Instant(rows.GetInt64(2)), rows.GetString(3)).Number), cancel, ("o", organization));
        var voided = await connection.ReadAsync(
            "SELECT e.period, e.detail FROM journal_entry e WHERE e.organization_id = @o AND e.kind IN (1, 2, 4) AND e.kind = 4 AND e.service = '' AND e.reason IN ('invoice_voided', 'period_reopened')",
            rows => (Period: rows.GetInt32(0), Voided: VoidedInvoice.Read(rows.GetString(1))), cancel, ("o", organization));
        foreach (var (period, revenue, open) in months.Where(month => month.Period < month.Open))
        {
            var documents = invoices.Where(invoice => invoice.Document.Period == period && invoice.Document.Kind != InvoiceKind.CreditNote).ToList();
            var standing = documents.Where(invoice => invoice.Status != InvoiceStatus.Void).ToList();
            var billed = standing.Count > 0 ? standing[^1] : documents.LastOrDefault(invoice => invoice.Document.Number is not null);
            if (standing.Count > 1 || (billed?.Document.Lines.Where(line => line.Kind == InvoiceLineKind.Usage).Sum(line => line.Exact) ?? 0) != revenue)
            {
                return string.Create(CultureInfo.InvariantCulture, $"month {period}: its document does not state the {revenue} millionths that the journal charged");
            }

            var again = VoidedInvoice.Standing(voided.Where(one => one.Period == period).Select(one => one.Voided).OfType<VoidedInvoice>()).Sum(one => one.Net);
            if (again != 0 && billed?.Document.Lines.Where(line => line.Kind == InvoiceLineKind.CarriedOver).Sum(line => line.Exact) != again)
            {
                return string.Create(CultureInfo.InvariantCulture, $"month {period}: its document does not state the {again} millionths of invoices that were voided in it");
            }
        }

        return null;
    }

    /// <summary>A credit note takes back what is left of its invoice's tax, which may differ by a unit (decision 0028).</summary>
    private static bool IsTaxed(Invoice invoice, long unit) => invoice.Document.Taxes.All(tax =>
        Math.Abs(tax.Amount - tax.Tax.Of(tax.Base, unit)) <= (invoice.Document.Kind == InvoiceKind.CreditNote ? unit : 0))
        && (invoice.Document.Taxes.IsEmpty || invoice.Document.Taxes.Sum(tax => tax.Base) == invoice.Document.Net);
}
