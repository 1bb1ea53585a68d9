using System.Globalization;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>Prints figures as they are, each beside its aim.</summary>
internal static class Report
{
    /// <summary>A heading.</summary>
    public static void Title(string text) => Console.WriteLine($"\n{text}");

    /// <summary>A figure without an aim.</summary>
    public static void Line(string what, string figure) => Console.WriteLine($"  {what,-46} {figure,16}");

    /// <summary>A figure, its ratio and what was aimed at.</summary>
    public static void Line(string what, string figure, double ratio, Aim aim) =>
        Console.WriteLine($"  {what,-46} {figure,16} {ratio.ToString("0.00", CultureInfo.InvariantCulture),8} ×   {aim.Judge(ratio)}");

    /// <summary>How many a second.</summary>
    public static string Rate(double perSecond) => perSecond.ToString("#,0", CultureInfo.InvariantCulture) + "/s";

    /// <summary>How long.</summary>
    public static string Time(double micros) => micros < 10_000
        ? micros.ToString("#,0", CultureInfo.InvariantCulture) + " µs"
        : (micros / 1_000).ToString("#,0.0", CultureInfo.InvariantCulture) + " ms";
}

/// <summary>What a ratio should be.</summary>
internal sealed record Aim(double Bound, bool AtLeast)
{
    /// <summary>No aim: the figure stands for itself.</summary>
    public static Aim None { get; } = new(double.NaN, true);

    /// <summary>At least so much.</summary>
    public static Aim Least(double bound) => new(bound, true);

    /// <summary>At most so much.</summary>
    public static Aim Most(double bound) => new(bound, false);

    /// <summary>In words.</summary>
    public string Judge(double ratio)
    {
        if (double.IsNaN(Bound))
        {
            return "";
        }

        var held = AtLeast ? ratio >= Bound : ratio <= Bound;
        return $"aim {(AtLeast ? "≥" : "≤")} {Bound.ToString(CultureInfo.InvariantCulture)}: {(held ? "held" : "MISSED")}";
    }
}
