using System.Globalization;

namespace BillingPortal.Domain.Organizations;

/// <summary>
/// An organization's number: what people read out on the telephone and what the store keys its rows by. Positive, given once, never
/// reused; the first is <see cref="First"/>. Programs of other systems know the organization by its UUID instead.
/// </summary>
public readonly record struct OrganizationId(long Value) : IComparable<OrganizationId>
{
    /// <summary>The first number given out: five digits, so that a number is never mistaken for a small count.</summary>
    public const long First = 10_001;

    /// <inheritdoc />
    public int CompareTo(OrganizationId other) => Value.CompareTo(other.Value);

    /// <summary>The digits, without grouping.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
