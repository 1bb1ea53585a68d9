using System.Diagnostics;
using System.Globalization;

namespace BillingPortal.Store.Usage;

/// <summary>Which process reads a file, so that what a killed one left is known at the next start and not after a time-out.</summary>
public static class Holder
{
    /// <summary>This process: machine, process id and its start.</summary>
    public static string Self { get; } = Name(Environment.ProcessId, Process.GetCurrentProcess());

    /// <summary>True where <paramref name="holder"/> was a process of this machine that has ended. Of other machines nothing is known.</summary>
    public static bool IsGone(string holder)
    {
        if (holder == Self || holder.Split('|') is not [var machine, var id, var started] || machine != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));

            // The system reckons a start from when it booted, so two readings may differ a little.
            return Math.Abs(Started(process) - long.Parse(started, CultureInfo.InvariantCulture)) > 2;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return true;
        }
    }

    private static string Name(int id, Process process) =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}|{id}|{Started(process)}");

    private static long Started(Process process) => process.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond;
}
