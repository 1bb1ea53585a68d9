using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>What is asked of a list of recharges, as an address carries it: <c>state</c>, and the days <c>from</c> and <c>to</c>, both included.</summary>
public sealed record RechargeForm
{
    /// <summary>The names in the address, in the order they are shown.</summary>
    public static readonly ImmutableArray<string> Keys = ["state", "from", "to"];

    private readonly ImmutableDictionary<string, string> _values;

    /// <summary>Takes the values that <paramref name="read"/> gives for <see cref="Keys"/>.</summary>
    public RechargeForm(Func<string, string?> read) => _values = Keys
        .Select(key => KeyValuePair.Create(key, read(key)?.Trim() ?? "")).Where(pair => pair.Value.Length > 0).ToImmutableDictionary();

    /// <summary>What is asked under <paramref name="key"/>; empty for nothing.</summary>
    public string this[string key] => _values.GetValueOrDefault(key, "");

    /// <summary>True where anything is asked.</summary>
    public bool IsFiltered => !_values.IsEmpty;

    /// <summary>The filter that is meant, and what cannot be meant.</summary>
    /// <param name="zone">The zone in which days begin.</param>
    public (RechargeFilter Filter, ImmutableArray<FieldError> Errors) Read(TimeZoneInfo zone)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var states = this["state"].Length == 0 ? [] : RechargeWords.StatesOf(this["state"]);
        if (this["state"].Length > 0 && states.IsEmpty)
        {
            errors.Add(new FieldError("state", "not_understood", $"“{this["state"]}” is not a state of recharges."));
        }

        var (from, to) = (Day("from"), Day("to"));
        if (from > to)
        {
            errors.Add(new FieldError("to", "too_early", "The last day lies before the first."));
        }

        return (new RechargeFilter(states, from is { } first ? LocalTime.StartOf(first, zone) : null, to is { } last ? LocalTime.StartOf(last.AddDays(1), zone) : null), errors.ToImmutable());

        DateOnly? Day(string key)
        {
            if (this[key].Length == 0 || (DateOnly.TryParseExact(this[key], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9000))
            {
                return this[key].Length == 0 ? null : DateOnly.ParseExact(this[key], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            }

            errors.Add(new FieldError(key, "not_understood", $"“{this[key]}” is not a day, as 2026-11-20."));
            return null;
        }
    }
}

/// <summary>Which recharges.</summary>
/// <param name="States">In one of these states; empty for any.</param>
/// <param name="From">Decided at this moment or later.</param>
/// <param name="Until">Decided before this moment.</param>
public sealed record RechargeFilter(ImmutableArray<RechargeState> States, Instant? From, Instant? Until);
