namespace BillingPortal.Domain.Organizations;

/// <summary>
/// Whom an invoice is made out to and where it is sent: contract 3's twelve fields, and the telephone number of contract 2. Null where nothing is
/// known; an organization with nothing set is billed by its name alone. Equal where every field is equal.
/// </summary>
public sealed record OrganizationDetails
{
    /// <summary>The organization's name, 1 to 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Its readable name in addresses; unique on the platform.</summary>
    public string? Slug { get; init; }

    /// <summary>The name the invoice is made out to.</summary>
    public string? Company { get; init; }

    /// <summary>Street and house.</summary>
    public string? Line1 { get; init; }

    /// <summary>More of the address.</summary>
    public string? Line2 { get; init; }

    /// <summary>Town.</summary>
    public string? City { get; init; }

    /// <summary>State, province, county: what the country has.</summary>
    public string? State { get; init; }

    /// <summary>Postal code, of any form.</summary>
    public string? PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The tax number, normalised (<see cref="TaxNumbers.TaxNumber.Normalise"/>): one value with contract 4's <c>vatin</c>.</summary>
    public string? TaxId { get; init; }

    /// <summary>Its type's published code; null where nobody said and its prefix does not tell.</summary>
    public string? TaxIdType { get; init; }

    /// <summary>Where invoices are sent.</summary>
    public string? Email { get; init; }

    /// <summary>A telephone number, as it was given.</summary>
    public string? Phone { get; init; }
}

/// <summary>How a tax number stands with the register that knows it.</summary>
/// <param name="Status">The state.</param>
/// <param name="CheckedAt">When the register was asked last; null before it was.</param>
/// <param name="RegisteredName">In whose name the register has it, where it says.</param>
public sealed record TaxStanding(TaxStatus Status, Instant? CheckedAt = null, string? RegisteredName = null)
{
    /// <summary>No number.</summary>
    public static readonly TaxStanding None = new(TaxStatus.None);
}

/// <summary>The states of a tax number; the numbers are stored.</summary>
public enum TaxStatus
{
    /// <summary>There is no number.</summary>
    None = 0,

    /// <summary>The register will be asked.</summary>
    Pending = 1,

    /// <summary>The register knows it.</summary>
    Verified = 2,

    /// <summary>The register does not know it, or there is none to ask for this type.</summary>
    Unverified = 3,

    /// <summary>The register could not be asked. It is asked again; nothing is held against the number.</summary>
    Unavailable = 4,
}
