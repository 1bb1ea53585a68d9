using System.Diagnostics;

namespace BillingPortal.Printing;

/// <summary>
/// Prints with a Chromium without a window: a process for each page, in a folder of its own that is gone afterwards. The page is a file beside it
/// and reaches nothing else; it never sees the portal's addresses or anybody's session.
/// </summary>
/// <param name="program">Its path.</param>
/// <param name="clock">Tells when it takes too long.</param>
public sealed class ChromiumPrinter(string program, TimeProvider clock) : IPdfPrinter, IDisposable
{
    /// <summary>How long a page may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Each takes some hundred megabytes while it prints.</summary>
    private const int AtOnce = 2;

    private readonly SemaphoreSlim _presses = new(AtOnce);

    /// <inheritdoc />
    public string? Lacks => null;

    /// <inheritdoc />
    public void Dispose() => _presses.Dispose();

    /// <inheritdoc />
    public async Task<byte[]> PrintAsync(string html, CancellationToken cancel)
    {
        await _presses.WaitAsync(cancel);
        var folder = Directory.CreateTempSubdirectory("billing-print-");
        try
        {
            var (page, pdf) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
            await File.WriteAllTextAsync(page, html, cancel);
            await RunAsync(folder.FullName, page, pdf, cancel);
            return File.Exists(pdf) ? await File.ReadAllBytesAsync(pdf, cancel) : throw new NotPrintedException("the browser printed nothing");
        }
        finally
        {
            _presses.Release();
            Remove(folder);
        }
    }

    private async Task RunAsync(string folder, string page, string pdf, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in Arguments(folder, page, pdf))
        {
            start.ArgumentList.Add(argument);
        }

        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        using var process = Start(start);
        try
        {
            // What it says is read so that it never waits for a full pipe; none of it is kept.
            await Task.WhenAll(process.StandardError.BaseStream.CopyToAsync(Stream.Null, either.Token), process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, either.Token),
                process.WaitForExitAsync(either.Token));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new NotPrintedException("the browser did not print in time");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new NotPrintedException("the browser did not start");
        }
        catch (System.ComponentModel.Win32Exception broken)
        {
            throw new NotPrintedException("the browser did not start", broken);
        }
    }

    private static IEnumerable<string> Arguments(string folder, string page, string pdf)
    {
        string[] always =
        [
            "--headless", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--no-default-browser-check",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", $"--user-data-dir={Path.Combine(folder, "profile")}", $"--print-to-pdf={pdf}",
        ];

        // Chromium refuses its sandbox to root, as whom containers often run.
        return [.. always, .. Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? ["--no-sandbox"] : Array.Empty<string>(), new Uri(page).AbsoluteUri];
    }

    /// <summary>A browser's last helper may still write there; the system's own cleaning takes what is left.</summary>
    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // Left behind: the temporary folder is the system's to clean.
        }
    }
}
