using System.Collections.Immutable;

namespace BillingPortal.Domain.Organizations;

/// <summary>One field of <see cref="OrganizationDetails"/>, as data: form, contract, store and history go through the same list.</summary>
/// <param name="Code">Contract 3's name.</param>
/// <param name="Label">For people.</param>
/// <param name="Column">The store's column in <c>billing_details</c>; null for the two that are the organization's own.</param>
/// <param name="Most">The most characters (Unicode code points).</param>
/// <param name="Of">Reads it.</param>
/// <param name="With">The details with another value.</param>
public sealed record DetailField(string Code, string Label, string? Column, int Most, Func<OrganizationDetails, string?> Of, Func<OrganizationDetails, string?, OrganizationDetails> With)
{
    /// <summary>The organization's name.</summary>
    public static readonly DetailField Name = new("name", "Name", null, 100, d => d.Name, (d, v) => d with { Name = v });

    /// <summary>Its slug.</summary>
    public static readonly DetailField Slug = new("slug", "Slug", null, 64, d => d.Slug, (d, v) => d with { Slug = v });

    /// <summary>The company's name.</summary>
    public static readonly DetailField Company = new("billing_company_name", "Company name", "company_name", 255, d => d.Company, (d, v) => d with { Company = v });

    /// <summary>Street and house.</summary>
    public static readonly DetailField Line1 = new("billing_address_line1", "Address", "line1", 255, d => d.Line1, (d, v) => d with { Line1 = v });

    /// <summary>More of the address.</summary>
    public static readonly DetailField Line2 = new("billing_address_line2", "Address, second line", "line2", 255, d => d.Line2, (d, v) => d with { Line2 = v });

    /// <summary>Town.</summary>
    public static readonly DetailField City = new("billing_city", "City", "city", 128, d => d.City, (d, v) => d with { City = v });

    /// <summary>State.</summary>
    public static readonly DetailField State = new("billing_state", "State", "state", 128, d => d.State, (d, v) => d with { State = v });

    /// <summary>Postal code.</summary>
    public static readonly DetailField PostalCode = new("billing_postal_code", "Postal code", "postal_code", 32, d => d.PostalCode, (d, v) => d with { PostalCode = v });

    /// <summary>Country.</summary>
    public static readonly DetailField Country = new("billing_country", "Country", "country", 2, d => d.Country, (d, v) => d with { Country = v });

    /// <summary>Tax number.</summary>
    public static readonly DetailField TaxId = new("billing_tax_id", "Tax number", "tax_id", 64, d => d.TaxId, (d, v) => d with { TaxId = v });

    /// <summary>Its type.</summary>
    public static readonly DetailField TaxIdType = new("billing_tax_id_type", "Type of tax number", "tax_id_type", 32, d => d.TaxIdType, (d, v) => d with { TaxIdType = v });

    /// <summary>Email for invoices.</summary>
    public static readonly DetailField Email = new("billing_email", "Billing email", "email", 254, d => d.Email, (d, v) => d with { Email = v });

    /// <summary>Telephone.</summary>
    public static readonly DetailField Phone = new("phone", "Telephone", "phone", 32, d => d.Phone, (d, v) => d with { Phone = v });

    /// <summary>Every field, in the order of contract 3.</summary>
    public static ImmutableArray<DetailField> All { get; } = [Company, Line1, Line2, City, State, PostalCode, Country, TaxId, TaxIdType, Name, Slug, Email, Phone];

    /// <summary>Contract 3's twelve.</summary>
    public static ImmutableArray<DetailField> OfContract { get; } = [.. All.Where(field => field != Phone)];

    /// <summary>Those that stand in the store's own table of details.</summary>
    public static ImmutableArray<DetailField> Stored { get; } = [.. All.Where(field => field.Column is not null)];

    /// <summary>True for the two that an organization always has, and whose change needs another permission.</summary>
    public bool IsOwn => Column is null;

    /// <summary>The field of <paramref name="code"/>; null where there is none.</summary>
    public static DetailField? Find(string code) => All.FirstOrDefault(field => field.Code == code);

    /// <inheritdoc />
    public override string ToString() => Code;

    /// <summary>Two fields are one where their code is.</summary>
    public bool Equals(DetailField? other) => other is not null && Code == other.Code;

    /// <inheritdoc />
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);
}
