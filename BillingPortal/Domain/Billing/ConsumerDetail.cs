using System.Globalization;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// For whom a payer's entry was, as its detail says it: lists of entries read it there, without the postings. The postings' revenue account is
/// what counts.
/// </summary>
public static class ConsumerDetail
{
    private const string Name = ",\"consumer\":";

    /// <summary>The part of a detail; empty where the entry is for the ledger's own organization.</summary>
    public static string Of(OrganizationId? consumer) => consumer is { } who ? string.Create(CultureInfo.InvariantCulture, $"{Name}{who}") : "";

    /// <summary>The consumer that <paramref name="detail"/> names; null for none.</summary>
    public static OrganizationId? Find(string detail)
    {
        var at = detail.IndexOf(Name, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var number = detail.AsSpan(at + Name.Length);
        var length = number.IndexOfAnyExceptInRange('0', '9');
        return long.TryParse(length < 0 ? number : number[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? new OrganizationId(read) : null;
    }
}
