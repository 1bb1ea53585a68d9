using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>One figure of a rehearsal.</summary>
/// <param name="Name">What it says.</param>
/// <param name="Value">The figure.</param>
/// <param name="Remark">A few words on it.</param>
public sealed record RehearsalFigure(string Name, string Value, string Remark);

/// <summary>A rehearsal in figures and sentences.</summary>
public static class RehearsalWords
{
    /// <summary>The figures that matter for this rule.</summary>
    public static ImmutableArray<RehearsalFigure> Figures(Rehearsal rehearsal, AutoRecharge recharge, SpendingCap cap, RehearsedPast past, Currency currency) =>
    [
        .. past.ChargingModel == ChargingModel.Prepaid ? Money(rehearsal, recharge, past, currency) : [],
        .. cap.Enabled ? [Capped(rehearsal, cap, past, currency)] : ImmutableArray<RehearsalFigure>.Empty,
    ];

    /// <summary>The picture in words.</summary>
    public static string Describe(Rehearsal rehearsal, RehearsedPast past, Currency currency)
    {
        var words = new List<string>();
        if (past.ChargingModel == ChargingModel.Prepaid)
        {
            words.Add($"The rule would have fired {Times(rehearsal.Recharges.Length)} and charged {Write(rehearsal.Charged, currency)}.");
            words.Add(rehearsal.Empty.IsEmpty ? "The balance would never have been empty." : $"The balance would have been empty for {Span(rehearsal.EmptyFor)}, first on {Day(rehearsal.Empty[0].Start, past)}.");
        }

        if (!rehearsal.Stopped.IsEmpty)
        {
            words.Add($"The cap would have stopped requests {Times(rehearsal.Stopped.Length)}, first on {Day(rehearsal.Stopped[0].Start, past)}.");
        }

        return string.Join(' ', words);
    }

    /// <summary>A length of time in its two largest units: "3 h", "2 d 4 h", "12 min".</summary>
    public static string Span(TimeSpan length) => length switch
    {
        { TotalMinutes: < 1 } => "under a minute",
        { TotalHours: < 1 } => Number(length.Minutes) + " min",
        { TotalDays: < 1 } => Number(length.Hours) + " h" + (length.Minutes > 0 ? $" {Number(length.Minutes)} min" : ""),
        _ => Number(length.Days) + " d" + (length.Hours > 0 ? $" {Number(length.Hours)} h" : ""),
    };

    /// <summary>A day and time in the organization's zone.</summary>
    public static string Moment(Instant at, RehearsedPast past) => TimeZoneInfo.ConvertTime(at.ToUtc(), past.Zone).ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    private static IEnumerable<RehearsalFigure> Money(Rehearsal rehearsal, AutoRecharge recharge, RehearsedPast past, Currency currency)
    {
        if (recharge is { Enabled: true, Amount: not null, Threshold: not null })
        {
            yield return new("Would have fired", Capital(Times(rehearsal.Recharges.Length)), rehearsal.BrokenAt is { } broken
                ? $"then stopped on {Moment(broken, past)}: action needed" : rehearsal.Recharges.IsEmpty ? rehearsal.Curve.Any(point => point.Available < recharge.Threshold) ? "held back by the cap or the limit" : "never below the threshold" : $"last on {Day(rehearsal.Recharges[^1].At, past)}");
            yield return new("Would have charged", Write(rehearsal.Charged, currency), recharge.MonthlyLimit is null ? "no limit a month"
                : rehearsal.Paused.IsEmpty ? "limit never reached" : $"paused by the limit in {Months(rehearsal.Paused, past)}");
        }

        yield return new("Would have been empty", rehearsal.Empty.IsEmpty ? "Never" : Span(rehearsal.EmptyFor),
            rehearsal.Empty.IsEmpty ? "" : $"{Times(rehearsal.Empty.Length)}, first on {Moment(rehearsal.Empty[0].Start, past)}{Refused(rehearsal.RefusedForBalance, currency)}");
    }

    private static string Refused(long micros, Currency currency) => micros > 0 ? $"; {Write(micros, currency)} refused" : "";

    private static string Beyond(long micros, Currency currency) => micros > 0 ? $"; {Write(micros, currency)} reported beyond it" : "";

    private static RehearsalFigure Capped(Rehearsal rehearsal, SpendingCap cap, RehearsedPast past, Currency currency) => cap.Soft
        ? new("Would have told", Capital(Times(rehearsal.Alerts.Length)), rehearsal.Alerts.IsEmpty ? "never reached 50 %" : $"highest level {Number(rehearsal.Alerts.Max(alert => alert.Level))} %")
        : new("Cap would have stopped", rehearsal.Stopped.IsEmpty ? "Never" : Span(rehearsal.Stopped.Aggregate(TimeSpan.Zero, (sum, stretch) => sum + stretch.Length)),
            rehearsal.Stopped.IsEmpty ? rehearsal.Alerts.IsEmpty ? "never reached 50 %" : $"highest level {Number(rehearsal.Alerts.Max(alert => alert.Level))} %"
            : $"{Times(rehearsal.Stopped.Length)}, first on {Moment(rehearsal.Stopped[0].Start, past)}{Refused(rehearsal.RefusedByCap, currency)}{Beyond(rehearsal.Overshoot, currency)}");

    private static string Months(ImmutableArray<Instant> moments, RehearsedPast past) => string.Join(", ",
        moments.Select(at => TimeZoneInfo.ConvertTime(at.ToUtc(), past.Zone).ToString("MMMM", CultureInfo.InvariantCulture)));

    private static string Day(Instant at, RehearsedPast past) => TimeZoneInfo.ConvertTime(at.ToUtc(), past.Zone).ToString("d MMM", CultureInfo.InvariantCulture);

    private static string Times(int count) => count == 1 ? "once" : count == 0 ? "never" : $"{Number(count)} times";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Number(int value) => value.ToString(CultureInfo.CurrentCulture);

    private static string Write(long micros, Currency currency)
    {
        // To the minor unit: what a rehearsal sums up is no booked amount.
        var rounded = (long)decimal.Round((decimal)micros / currency.MinorUnit, MidpointRounding.ToEven) * currency.MinorUnit;
        return new Money(rounded, currency).ToString(CultureInfo.CurrentCulture);
    }
}
