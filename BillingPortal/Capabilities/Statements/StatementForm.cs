using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Capabilities.Statements;

/// <summary>
/// What is asked of a statement, as an address carries it: the days <c>from</c> and <c>to</c>, both included, in the organization's zone, and
/// <c>through</c>, the last entry that counts. Nothing asked is the last whole month, through the last entry.
/// </summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Through">The last entry's number.</param>
public sealed record StatementForm(string? From, string? To, string? Through)
{
    /// <summary>The names in the address.</summary>
    public static readonly ImmutableArray<string> Keys = ["from", "to", "through"];

    /// <summary>Takes the values that <paramref name="read"/> gives for <see cref="Keys"/>.</summary>
    public static StatementForm Of(Func<string, string?> read) => new(Text(read("from")), Text(read("to")), Text(read("through")));

    /// <summary>The days and the entry that are meant, or what cannot be meant.</summary>
    /// <param name="zone">The zone in which days begin.</param>
    /// <param name="now">Tells which month was the last.</param>
    /// <param name="last">The journal's last entry.</param>
    public Outcome<StatementDays> Read(TimeZoneInfo zone, Instant now, long last)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var (from, to) = (Day(From, "from", errors), Day(To, "to", errors));
        var month = BillingPeriod.Of(now, zone).Previous;
        var first = from ?? FirstOf(to) ?? new DateOnly(month.Number / 100, month.Number % 100, 1);
        var final = to ?? FirstOf(first)!.Value.AddMonths(1).AddDays(-1);
        if (errors.Count == 0 && final < first)
        {
            errors.Add(new FieldError("to", "too_early", "The last day lies before the first."));
        }

        if (Through is not null && (!long.TryParse(Through, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) || asked > last))
        {
            errors.Add(new FieldError("through", "not_understood", $"“{Through}” is no entry of this journal, whose last is {last.ToString(CultureInfo.InvariantCulture)}."));
        }

        return errors.Count > 0
            ? new Outcome<StatementDays>.Invalid(errors.ToImmutable())
            : new Outcome<StatementDays>.Done(new StatementDays(first, final, Through is null ? last : long.Parse(Through, CultureInfo.InvariantCulture)));
    }

    private static DateOnly? Day(string? text, string key, ImmutableArray<FieldError>.Builder errors)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9000)
        {
            return day;
        }

        errors.Add(new FieldError(key, "not_understood", $"“{text}” is not a day, as 2026-11-20."));
        return null;
    }

    /// <summary>Where one end alone is asked, the other is its month's.</summary>
    private static DateOnly? FirstOf(DateOnly? day) => day is { } known ? new DateOnly(known.Year, known.Month, 1) : null;

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>Which days, and up to which entry.</summary>
/// <param name="First">The first day.</param>
/// <param name="Final">The last day, included.</param>
/// <param name="Through">The last entry that counts; 0 for none.</param>
public sealed record StatementDays(DateOnly First, DateOnly Final, long Through)
{
    /// <summary>The first day as files and addresses write it.</summary>
    public string FirstText => First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last day as files and addresses write it.</summary>
    public string FinalText => Final.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What to ask for to have the same statement again, byte for byte.</summary>
    public string Query => string.Create(CultureInfo.InvariantCulture, $"from={FirstText}&to={FinalText}&through={Through}");
}
