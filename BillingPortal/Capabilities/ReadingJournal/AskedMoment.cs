using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>A moment as a person asked for it, and how it was understood.</summary>
/// <param name="At">The instant meant.</param>
/// <param name="Note">What the person should know about how it was understood; null where there is nothing to say.</param>
/// <param name="Understood">False where the text was no moment, and now is shown in its place.</param>
public sealed record AskedMoment(Instant At, string? Note, bool Understood = true)
{
    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"];
    private static readonly string[] Anywhere = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>Reads <paramref name="text"/> as the wall clock of <paramref name="zone"/>, or as an instant where it names its offset; now where it is empty.</summary>
    public static AskedMoment Read(string? text, TimeZoneInfo zone, Instant now)
    {
        var culture = CultureInfo.InvariantCulture;
        if (string.IsNullOrWhiteSpace(text))
        {
            return new(now, null);
        }

        if (DateTime.TryParseExact(text.Trim(), Local, culture, DateTimeStyles.None, out var shown))
        {
            return shown.Year is < 1970 or > 9000
                ? new(now, $"“{text}” is out of reach; this is now.", Understood: false)
                : Noted(LocalTime.AtOrAfter(shown, zone), shown, zone, now);
        }

        return DateTimeOffset.TryParseExact(text.Trim().Replace(' ', '+'), Anywhere, culture, DateTimeStyles.None, out var instant)
            ? new(Instant.From(instant), Instant.From(instant) > now ? Future : null)
            : new(now, $"“{text}” is not a date and time, as 2026-11-20T09:30; this is now.", Understood: false);
    }

    private const string Future = "That moment is still to come; this is how things stand now.";

    private static AskedMoment Noted(Instant at, DateTime shown, TimeZoneInfo zone, Instant now) => new(at, (at > now, zone) switch
    {
        (true, _) => Future,
        _ when zone.IsAmbiguousTime(shown) => "Clocks showed that time twice that night; the first is meant.",
        _ when zone.IsInvalidTime(shown) => "Clocks skipped that time that night; the next that they showed is meant.",
        _ => null,
    });
}
