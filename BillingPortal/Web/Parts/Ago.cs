using System.Globalization;
using BillingPortal.Domain;

namespace BillingPortal.Web.Parts;

/// <summary>Time as distance from now, in whole units cut down: "3 minutes ago", "in 2 days".</summary>
public static class Ago
{
    /// <summary>How far <paramref name="at"/> lies from <paramref name="now"/>.</summary>
    public static string Write(Instant at, Instant now)
    {
        var distance = TimeSpan.FromMicroseconds(Math.Abs(now.Micros - at.Micros));
        var (count, unit) = distance switch
        {
            { TotalSeconds: < 60 } => (0, ""),
            { TotalMinutes: < 60 } => ((int)distance.TotalMinutes, "minute"),
            { TotalHours: < 24 } => ((int)distance.TotalHours, "hour"),
            { TotalDays: < 60 } => ((int)distance.TotalDays, "day"),
            _ => ((int)(distance.TotalDays / 30), "month"),
        };
        if (count == 0)
        {
            return at <= now ? "just now" : "in less than a minute";
        }

        var words = string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
        return at <= now ? words + " ago" : "in " + words;
    }
}
