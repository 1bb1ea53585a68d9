using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Invoicing;

/// <summary>
/// Keeps the issuer of invoices as the settings <c>Issuer__…</c> say: name, address, tax number, account, zone. What is not set stays as it is; documents that were
/// closed before keep what they say.
/// </summary>
public sealed class IssuerStep(IConfiguration configuration, IDbContextFactory<BillingStore> stores) : IStartStep
{
    /// <inheritdoc />
    public int Order => 10;

    /// <summary>Writes what is set.</summary>
    /// <exception cref="TimeZoneNotFoundException">The zone is no IANA name.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        var issuer = configuration.GetSection("Issuer");
        if (!issuer.Exists())
        {
            return;
        }

        var zone = issuer["Zone"] is { Length: > 0 } named ? TimeZoneInfo.FindSystemTimeZoneById(named).Id : null;
        await using var store = await stores.CreateDbContextAsync(cancel);
        await store.Database.ExecuteSqlAsync(
            $"""
            UPDATE invoice_issuer SET name = COALESCE({issuer["Name"]}, name), line1 = COALESCE({issuer["Line1"]}, line1), line2 = COALESCE({issuer["Line2"]}, line2),
              city = COALESCE({issuer["City"]}, city), state = COALESCE({issuer["State"]}, state), postal_code = COALESCE({issuer["PostalCode"]}, postal_code),
              country = COALESCE({issuer["Country"]}, country), tax_id = COALESCE({issuer["TaxId"]}, tax_id), email = COALESCE({issuer["Email"]}, email),
              account = COALESCE({issuer["Account"]}, account), zone = COALESCE({zone}, zone) WHERE code = 'main'
            """, cancel);
    }
}
