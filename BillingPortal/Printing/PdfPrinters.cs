namespace BillingPortal.Printing;

/// <summary>Finds the printer: setting <c>Printing:Chromium</c>, else a Chromium on the PATH.</summary>
public static class PdfPrinters
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];

    /// <summary>The printer there is.</summary>
    public static IPdfPrinter Of(IConfiguration settings, TimeProvider clock)
    {
        var asked = settings["Printing:Chromium"];
        return !string.IsNullOrWhiteSpace(asked)
            ? File.Exists(asked) ? new ChromiumPrinter(asked, clock) : new UnsetPrinter($"Printing__Chromium is “{asked}”, and there is no such program.")
            : OnPath() is { } found ? new ChromiumPrinter(found, clock) : new UnsetPrinter("PDF needs Chromium on the portal's machine, or its path in Printing__Chromium. Printing from the browser works without.");
    }

    private static string? OnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))).FirstOrDefault(File.Exists);
}

/// <summary>In place of a printer where there is none.</summary>
/// <param name="lacks">What is missing.</param>
public sealed class UnsetPrinter(string lacks) : IPdfPrinter
{
    /// <inheritdoc />
    public string? Lacks => lacks;

    /// <inheritdoc />
    public Task<byte[]> PrintAsync(string html, CancellationToken cancel) => throw new NotPrintedException(lacks);
}
