using System.Collections.Immutable;
using System.Data.Common;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Store.Rating;

/// <summary>
/// The inclusive volumes and data packages of an organization that hold in a month: while there is one, it is not switched to prepaid (contract 4).
/// Reads on any open connection, so that a change can ask under the head's lock, beneath which they are written.
/// </summary>
public static class ActiveAllowances
{
    /// <summary>Those that hold in <paramref name="period"/>, the one that lasts longest first.</summary>
    public static async Task<ImmutableArray<Allowance>> ReadAsync(DbConnection connection, OrganizationId organization, BillingPeriod period) =>
        [.. (await RatingQueries.AllowancesAsync(connection, organization, service: null))
            .Where(allowance => allowance.EndedAt is null && allowance.Months.Contains(period))
            .OrderByDescending(allowance => allowance.Months.Until?.Number ?? int.MaxValue).ThenBy(allowance => allowance.Kind).ThenBy(allowance => allowance.Id)];

    /// <summary>For people and programs: "inclusive volume 12 (500 of data in Europe, until June 2026)".</summary>
    public static string Words(Allowance allowance) =>
        $"{(allowance.Kind == AllowanceKind.Package ? $"data package “{allowance.Name}”" : $"inclusive volume {allowance.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)}")} "
        + $"({allowance.Volume} of {allowance.Service}{(allowance.Ratezone.Length > 0 ? $" in {allowance.Ratezone}" : "")}, "
        + $"{(allowance.Months.Until is { } last ? $"until {last.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : "open-ended")})";
}
