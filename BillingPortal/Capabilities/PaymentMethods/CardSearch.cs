using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Web;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Searching;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>Cards in the search everywhere, by their last four digits.</summary>
public sealed class CardSearch(FindCards cards, CurrentCaller current) : ISearchSource
{
    /// <inheritdoc />
    public int Order => 300;

    /// <inheritdoc />
    public async Task<ImmutableArray<SearchGroup>> FindAsync(string text, CancellationToken cancel)
    {
        var digits = text.TrimStart('·', '*', '•', ' ');
        if (digits.Length != 4 || !digits.All(char.IsAsciiDigit))
        {
            return [];
        }

        var found = await cards.RunAsync(await current.GetAsync(), digits, cancel);
        return found.Length == 0 ? [] : [new("Cards", [.. found.Select(card => new SearchHit(
            Glyph.Card, card.Name, card.OrganizationName, "card", $"/organizations/{card.Organization.ToString(CultureInfo.InvariantCulture)}/cards"))])];
    }
}
