using System.Runtime.CompilerServices;

namespace BillingPortal.Tests.Permissions;

/// <summary>A text that is committed: it may change only with its file.</summary>
internal static class Snapshot
{
    /// <summary>Compares <paramref name="text"/> with the file <paramref name="name"/> beside the test.</summary>
    public static async Task ShouldMatchAsync(string text, string name, [CallerFilePath] string test = "")
    {
        var committed = Path.Combine(Path.GetDirectoryName(test)!, name);
        var was = File.Exists(committed) ? (await File.ReadAllTextAsync(committed)).ReplaceLineEndings("\n").Split('\n') : [];
        var now = text.ReplaceLineEndings("\n").Split('\n');
        if (was.SequenceEqual(now, StringComparer.Ordinal))
        {
            return;
        }

        var received = Path.Combine(AppContext.BaseDirectory, name);
        await File.WriteAllTextAsync(received, text.ReplaceLineEndings("\n"));
        Assert.Fail(
            $"{name} is no longer so. Gone:\n{Lines(was.Except(now, StringComparer.Ordinal))}\nNew:\n{Lines(now.Except(was, StringComparer.Ordinal))}\n"
            + $"A route that is new gets its line, and somebody reads it; a line that changed was meant to. Then:\n  cp {received} {committed}");
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => "  " + line));
}
