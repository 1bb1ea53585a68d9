using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>
/// What is asked of a journal, as an address carries it: <c>kind</c>, <c>reason</c>, <c>service</c>, <c>actor</c>, <c>by</c>
/// (effective or recorded), <c>from</c> and <c>to</c> (days, both included), <c>min</c> and <c>max</c> (units, either way).
/// </summary>
public sealed record JournalForm
{
    /// <summary>The names in the address, in the order they are shown.</summary>
    public static readonly ImmutableArray<string> Keys = ["kind", "reason", "service", "actor", "by", "from", "to", "min", "max"];

    private readonly ImmutableDictionary<string, string> _values;

    /// <summary>Takes the values that <paramref name="read"/> gives for <see cref="Keys"/>.</summary>
    public JournalForm(Func<string, string?> read) => _values = Keys
        .Select(key => KeyValuePair.Create(key, read(key)?.Trim() ?? ""))
        .Where(pair => pair.Value.Length > 0)
        .ToImmutableDictionary();

    /// <summary>What is asked under <paramref name="key"/>; empty for nothing.</summary>
    public string this[string key] => _values.GetValueOrDefault(key, "");

    /// <summary>The text to look for in actors' names.</summary>
    public string? Actor => _values.GetValueOrDefault("actor");

    /// <summary>The filter that is meant, actors left out, and what cannot be meant.</summary>
    /// <param name="zone">The zone in which days begin.</param>
    public (JournalFilter Filter, ImmutableArray<FieldError> Errors) Read(TimeZoneInfo zone)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        T? Take<T>(string key, Func<string, T?> read, string wanted)
        {
            if (!_values.TryGetValue(key, out var text))
            {
                return default;
            }

            var value = read(text);
            if (value is null)
            {
                errors.Add(new FieldError(key, "not_understood", $"“{text}” is not {wanted}."));
            }

            return value;
        }

        var from = Take<DateOnly?>("from", Day, "a day, as 2026-11-20");
        var to = Take<DateOnly?>("to", Day, "a day, as 2026-11-20");
        if (from > to)
        {
            errors.Add(new FieldError("to", "too_early", "The last day lies before the first."));
        }

        var filter = new JournalFilter
        {
            Kind = Take("kind", text => Enum.GetValues<EntryKind>().Where(kind => EntryKinds.CodeOf(kind) == text).Select(kind => (EntryKind?)kind).FirstOrDefault(), "a kind of entry"),
            Reason = Take("reason", ReasonCode.Find, "a reason")?.Code,
            Service = _values.GetValueOrDefault("service"),
            By = Take<EntryTime?>("by", text => text switch { "effective" => EntryTime.Effective, "recorded" => EntryTime.Recorded, _ => null }, "“effective” or “recorded”") ?? EntryTime.Effective,
            From = from is { } first ? LocalTime.StartOf(first, zone) : null,
            Until = to is { } last ? LocalTime.StartOf(last.AddDays(1), zone) : null,
            AtLeast = Take("min", Micros, "an amount above zero, as 12.50"),
            AtMost = Take("max", Micros, "an amount above zero, as 12.50"),
        };
        return (filter, errors.ToImmutable());
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue ? day : null;

    private static long? Micros(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) && units < long.MaxValue / Money.Unit
            ? (long)(units * Money.Unit)
            : null;
}
