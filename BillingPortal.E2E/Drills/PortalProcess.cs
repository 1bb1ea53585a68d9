using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BillingPortal.E2E.Drills;

/// <summary>The portal as an operating system knows it: a process that can be killed.</summary>
internal sealed class PortalProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _printed = new();

    private PortalProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Starts the portal and waits until it answers.</summary>
    public static async Task<PortalProcess> StartAsync(IReadOnlyDictionary<string, string?> configuration)
    {
        var address = new Uri($"http://localhost:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        var portal = new PortalProcess(new Process { StartInfo = Describe(configuration, "--urls", address.ToString()) }, address);
        portal._process.OutputDataReceived += portal.Keep;
        portal._process.ErrorDataReceived += portal.Keep;
        portal._process.Start();
        portal._process.BeginOutputReadLine();
        portal._process.BeginErrorReadLine();
        await portal.AnswersAsync();
        return portal;
    }

    /// <summary>Runs one of the portal's verbs to its end, with <paramref name="input"/> typed in, and gives what it printed.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(
        IReadOnlyDictionary<string, string?> configuration, string input, params string[] arguments)
    {
        var start = Describe(configuration, arguments);
        start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    /// <summary>Ends it with SIGKILL: nothing flushed, nobody told.</summary>
    public void Kill() => _process.Kill();

    /// <inheritdoc />
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static ProcessStartInfo Describe(IReadOnlyDictionary<string, string?> configuration, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(typeof(Domain.Money).Assembly.Location))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in configuration)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_printed)
        {
            _printed.AppendLine(line.Data);
        }
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Not listening yet.
            }
            catch (HttpRequestException refused)
            {
                throw new InvalidOperationException("The portal ended instead of starting:\n" + _printed, refused);
            }
        }
    }
}
