using System.Runtime.InteropServices;

namespace BillingPortal.Tests.Setup;

/// <summary>
/// The parts of the operating system that tests need: SQLite's library, PostgreSQL's server, Chromium, hledger. Where one is missing and
/// may be installed (Debian, as root) it is; otherwise each test that needs it fails with the command to run as its message.
/// Nothing is looked for before a test needs it.
/// </summary>
internal static class SystemParts
{
    /// <summary>What to run where the tests may not install by themselves.</summary>
    public const string InstallCommand =
        "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "
        + "chromium postgresql libsqlite3-0 hledger";

    private const string ChromiumPath = "/usr/bin/chromium";
    private const string HledgerPath = "/usr/bin/hledger";
    private const string PostgresRoot = "/usr/lib/postgresql";

    private static readonly Lock Installing = new();

    /// <summary>Where Chromium is.</summary>
    /// <exception cref="InvalidOperationException">It is missing and could not be installed.</exception>
    public static string Chromium() => Need("chromium", "Chromium", () => File.Exists(ChromiumPath) ? ChromiumPath : null);

    /// <summary>The directory of the programs of the highest PostgreSQL version installed.</summary>
    /// <exception cref="InvalidOperationException">It is missing and could not be installed.</exception>
    public static string PostgresPrograms() => Need("postgresql", "PostgreSQL's server", HighestPostgres);

    /// <summary>Where hledger is.</summary>
    /// <exception cref="InvalidOperationException">It is missing and could not be installed.</exception>
    public static string Hledger() => Need("hledger", "hledger", () => File.Exists(HledgerPath) ? HledgerPath : null);

    /// <summary>Makes sure that SQLite's library can be loaded.</summary>
    /// <exception cref="InvalidOperationException">It is missing and could not be installed.</exception>
    public static void Sqlite() => Need("libsqlite3-0", "SQLite's library", LoadableSqlite);

    private static string? HighestPostgres() =>
        Directory.Exists(PostgresRoot)
            ? Directory.GetDirectories(PostgresRoot)
                .Where(version => File.Exists(Path.Combine(version, "bin", "initdb")))
                .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
                .Select(version => Path.Combine(version, "bin"))
                .FirstOrDefault()
            : null;

    private static string? LoadableSqlite() =>
        !OperatingSystem.IsLinux() || NativeLibrary.TryLoad("libsqlite3.so.0", out _) ? "libsqlite3" : null;

    private static string Need(string package, string what, Func<string?> find)
    {
        if (find() is { } here)
        {
            return here;
        }

        lock (Installing)
        {
            var tried = Install(package);
            return find() ?? throw new InvalidOperationException($"{what} is missing. Run, as root:\n{InstallCommand}\n{tried}");
        }
    }

    /// <summary>Installs <paramref name="package"/> where that is allowed, and tells what went wrong where it did not work.</summary>
    private static string Install(string package)
    {
        if (!Command.IsRoot || !File.Exists("/etc/debian_version"))
        {
            return "(The tests install it themselves only on Debian and as root.)";
        }

        // Test assemblies may run at the same time; the second finds what the first installed.
        using var alone = FileLock.Wait(Path.Combine(Path.GetTempPath(), "billing-portal-install.lock"));
        var tried = AptGet("update");
        if (string.Equals(package, "postgresql", StringComparison.Ordinal))
        {
            tried += AptGet("install", "postgresql-common");
            KeepClusterFromStarting();
        }

        return tried + AptGet("install", package);
    }

    /// <summary>What went wrong, or nothing.</summary>
    private static string AptGet(string verb, params string[] packages)
    {
        var (code, printed) = Command.TryRun(
            "env",
            ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=600", verb, "-y", "--no-install-recommends", .. packages]);
        return code == 0 ? "" : printed;
    }

    /// <summary>Debian's package would make and start a server of its own; the tests start theirs.</summary>
    private static void KeepClusterFromStarting()
    {
        const string Settings = "/etc/postgresql-common/createcluster.conf";
        if (File.Exists(Settings))
        {
            File.AppendAllText(Settings, "\ncreate_main_cluster = false\n");
        }
    }
}
