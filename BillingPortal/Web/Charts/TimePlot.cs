using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Web.Charts;

/// <summary>Where everything of a time chart stands, in the units of its view box: 920 by 210.</summary>
internal sealed record TimePlot(
    ImmutableArray<TimePlot.Line> Lines, ImmutableArray<TimePlot.Tick> Ticks, string Path, decimal? LevelY, ImmutableArray<TimePlot.Band> Bands,
    ImmutableArray<TimePlot.Band> Halts, ImmutableArray<decimal> Marks)
{
    public const int Width = 912, Left = 48, Top = 26, Bottom = 186;

    internal static readonly TimePlot None = new([], [], "", null, [], [], []);

    internal sealed record Line(decimal Y, bool IsAxis, string Text);

    internal sealed record Tick(decimal X, string Anchor, string Text);

    internal sealed record Band(decimal X, decimal Width);

    internal static TimePlot Of(TimeChart chart)
    {
        if (chart.Points.Count == 0 || chart.Until <= chart.From)
        {
            return None;
        }

        var scale = Scale.Of(chart);
        decimal X(Instant at) => Left + ((Width - Left) * (decimal)(Math.Clamp(at.Micros, chart.From.Micros, chart.Until.Micros) - chart.From.Micros) / (chart.Until.Micros - chart.From.Micros));
        Band BandOf(Stretch stretch) => new(X(stretch.Start), Math.Max(2, X(stretch.End) - X(stretch.Start)));
        return new(
            [.. scale.Lines],
            [.. TicksOf(chart, X)],
            PathOf(chart, X, scale.Y),
            chart.Level is { } level ? scale.Y(level.Units) : null,
            [.. chart.Bands.Select(BandOf)],
            [.. chart.Halts.Select(BandOf)],
            [.. chart.Marks.Select(X)]);
    }

    /// <summary>Steps from point to point. Of the many points that fall on one unit of the view box, the lowest and highest are drawn, and the last.</summary>
    private static string PathOf(TimeChart chart, Func<Instant, decimal> x, Func<decimal, decimal> y)
    {
        var path = new StringBuilder();
        foreach (var column in chart.Points.GroupBy(point => decimal.Floor(x(point.At))))
        {
            var values = column.Select(point => (decimal)point.Micros / Money.Unit).ToList();
            foreach (var value in new[] { values[0], values.Min(), values.Max(), values[^1] }.Distinct())
            {
                var (to, then) = path.Length == 0 ? ('M', ',') : ('H', 'V');
                path.Append(CultureInfo.InvariantCulture, $"{to}{column.Key:0}{then}{y(value):0.0}");
            }
        }

        return path.Append(CultureInfo.InvariantCulture, $"H{Width}").ToString();
    }

    /// <summary>The ends, and the 1st and 16th of each month between them, where there is room.</summary>
    private static IEnumerable<Tick> TicksOf(TimeChart chart, Func<Instant, decimal> x)
    {
        const decimal Room = 58;
        string Day(Instant at) => TimeZoneInfo.ConvertTime(at.ToUtc(), chart.Zone).ToString("d MMM", CultureInfo.InvariantCulture);
        yield return new(Left, "start", Day(chart.From));
        var last = Left + (Room / 2);
        var (day, end) = (DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(chart.From.ToUtc(), chart.Zone).Date), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(chart.Until.ToUtc(), chart.Zone).Date));
        for (; day <= end; day = day.AddDays(1))
        {
            var at = x(Domain.Organizations.LocalTime.StartOf(day, chart.Zone));
            if (day.Day is 1 or 16 && at - last >= Room && at <= Width - Room - (Room / 2))
            {
                last = at;
                yield return new(at, "middle", day.ToString("d MMM", CultureInfo.InvariantCulture));
            }
        }

        yield return new(Width, "end", Day(chart.Until));
    }

    private sealed record Scale(decimal Low, decimal High, decimal Step)
    {
        public IEnumerable<Line> Lines => Enumerable.Range(0, (int)((High - Low) / Step) + 1).Select(n => Low + (n * Step))
            .Select(value => new Line(Y(value), value == 0, value.ToString("#,0.######", CultureInfo.CurrentCulture).Replace('-', '−')));

        public static Scale Of(TimeChart chart)
        {
            var highest = Math.Max(chart.Points.Max(point => point.Micros), chart.Level?.Micros ?? 0) / (decimal)Money.Unit;
            var lowest = Math.Min(0, chart.Points.Min(point => point.Micros)) / (decimal)Money.Unit;
            var step = BarPlot.Step(Math.Max(highest, 0) - lowest);
            return new(decimal.Floor(lowest / step) * step, Math.Max(step, decimal.Ceiling(highest / step) * step), step);
        }

        public decimal Y(decimal units) => Bottom - ((units - Low) / (High - Low) * (Bottom - Top));
    }
}
