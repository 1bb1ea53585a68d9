using System.Globalization;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Auditing;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Invoicing;

/// <summary>
/// Invoices and journal say the same: what is outstanding is what the invoiced receivable holds, tax payable is the tax of what stands, every row is its
/// document, each closed month's charges stand on one, and the numbers of a series run without gaps (rules §8).
/// </summary>
public sealed class InvoiceLaw(DatabaseOptions options) : ILaw
{
    /// <inheritdoc />
    public string Code => "invoices";

    /// <inheritdoc />
    public string Name => "Invoices equal their entries";

    /// <inheritdoc />
    public string Scope => "outstanding, tax and charges equal the journal's; numbers without gaps";

    /// <inheritdoc />
    public string Unit => "organizations";

    /// <inheritdoc />
    public async Task<LawFinding> CheckAsync(CancellationToken cancel)
    {
        await using var connection = await LedgerConnection.OpenAsync(options, cancel);
        var checkedOver = 0L;
        for (var organization = 0L; ;)
        {
            await using var picture = await connection.PictureAsync(cancel);
            if (await connection.NumberAsync("SELECT MIN(organization_id) FROM invoice WHERE organization_id > @after", ("after", organization)) is not { } next)
            {
                var gap = await connection.NumberAsync(
                    """
                    SELECT COUNT(*) FROM invoice_series s
                    WHERE s.next_number - 1 <> (SELECT COUNT(*) FROM invoice i WHERE i.number IS NOT NULL AND SUBSTR(i.number, 1, LENGTH(s.series) + 1) = s.series || '-')
                    """);
                return gap > 0 ? new LawFinding(Holds: false, checkedOver, "a series of invoice numbers has a gap") : new LawFinding(Holds: true, checkedOver, "");
            }

            organization = next;
            checkedOver++;
            if (await BreakOfAsync(connection, organization, cancel) is { } broken)
            {
                return new LawFinding(Holds: false, checkedOver, string.Create(CultureInfo.InvariantCulture, $"organization {organization}, {broken}"));
            }
        }
    }

    private static async Task<string?> BreakOfAsync(LedgerConnection connection, long organization, CancellationToken cancel)
    {
        var (outstanding, tax) = (0L, 0L);
        var stored = await InvoiceQueries.StoredAsync(connection.Connection, new OrganizationId(organization));
        foreach (var (invoice, net, taxed, due, left) in stored)
        {
            var document = invoice.Document;
            if ((document.Net, document.Tax, document.Due, invoice.Outstanding) != (net, taxed, due, left))
            {
                return string.Create(CultureInfo.InvariantCulture, $"document {invoice.Ordinal}: its figures are not the document's");
            }

            outstanding += left;
            tax += invoice.Status == InvoiceStatus.Void ? 0 : document.Kind == InvoiceKind.CreditNote ? -taxed : taxed;
        }

        var (owed, payable) = (-await BalanceAsync(connection, organization, AccountKind.InvoicedReceivable), await BalanceAsync(connection, organization, AccountKind.TaxPayable));
        return owed != outstanding ? string.Create(CultureInfo.InvariantCulture, $"invoices are outstanding with {outstanding} millionths, the journal has {owed}")
            : payable != tax ? string.Create(CultureInfo.InvariantCulture, $"invoices state {tax} millionths of tax, the journal has {payable}")
            : await BilledOnce.BreakOfAsync(connection, organization, [.. stored.Select(one => one.Invoice)], cancel);
    }

    private static async Task<long> BalanceAsync(LedgerConnection connection, long organization, AccountKind kind) =>
        await LedgerQueries.ScalarAsync(connection.Connection, "SELECT balance FROM account WHERE organization_id = @o AND account = @a", ("o", organization), ("a", (int)kind)) ?? 0;
}
