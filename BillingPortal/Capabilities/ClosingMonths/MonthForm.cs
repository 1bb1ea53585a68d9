using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>A month as people and addresses write it: 2024-09.</summary>
public static class MonthForm
{
    /// <summary>The month; null where it is none.</summary>
    public static BillingPeriod? Read(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200
            ? new BillingPeriod((day.Year * 100) + day.Month) : null;

    /// <summary>The month before the one that now is in UTC: the one that is closed next.</summary>
    public static BillingPeriod Last(TimeProvider clock) => BillingPeriod.Of(Instant.Now(clock), TimeZoneInfo.Utc).Previous;
}
