using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Web;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Searching;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>Invoices in the search everywhere, by their number.</summary>
public sealed class InvoiceSearch(FindInvoices invoices, CurrentCaller current) : ISearchSource
{
    private const int Least = 4;

    /// <inheritdoc />
    public int Order => 250;

    /// <inheritdoc />
    public async Task<ImmutableArray<SearchGroup>> FindAsync(string text, CancellationToken cancel)
    {
        // Every number has digits; words are other things.
        if (text.Length < Least || !text.Any(char.IsAsciiDigit) || !text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            return [];
        }

        var found = await invoices.RunAsync(await current.GetAsync(), text, cancel);
        return found.IsEmpty ? [] : [new("Invoices", [.. found.Select(line => new SearchHit(Glyph.Invoice, line.Number!, line.OrganizationName,
            line.Of(line.Total).ToString(CultureInfo.CurrentCulture), string.Create(CultureInfo.InvariantCulture, $"/organizations/{line.Organization}/invoices/{line.Ordinal}")))])];
    }
}
