using System.Collections.Immutable;
using BillingPortal.Web.Layout;

namespace BillingPortal.Web.Searching;

/// <summary>Finds the portal's pages by name. An empty question finds them all.</summary>
public sealed class PageSearch(Navigation pages) : ISearchSource
{
    /// <inheritdoc />
    public int Order => 900;

    /// <inheritdoc />
    public async Task<ImmutableArray<SearchGroup>> FindAsync(string text, CancellationToken cancel)
    {
        var groups = await pages.VisibleAsync();
        return [new("Pages", [.. groups.SelectMany(group => group.Items)
            .Where(item => item.Title.Contains(text, StringComparison.OrdinalIgnoreCase))
            .Select(item => new SearchHit(item.Icon, item.Title, Detail: null, "page", item.Href))])];
    }
}
