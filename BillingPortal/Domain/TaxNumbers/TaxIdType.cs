using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace BillingPortal.Domain.TaxNumbers;

/// <summary>One kind of tax number, as data: Stripe's published types, so that a customer's details pass to the payment provider as they are.</summary>
/// <param name="Code">The published word, as in <c>eu_vat</c>.</param>
/// <param name="Country">The country that gives it out, ISO 3166-1 alpha-2; <c>EU</c> for the union's two.</param>
/// <param name="Name">For people.</param>
/// <param name="Example">The published form, as people write it. An example of the form: its check digits need not hold.</param>
/// <param name="Pattern">The form without spaces, dots, hyphens and strokes.</param>
/// <param name="Check">True where the check digits hold; null for types whose check digits are not published or that have none.</param>
public sealed partial record TaxIdType(string Code, string Country, string Name, string Example, string Pattern, Predicate<string>? Check = null)
{
    /// <summary>The union's VAT: one type, with each state's own form and check digits.</summary>
    public static readonly TaxIdType EuVat = new("eu_vat", "EU", "EU VAT number", "DE136695976", "[A-Z]{2}[0-9A-Z+*]{2,12}");

    private static readonly FrozenDictionary<string, TaxIdType> ByCode;

    private readonly Lazy<Regex> _shape = new(() => new Regex($"^({Pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant));

    static TaxIdType()
    {
        All = [EuVat, .. Europe, .. Americas, .. AsiaAndPacific, .. AfricaAndNearEast];
        ByCode = All.ToFrozenDictionary(type => type.Code, StringComparer.Ordinal);
    }

    /// <summary>Every type.</summary>
    public static ImmutableArray<TaxIdType> All { get; }

    /// <summary>The type of <paramref name="code"/>, exactly as published; null where there is none.</summary>
    public static TaxIdType? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The types that an organization in <paramref name="country"/> is likely to have, its VAT first.</summary>
    public static IEnumerable<TaxIdType> Of(string country) =>
        (TaxNumbers.EuVat.OfCountry(country) is null ? [] : new[] { EuVat }).Concat(All.Where(type => type.Country == country));

    /// <summary>True where <paramref name="number"/>, normalised, has the form.</summary>
    public bool HasForm(string number) => this == EuVat ? TaxNumbers.EuVat.Of(number)?.HasForm(number) == true : _shape.Value.IsMatch(number);

    /// <summary>True where its check digits hold, or where it has none to check; the form must hold.</summary>
    public bool Holds(string number) => this == EuVat ? TaxNumbers.EuVat.Of(number)!.Holds(number) : Check?.Invoke(number) ?? true;

    /// <summary>The form in words: the state's own where <paramref name="number"/> begins like one of the union's.</summary>
    public string FormOf(string number) => this == EuVat && TaxNumbers.EuVat.Of(number) is { } state ? $"{state.Prefix} and then {state.Form}" : $"as in {Example}";

    /// <summary>Two types are one where their code is.</summary>
    public bool Equals(TaxIdType? other) => other is not null && Code == other.Code;

    /// <inheritdoc />
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);
}
