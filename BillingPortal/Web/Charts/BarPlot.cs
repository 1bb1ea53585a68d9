using System.Collections.Immutable;
using System.Globalization;

namespace BillingPortal.Web.Charts;

/// <summary>Where everything of a bar chart stands, in the units of its view box.</summary>
internal sealed record BarPlot(ImmutableArray<BarPlot.Line> Lines, ImmutableArray<BarPlot.Bar> Bars, ImmutableArray<BarPlot.Tick> Ticks)
{
    private const decimal Top = 8, Bottom = 146;

    internal static readonly BarPlot None = new([], [], []);

    internal sealed record Line(decimal Y, bool IsAxis, string Text);

    internal sealed record Bar(int Series, decimal X, decimal Y, decimal Width, decimal Height);

    internal sealed record Tick(decimal X, string Text);

    internal static BarPlot Of(IReadOnlyList<ChartDay> days, decimal left, decimal right)
    {
        if (days.Count == 0)
        {
            return None;
        }

        var highest = days.Max(day => day.Parts.Sum(part => Math.Max(0, part.Units)));
        var step = Step(highest);
        var top = Math.Max(1, decimal.Ceiling(highest / step)) * step;
        decimal Y(decimal units) => Bottom - (units / top * (Bottom - Top));
        var slot = (right - left) / days.Count;

        var lines = Enumerable.Range(0, (int)(top / step) + 1)
            .Select(n => new Line(Y(n * step), n == 0, (n * step).ToString("#,0.######", CultureInfo.CurrentCulture)));
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
            var units = Math.Max(0, day.Parts[series].Units);
            if (units > 0)
            {
                yield return new(series, x, y(below + units), width, y(below) - y(below + units));
            }

            below += units;
        }
    }

    /// <summary>The smallest of 1, 2, 5 times a power of ten that needs at most five lines; a millionth at least.</summary>
    internal static decimal Step(decimal highest)
    {
        var power = 0.000001m;
        while (highest > power * 5 * 4)
        {
            power *= 10;
        }

        return power * (highest <= power * 4 ? 1 : highest <= power * 8 ? 2 : 5);
    }
}
