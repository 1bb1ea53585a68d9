using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace BillingPortal.Web.Tables;

/// <summary>
/// A page's state as its address holds it: filters, sort, page size, cursor. Everything that can be sent to a colleague is in here.
/// Immutable; changing it makes another address.
/// </summary>
public sealed class UrlState
{
    private readonly string _path;
    private readonly ImmutableSortedDictionary<string, string> _values;

    private UrlState(string path, ImmutableSortedDictionary<string, string> values) => (_path, _values) = (path, values);

    /// <summary>The state in the address that <paramref name="navigation"/> is at.</summary>
    public static UrlState From(NavigationManager navigation) => Parse("/" + navigation.ToBaseRelativePath(navigation.Uri));

    /// <summary>The state in <paramref name="address"/>, a path from the root with or without a query. Of a repeated key the first counts.</summary>
    public static UrlState Parse(string address)
    {
        var bare = address.Split('#')[0];
        var cut = bare.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(cut < 0 ? "" : bare[cut..]);
        var values = query.Where(pair => !string.IsNullOrEmpty(pair.Value[0])).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value[0]!, StringComparer.Ordinal);
        return new(cut < 0 ? bare : bare[..cut], values);
    }

    /// <summary>The value under <paramref name="key"/>, or null.</summary>
    public string? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>The path alone, from the root.</summary>
    public string Path => _path;

    /// <summary>The address, from the root.</summary>
    public string Href => QueryHelpers.AddQueryString(_path, _values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));

    /// <summary>The same state at another path, as an export's.</summary>
    public UrlState At(string path) => new(path, _values);

    /// <summary>With <paramref name="value"/> under <paramref name="key"/>; null or empty takes it away.</summary>
    public UrlState With(string key, string? value) => new(_path, string.IsNullOrEmpty(value) ? _values.Remove(key) : _values.SetItem(key, value));

    /// <summary>Without <paramref name="keys"/>.</summary>
    public UrlState Without(params IEnumerable<string> keys) => new(_path, _values.RemoveRange(keys));
}
