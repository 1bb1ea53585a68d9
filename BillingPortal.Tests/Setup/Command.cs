using System.Diagnostics;

namespace BillingPortal.Tests.Setup;

/// <summary>A program of the operating system, run to its end.</summary>
internal static class Command
{
    /// <summary>True for the superuser, who may install and may become another user.</summary>
    public static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>Runs it, and throws with all that it printed where it fails.</summary>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        var (code, printed) = TryRun(program, arguments);
        return code == 0
            ? printed
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}:\n{printed}");
    }

    /// <summary>Runs it and tells how it ended; 127 where there is no such program.</summary>
    public static (int Code, string Printed) TryRun(string program, params IEnumerable<string> arguments)
    {
        using var process = new Process { StartInfo = Describe(program, arguments) };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (127, missing.Message);
        }

        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    /// <summary>How to start <paramref name="program"/> with everything it prints read by the caller.</summary>
    public static ProcessStartInfo Describe(string program, IEnumerable<string> arguments)
    {
        // The temporary folder can be entered by every user; the directory of the caller perhaps not.
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
