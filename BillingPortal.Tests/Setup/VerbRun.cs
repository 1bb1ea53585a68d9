using System.Diagnostics;
using System.Text;
using BillingPortal.Web.CommandLine;

namespace BillingPortal.Tests.Setup;

/// <summary>One of the portal's verbs, run as a process to its end.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record VerbRun(int Code, string Output, string Errors)
{
    /// <summary>Runs it on <paramref name="database"/>, with <paramref name="input"/> on standard input.</summary>
    public static Task<VerbRun> OfAsync(TestDatabase database, string input, params string[] arguments) =>
        OfAsync(database.Configuration, "Production", input, arguments);

    /// <summary>Runs it in this process, where a test is about what it says and a process has shown before how that comes out.</summary>
    public static async Task<VerbRun> InAsync(IServiceProvider services, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await Verbs.RunAsync(services, arguments, output, errors, CancellationToken.None);
        return new(code, output.ToString(), errors.ToString());
    }

    /// <summary>Runs it, or the portal itself where there is no verb, with these settings.</summary>
    public static async Task<VerbRun> OfAsync(IReadOnlyDictionary<string, string?> settings, string environment, string input, params string[] arguments)
    {
        var start = Command.Describe("dotnet", arguments.Prepend(typeof(BillingPortal.Domain.Money).Assembly.Location));
        start.RedirectStandardInput = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await errors);
    }
}
