using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Invoicing;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Setup;

// What tests say of months and invoices.
internal sealed partial class Ledger
{
    public ClosePeriod Close(OrganizationId organization, int period) => new(Tester, NextKey(), organization, new BillingPeriod(period));

    public ReopenPeriod Reopen(OrganizationId organization, int period, string reason = "A late correction") =>
        new(Tester, NextKey(), organization, new BillingPeriod(period)) { Reason = reason };

    public IssueInvoice Issue(OrganizationId organization, int ordinal = 1) => new(Tester, NextKey(), organization, ordinal);

    public RecordPayment Pay(OrganizationId organization, decimal amount, int ordinal = 1) => new(Tester, NextKey(), organization, ordinal) { Amount = Micros(amount), Reference = "Bank 1" };

    public CreditInvoice Credit(OrganizationId organization, int ordinal, params (int Line, decimal Net)[] lines) => new(Tester, NextKey(), organization, ordinal)
    {
        Lines = [.. lines.Select(line => new CreditedLine(line.Line, Micros(line.Net)))],
        Reason = "Too much was billed",
        Limit = Micros(1_000_000),
    };

    public VoidInvoice Void(OrganizationId organization, int ordinal = 1) => new(Tester, NextKey(), organization, ordinal) { Reason = "Wrong address", Limit = Micros(1_000_000) };

    public WriteOffInvoice WriteOff(OrganizationId organization, int ordinal = 1) => new(Tester, NextKey(), organization, ordinal) { Reason = "Insolvent", Limit = Micros(1_000_000) };

    public async Task<(InvoiceRow Row, InvoiceDocument Document)> InvoiceAsync(OrganizationId organization, int ordinal = 1)
    {
        await using var store = new StoreOf(Database).CreateDbContext();
        var row = await store.Invoices.SingleAsync(invoice => invoice.OrganizationId == organization.Value && invoice.Ordinal == ordinal);
        return (row, InvoiceJson.Read(row.Document));
    }

    /// <summary>Nobody has said who issues the invoices.</summary>
    public async Task WithoutIssuerAsync()
    {
        await using var store = new StoreOf(Database).CreateDbContext();
        await store.Database.ExecuteSqlRawAsync("UPDATE invoice_issuer SET name = '', line1 = '', city = '', postal_code = '', country = '', tax_id = NULL, account = NULL");
    }

    /// <summary>Says where an organization's invoices are written to, as the details' form would.</summary>
    public async Task BilledInAsync(OrganizationId organization, string country, string? taxId = null)
    {
        await using var store = new StoreOf(Database).CreateDbContext();
        await store.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO billing_details (organization_id, version, company_name, line1, city, postal_code, country, tax_id, tax_id_type, tax_status, updated_at)
            VALUES ({organization.Value}, 1, {"Acme GmbH"}, {"Torstraße 140"}, {"Berlin"}, {"10119"}, {country}, {taxId}, {(taxId is null ? null : "eu_vat")}, {(taxId is null ? 0 : 1)}, 0)
            """);
    }
}
