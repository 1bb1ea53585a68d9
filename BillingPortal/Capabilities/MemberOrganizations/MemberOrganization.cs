using System.Text.Json.Serialization;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Capabilities.MemberOrganizations;

/// <summary>An organization as contract 5 shows it to somebody who belongs to it.</summary>
/// <param name="Id">Its UUID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">The billing address; absent where none is known.</param>
/// <param name="Role">The caller's role there, in small letters; absent where they have none of their own.</param>
public sealed record MemberOrganization(
    [property: JsonPropertyName("id")] Guid Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("address"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MemberAddress? Address,
    [property: JsonPropertyName("role"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role)
{
    /// <summary>From what stands.</summary>
    public static MemberOrganization Of(Guid uuid, OrganizationDetails details, string? role) =>
        new(uuid, details.Name ?? "", MemberAddress.Of(details), role?.ToLowerInvariant());
}

/// <summary>An address as contract 5 shows it.</summary>
/// <param name="AddressLine1">Street.</param>
/// <param name="AddressLine2">A second line.</param>
/// <param name="City">City.</param>
/// <param name="Region">State, province or county.</param>
/// <param name="PostalCode">Postal code.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record MemberAddress(
    [property: JsonPropertyName("addressLine1"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AddressLine1,
    [property: JsonPropertyName("addressLine2"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AddressLine2,
    [property: JsonPropertyName("city"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? City,
    [property: JsonPropertyName("region"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Region,
    [property: JsonPropertyName("postalCode"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PostalCode,
    [property: JsonPropertyName("country"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Country)
{
    /// <summary>The contract's words for the fields of billing details.</summary>
    public static IReadOnlyList<(string Name, DetailField Field)> Fields { get; } =
    [
        ("addressLine1", DetailField.Line1), ("addressLine2", DetailField.Line2), ("city", DetailField.City), ("region", DetailField.State),
        ("postalCode", DetailField.PostalCode), ("country", DetailField.Country),
    ];

    /// <summary>The address; null where nothing of it is known.</summary>
    public static MemberAddress? Of(OrganizationDetails details) => Fields.All(line => line.Field.Of(details) is null) ? null
        : new(details.Line1, details.Line2, details.City, details.State, details.PostalCode, details.Country);
}

/// <summary>The list of them.</summary>
/// <param name="Organizations">By name.</param>
public sealed record MemberOrganizationList([property: JsonPropertyName("organizations")] IReadOnlyList<MemberOrganization> Organizations);
