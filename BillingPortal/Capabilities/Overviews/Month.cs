using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>Months as the figures ask for them.</summary>
internal static class Month
{
    /// <summary>The time of <paramref name="month"/>, or of the present one, in the organization's own zone.</summary>
    public static SpendWindow WindowOf(long organization, string zone, BillingPeriod? month, Instant now)
    {
        var at = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var period = month ?? BillingPeriod.Of(now, at);
        return new(organization, period.StartIn(at).Micros, period.EndIn(at).Micros);
    }
}
