using System.Globalization;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Benchmarks;

/// <summary><c>--database sqlite|postgres</c> (both), <c>--seconds N</c> (2), <c>--rounds N</c> (5), <c>--most N</c> (1,000,000), <c>--organizations N</c> (10,000), <c>--rows N</c> (1,000,000), <c>--each N</c> (100).</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>On which databases.</summary>
    public IReadOnlyList<DatabaseKind> Databases { get; private init; } = [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    /// <summary>How long each measurement takes.</summary>
    public double Seconds { get; private init; } = 2;

    /// <summary>How many pairs.</summary>
    public int Rounds { get; private init; } = 5;

    /// <summary>The larger size, for those that compare two.</summary>
    public int Most { get; private init; } = 1_000_000;

    /// <summary>How many organizations a month is closed for.</summary>
    public int Organizations { get; private init; } = 10_000;

    /// <summary>How many usage rows that month has.</summary>
    public int Rows { get; private init; } = 1_000_000;

    /// <summary>How many odd requests every route is sent.</summary>
    public int Each { get; private init; } = 100;

    /// <summary>The same as a span.</summary>
    public TimeSpan Time => TimeSpan.FromSeconds(Seconds);

    /// <summary>Reads them from a command line.</summary>
    /// <exception cref="ArgumentException">One is not known or lacks its value.</exception>
    public static BenchmarkOptions From(IReadOnlyList<string> args)
    {
        var options = new BenchmarkOptions();
        for (var at = 0; at < args.Count; at += 2)
        {
            var value = at + 1 < args.Count ? args[at + 1] : throw new ArgumentException($"{args[at]} needs a value.", nameof(args));
            options = args[at] switch
            {
                "--database" => options with { Databases = [Enum.Parse<DatabaseKind>(value, ignoreCase: true)] },
                "--seconds" => options with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--most" => options with { Most = int.Parse(value, CultureInfo.InvariantCulture) },
                "--organizations" => options with { Organizations = int.Parse(value, CultureInfo.InvariantCulture) },
                "--each" => options with { Each = int.Parse(value, CultureInfo.InvariantCulture) },
                "--rows" => options with { Rows = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"{args[at]} is not an option.", nameof(args)),
            };
        }

        return options;
    }
}
