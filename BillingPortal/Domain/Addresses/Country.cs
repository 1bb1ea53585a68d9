using System.Collections.Frozen;
using System.Collections.Immutable;

namespace BillingPortal.Domain.Addresses;

/// <summary>A country of ISO 3166-1, as data.</summary>
/// <param name="Code">Alpha-2, capitals.</param>
/// <param name="Name">Its short name in English.</param>
public sealed partial record Country(string Code, string Name)
{
    private static readonly FrozenDictionary<string, Country> ByCode;

    static Country()
    {
        All = [.. Lines.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => new Country(line[..2], line[3..])).OrderBy(country => country.Name, StringComparer.Ordinal)];
        ByCode = All.ToFrozenDictionary(country => country.Code, StringComparer.Ordinal);
    }

    /// <summary>Every country, by name.</summary>
    public static ImmutableArray<Country> All { get; }

    /// <summary>How its addresses are written.</summary>
    public AddressForm Form => AddressForm.Of(Code);

    /// <summary>Name and code, as the search for a country lists it.</summary>
    public string Label => $"{Name} ({Code})";

    /// <summary>The country of <paramref name="code"/> in capitals; null where there is none.</summary>
    public static Country? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>The country that a person means: by code, name, or both as <see cref="Label"/> writes them; null where there is none.</summary>
    public static Country? Meant(string typed)
    {
        var text = typed.Trim();
        return Find(text.ToUpperInvariant())
            ?? All.FirstOrDefault(country => string.Equals(country.Name, text, StringComparison.OrdinalIgnoreCase) || string.Equals(country.Label, text, StringComparison.OrdinalIgnoreCase));
    }
}
