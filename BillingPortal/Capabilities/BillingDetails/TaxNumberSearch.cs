using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Web;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Searching;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>Tax numbers in the search everywhere.</summary>
public sealed class TaxNumberSearch(FindTaxNumbers numbers, CurrentCaller current) : ISearchSource
{
    /// <inheritdoc />
    public int Order => 250;

    /// <inheritdoc />
    public async Task<ImmutableArray<SearchGroup>> FindAsync(string text, CancellationToken cancel)
    {
        var found = await numbers.RunAsync(await current.GetAsync(), text, cancel);
        return found.IsEmpty ? [] : [new("Tax numbers", [.. found.Select(number => new SearchHit(
            Glyph.Invoice, number.OrganizationName, number.Number, "tax number", $"/organizations/{number.Organization.ToString(CultureInfo.InvariantCulture)}/billing-details"))])];
    }
}
