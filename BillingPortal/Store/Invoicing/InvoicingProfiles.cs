using System.Data.Common;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Invoicing;

/// <summary>Who bills whom, from details, configuration and issuer.</summary>
internal static class InvoicingProfiles
{
    private const int RefusedByRegister = 3;

    /// <summary>The profile as it is now; a chosen rate as it holds at the end of <paramref name="period"/>.</summary>
    public static async Task<InvoicingProfile> ReadAsync(DbConnection connection, OrganizationId organization, int period)
    {
        await using var command = LedgerQueries.Command(connection,
            """
            SELECT o.name, o.contact_email, d.company_name, d.line1, d.line2, d.city, d.state, d.postal_code, d.country, d.tax_id, d.tax_id_type, d.email, d.tax_status,
              c.issuer_info, c.payment_term, c.vat_rate,
              i.code, i.name, i.line1, i.line2, i.city, i.state, i.postal_code, i.country, i.tax_id, i.email, i.account, i.zone
            FROM organization o LEFT JOIN billing_details d ON d.organization_id = o.id LEFT JOIN billing_config c ON c.organization_id = o.id
            JOIN invoice_issuer i ON i.code = COALESCE(c.issuer, 'main') WHERE o.id = @o
            """, ("o", organization.Value));
        await using var rows = await command.ExecuteReaderAsync();
        _ = await rows.ReadAsync();
        string? Text(int at) => rows.IsDBNull(at) || rows.GetString(at).Length == 0 ? null : rows.GetString(at);
        int? Number(int at) => rows.IsDBNull(at) ? null : rows.GetInt32(at);
        InvoiceParty Party(string name, int at) => new(name, [.. new[] { Text(at), Text(at + 1) }.OfType<string>()], Text(at + 2) ?? "", Text(at + 4) ?? "", Text(at + 3) ?? "", Text(at + 5) ?? "");

        var lastDay = new DateOnly(period / 100, period % 100, 1).AddMonths(1).AddDays(-1);
        var buyer = Party(Text(2) ?? rows.GetString(0), 3) with { TaxId = Text(9), Email = Text(11) ?? Text(1), Organization = organization.Value };
        var seller = Party(rows.GetString(17), 18) with { TaxId = Text(24), Email = Text(25), Account = Text(26), Info = Text(13) ?? "" };
        return new InvoicingProfile(rows.GetString(16), rows.GetString(27), seller, buyer, PaymentTerm.Find(Number(14)) ?? PaymentTerm.Default,
            new TaxProfile(seller.Country, buyer.Country, Text(10), Number(12) == RefusedByRegister, VatRates.Follow(Number(15), lastDay)));
    }
}
