using System.Diagnostics;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// Takes two measurements in turns, so that what else the machine does falls on both. The ratio is the median of the pairs'
/// ratios, not the ratio of two medians.
/// </summary>
internal static class Measure
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>Runs both until the compiler is done with them, then <paramref name="rounds"/> pairs, changing which goes first.</summary>
    public static async Task<Paired> PairsAsync(int rounds, Func<Task<double>> portal, Func<Task<double>> raw)
    {
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < WarmUp)
        {
            await raw();
            await portal();
        }

        var pairs = new List<(double Portal, double Raw)>();
        for (var round = 0; round < rounds; round++)
        {
            if (round % 2 == 0)
            {
                var first = await raw();
                pairs.Add((await portal(), first));
            }
            else
            {
                var first = await portal();
                pairs.Add((first, await raw()));
            }
        }

        return new(Median(pairs.Select(pair => pair.Portal)), Median(pairs.Select(pair => pair.Raw)), Median(pairs.Select(pair => pair.Portal / pair.Raw)));
    }

    /// <summary>How often a second <paramref name="once"/> runs to its end, by as many callers at once, for about <paramref name="time"/>.</summary>
    public static async Task<double> PerSecondAsync(TimeSpan time, int callers, Func<int, Task> once)
    {
        var done = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            while (watch.Elapsed < time)
            {
                await once(caller);
                Interlocked.Increment(ref done);
            }
        })));
        return done / watch.Elapsed.TotalSeconds;
    }

    /// <summary>How many microseconds <paramref name="once"/> takes: the median of as many times.</summary>
    public static async Task<double> MicrosAsync(int times, Func<int, Task> once)
    {
        var each = new double[times];
        for (var number = 0; number < times; number++)
        {
            var began = Stopwatch.GetTimestamp();
            await once(number);
            each[number] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        }

        return Median(each);
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>Medians of both, and the median of the pairs' ratios.</summary>
internal sealed record Paired(double Portal, double Raw, double Ratio);
