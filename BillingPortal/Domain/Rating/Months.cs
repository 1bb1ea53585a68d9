using System.Globalization;
using System.Runtime.InteropServices;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>
/// The whole months in which a rate or a volume holds, first and last included; without a last one it goes on until somebody ends it. One that ends
/// before it begins holds in no month at all: it was replaced before it was ever used.
/// </summary>
/// <param name="From">The first month.</param>
/// <param name="Until">The last month; null for open-ended.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Months(BillingPeriod From, BillingPeriod? Until = null)
{
    /// <summary>True where it holds in no month.</summary>
    public bool IsEmpty => Until is { } last && last.Number < From.Number;

    /// <summary>True where it holds in <paramref name="period"/>.</summary>
    public bool Contains(BillingPeriod period) => period.Number >= From.Number && (Until is not { } last || period.Number <= last.Number);

    /// <summary>True where there is a month in which both hold.</summary>
    public bool Overlaps(Months other) => !IsEmpty && !other.IsEmpty
        && (Until is not { } last || other.From.Number <= last.Number) && (other.Until is not { } otherLast || From.Number <= otherLast.Number);

    /// <summary>The same until the month before <paramref name="period"/> at the latest.</summary>
    public Months EndingBefore(BillingPeriod period) => Until is { } last && last.Number < period.Number ? this : this with { Until = period.Previous };

    /// <summary>Its first day.</summary>
    public DateOnly StartsOn => FirstDay(From);

    /// <summary>Its last day; null for open-ended.</summary>
    public DateOnly? EndsOn => Until is { } last ? FirstDay(last.Next).AddDays(-1) : null;

    /// <summary>For people: "March 2026 – May 2026", "from March 2026".</summary>
    public string ToString(CultureInfo culture) => Until is not { } last ? $"from {From.ToString(culture)}"
        : IsEmpty ? "never used"
        : last == From ? From.ToString(culture)
        : $"{From.ToString(culture)} – {last.ToString(culture)}";

    private static DateOnly FirstDay(BillingPeriod period) => new(period.Number / 100, period.Number % 100, 1);
}
