using System.Globalization;

namespace BillingPortal.Web.Tables;

/// <summary>
/// Which rows of a list are shown: sort, page size, and the key after or before which the page begins. Lives in the address
/// (<c>sort=-name&amp;rows=50&amp;after=KEY</c>); there are no page numbers, since pages go by key.
/// </summary>
/// <param name="Url">The address with everything else, as filters.</param>
/// <param name="Sort">The column sorted by.</param>
/// <param name="Descending">True for largest or newest first.</param>
/// <param name="Rows">Rows on a page, one of <see cref="Sizes"/>.</param>
/// <param name="After">The page follows this key; null on the first page.</param>
/// <param name="Before">The page ends before this key; null unless going back.</param>
public sealed record ListState(UrlState Url, string Sort, bool Descending, int Rows, string? After, string? Before)
{
    /// <summary>The page sizes on offer; the first is the default.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [25, 50, 100];

    private static readonly string[] Cursors = ["after", "before"];

    /// <summary>The state in <paramref name="url"/>.</summary>
    /// <param name="url">The address.</param>
    /// <param name="sorts">The columns that can be sorted by; the first is the default. Another in the address is taken for the default.</param>
    /// <param name="descending">True where the default sort is descending.</param>
    public static ListState Read(UrlState url, IReadOnlyList<string> sorts, bool descending = false)
    {
        var sort = url["sort"];
        var known = sort is not null && sorts.Contains(sort.TrimStart('-'));
        var rows = int.TryParse(url["rows"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && Sizes.Contains(asked) ? asked : Sizes[0];
        var before = url["before"];
        return new(url, known ? sort!.TrimStart('-') : sorts[0], known ? sort![0] == '-' : descending, rows, before is null ? url["after"] : null, before);
    }

    /// <summary>True on the first page.</summary>
    public bool AtStart => After is null && Before is null;

    /// <summary>The address of the list from its start, sorted by <paramref name="column"/>; again turns it round.</summary>
    public string SortedBy(string column) =>
        Start.With("sort", (column == Sort && !Descending ? "-" : "") + column).Href;

    /// <summary>The address of the first page.</summary>
    public string First => Start.Href;

    /// <summary>The address of the page after <paramref name="key"/>.</summary>
    public string PageAfter(string key) => Start.With("after", key).Href;

    /// <summary>The address of the page before <paramref name="key"/>.</summary>
    public string PageBefore(string key) => Start.With("before", key).Href;

    /// <summary>The address of the first page with <paramref name="rows"/> rows.</summary>
    public string WithRows(int rows) => Start.With("rows", rows.ToString(CultureInfo.InvariantCulture)).Href;

    /// <summary>The address of the first page with a filter set, or taken away where <paramref name="value"/> is null.</summary>
    public string Filtered(string key, string? value) => Start.With(key, value).Href;

    /// <summary>The address of the first page without these filters.</summary>
    public string Unfiltered(IEnumerable<string> keys) => Start.Without(keys).Href;

    /// <summary>The address at <paramref name="path"/> that exports exactly what is filtered, in this order, all pages.</summary>
    public string Export(string path) => Start.Without("rows").At(path).Href;

    private UrlState Start => Url.Without(Cursors);
}
