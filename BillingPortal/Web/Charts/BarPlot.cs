using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;

namespace BillingPortal.Web.Charts;

/// <summary>Where everything of a bar chart stands, in the units of its view box.</summary>
internal sealed record BarPlot(ImmutableArray<BarPlot.Line> Lines, ImmutableArray<BarPlot.Bar> Bars, ImmutableArray<BarPlot.Tick> Ticks)
{
    private const decimal Top = 8, Bottom = 146;

    internal static readonly BarPlot None = new([], [], []);

    internal sealed record Line(Money Value, decimal Y, string Text);

    internal sealed record Bar(int Series, decimal X, decimal Y, decimal Width, decimal Height);

    internal sealed record Tick(decimal X, string Text);

    internal static BarPlot Of(IReadOnlyList<ChartDay> days, Currency currency, decimal left, decimal right)
    {
        if (days.Count == 0)
        {
            return None;
        }

        var highest = days.Max(day => day.Parts.Sum(part => Math.Max(0, part.Micros)));
        var step = Step(highest);
        var top = Math.Max(1, ((highest + step - 1) / step) * step);
        decimal Y(decimal micros) => Bottom - (micros / top * (Bottom - Top));
        var slot = (right - left) / days.Count;

        var lines = Enumerable.Range(0, (int)(top / step) + 1)
            .Select(n => new Line(new(n * step, currency), Y(n * step), Money.FormatMicros(n * step, 0, CultureInfo.CurrentCulture, grouped: true)));
        var bars = days.SelectMany((day, index) => Stack(day, left + (index * slot) + (slot * 0.15m), slot * 0.7m, Y));
        var ticks = days.Select((day, index) => (day.Day.Day, index)).Where(d => d.Day == 1 || d.Day % 5 == 0)
            .Select(d => new Tick(left + (d.index * slot) + (slot / 2), d.Day.ToString(CultureInfo.InvariantCulture)));
        return new([.. lines], [.. bars], [.. ticks]);
    }

    private static IEnumerable<Bar> Stack(ChartDay day, decimal x, decimal width, Func<decimal, decimal> y)
    {
        decimal below = 0;
        for (var series = 0; series < day.Parts.Count; series++)
        {
            var micros = Math.Max(0, day.Parts[series].Micros);
            if (micros > 0)
            {
                yield return new(series, x, y(below + micros), width, y(below) - y(below + micros));
            }

            below += micros;
        }
    }

    /// <summary>The smallest of 1, 2, 5 times a power of ten that needs at most five lines.</summary>
    private static long Step(long highest)
    {
        var step = 1L;
        while (true)
        {
            foreach (var factor in (ReadOnlySpan<long>)[1, 2, 5])
            {
                if (highest <= step * factor * 4)
                {
                    return Math.Max(1, step * factor);
                }
            }

            step *= 10;
        }
    }
}
