using BillingPortal.Domain.Invoices;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Invoicing;

/// <summary>
/// Keeps the issuer of invoices as the settings <c>Issuer__…</c> say: name, address, tax number, account, zone. What is not set stays as it is; documents that were
/// closed before keep what they say. Until who it is has been said nothing is invoiced (decision 0023); only a portal in Development bills in the name of an example.
/// </summary>
public sealed partial class IssuerStep(IConfiguration configuration, IHostEnvironment environment, IDbContextFactory<BillingStore> stores, ILogger<IssuerStep> log) : IStartStep
{
    /// <inheritdoc />
    public int Order => 10;

    /// <summary>Writes what is set, and says what is missing.</summary>
    /// <exception cref="TimeZoneNotFoundException">The zone is no IANA name.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        var issuer = configuration.GetSection("Issuer");
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (issuer.Exists())
        {
            var zone = issuer["Zone"] is { Length: > 0 } named ? TimeZoneInfo.FindSystemTimeZoneById(named).Id : null;
            await store.Database.ExecuteSqlAsync(
                $"""
                UPDATE invoice_issuer SET name = COALESCE({issuer["Name"]}, name), line1 = COALESCE({issuer["Line1"]}, line1), line2 = COALESCE({issuer["Line2"]}, line2),
                  city = COALESCE({issuer["City"]}, city), state = COALESCE({issuer["State"]}, state), postal_code = COALESCE({issuer["PostalCode"]}, postal_code),
                  country = COALESCE({issuer["Country"]}, country), tax_id = COALESCE({issuer["TaxId"]}, tax_id), email = COALESCE({issuer["Email"]}, email),
                  account = COALESCE({issuer["Account"]}, account), zone = COALESCE({zone}, zone) WHERE code = 'main'
                """, cancel);
        }
        else if (environment.IsDevelopment())
        {
            await SetExampleAsync(store, cancel);
        }

        if (await LacksAsync(store, cancel) is { Length: > 0 } lacking)
        {
            Unset(log, lacking);
        }
    }

    /// <summary>An example, where nobody stands there yet: for demonstrations and tests.</summary>
    public static Task SetExampleAsync(BillingStore store, CancellationToken cancel) => store.Database.ExecuteSqlRawAsync(
        """
        UPDATE invoice_issuer SET name = 'Platform Operations B.V.', line1 = 'Keizersgracht 241', city = 'Amsterdam', postal_code = '1016 EA', country = 'NL', tax_id = 'NL854321093B01',
          account = 'NL91ABNA0417164300' WHERE code = 'main' AND name = ''
        """, cancel);

    /// <summary>The settings without which nothing can be invoiced, in words; empty where none is missing.</summary>
    public static async Task<string> LacksAsync(BillingStore store, CancellationToken cancel)
    {
        var rows = await store.Database.SqlQuery<Issuing>($"SELECT name AS \"Name\", line1 AS \"Line1\", city AS \"City\", country AS \"Country\" FROM invoice_issuer WHERE code = 'main'").ToListAsync(cancel);
        return rows is [var row] ? InvoiceParty.LackingOf(row.Name, row.Line1, row.City, row.Country) : "";
    }

    private sealed record Issuing(string Name, string Line1, string City, string Country);

    [LoggerMessage(1701, LogLevel.Warning, "Nobody issues the invoices yet: no month with something to invoice can be closed and no plan can be paid. Set {Settings} and start again.")]
    private static partial void Unset(ILogger log, string settings);
}
