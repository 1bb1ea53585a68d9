using System.Runtime.CompilerServices;

namespace BillingPortal.Tests.Setup;

/// <summary>
/// A SQLite database in a directory of its own, because SQLite leaves files beside it. The directory goes with the test.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const string Prefix = "billing-portal-sqlite-", Memory = "/dev/shm";

    /// <summary>Makes the directory; the file comes with the first connection.</summary>
    /// <param name="durable">Whether a commit must reach the disk; where it need not, the file lies in memory, if the system has room there.</param>
    /// <exception cref="InvalidOperationException">SQLite's library is missing and could not be installed.</exception>
    public SqliteFile(bool durable)
    {
        SystemParts.Sqlite();

        // The portal's assembly teaches SQLite's client where the library is, as soon as it is first used (decision 0002).
        RuntimeHelpers.RunModuleConstructor(typeof(BillingPortal.Domain.Money).Module.ModuleHandle);
        Folder = durable || !InMemory.Value
            ? Directory.CreateTempSubdirectory(Prefix).FullName
            : Directory.CreateDirectory(Path.Combine(Memory, Prefix + Path.GetRandomFileName())).FullName;
    }

    private static Lazy<bool> InMemory { get; } = new(() => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= 2L << 30);

    /// <summary>The directory, for whatever else a test wants to leave there.</summary>
    public string Folder { get; }

    /// <summary>Where the file is.</summary>
    public string FilePath => Path.Combine(Folder, "billing.db");

    /// <summary>For a connection to it.</summary>
    public string ConnectionString => $"Data Source={FilePath}";

    /// <inheritdoc />
    public void Dispose()
    {
        // Its own connections alone: another test runs beside this one, perhaps a whole portal.
        using (var own = new Microsoft.Data.Sqlite.SqliteConnection(ConnectionString))
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool(own);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
