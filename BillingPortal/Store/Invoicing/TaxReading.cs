using System.Data;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Invoicing;

/// <summary>How an organization's supplies are taxed today, for reading: by the rule that its next invoice follows.</summary>
public static class TaxReading
{
    /// <summary>Reads it.</summary>
    public static async Task<TaxTreatment> ReadAsync(BillingStore store, Organization organization, Instant now, CancellationToken cancel)
    {
        var connection = store.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            await store.Database.OpenConnectionAsync(cancel);
        }

        var today = InvoiceActs.DayIn(now, organization.TimeZone);
        var profile = await InvoicingProfiles.ReadAsync(connection, new OrganizationId(organization.Id), BillingPeriod.Of(now, organization.TimeZone).Number);
        return Taxation.Of(profile.Tax, country => VatRates.StandardOf(country, today));
    }

    /// <summary>The tax on what is not invoiced yet (rules §4), as an invoice of it alone would reckon it; nothing on a credit.</summary>
    /// <param name="tax">How it is taxed.</param>
    /// <param name="unbilled">The unbilled receivable, millionths, the ledger's sign.</param>
    /// <param name="currency">Its currency.</param>
    public static long OnUnbilled(this TaxTreatment tax, long unbilled, Currency currency) =>
        tax.Of(Reckoning.Round(Math.Max(0, -unbilled), currency.MinorUnit), currency.MinorUnit);
}
