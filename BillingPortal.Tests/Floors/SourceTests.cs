using System.Text.RegularExpressions;

namespace BillingPortal.Tests.Floors;

public sealed partial class SourceTests
{
    private const int LongestFile = 220;
    private static readonly string Root = FindRoot();

    private static readonly string[] Sources =
    [
        .. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !NotOurs().IsMatch(Path.GetRelativePath(Root, file))),
    ];

    [Fact]
    public void No_file_is_so_long_that_it_has_two_jobs() =>
        Sources.Select(file => (Path.GetRelativePath(Root, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > LongestFile)
            .ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_open_in_the_code() =>
        Sources.Where(file => !file.EndsWith("SourceTests.cs", StringComparison.Ordinal) && LeftOpen().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Root, file))
            .ShouldBeEmpty();

    /// <summary>
    /// An input drawn from a value and read at each key is drawn late: the answer to the first letter would overwrite the fifth. Bound, Blazor leaves
    /// alone what is newer in the browser than what it answers to.
    /// </summary>
    [Fact]
    public void What_is_read_at_each_key_is_bound_so_that_fast_typing_loses_nothing() =>
        Sources.Where(file => file.EndsWith(".razor", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Where(line => line.Contains("@oninput", StringComparison.Ordinal)).Select(line => $"{Path.GetRelativePath(Root, file)}: {line.Trim()}"))
            .ShouldBeEmpty();

    [Fact]
    public void The_sources_are_seen() => Sources.ShouldContain(Path.Combine(Root, "BillingPortal", "Domain", "Money.cs"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BillingPortal.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the source tree.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"(^|[\\/])(bin|obj|Migrations|node_modules|TestResults|\.[^\\/]*)[\\/]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NotOurs();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LeftOpen();
}
