using System.Runtime.CompilerServices;

namespace BillingPortal.Tests.Setup;

/// <summary>
/// A SQLite database in a directory of its own, because SQLite leaves files beside it. The directory goes with the test.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    /// <summary>Makes the directory; the file comes with the first connection.</summary>
    /// <exception cref="InvalidOperationException">SQLite's library is missing and could not be installed.</exception>
    public SqliteFile()
    {
        SystemParts.Sqlite();

        // The portal's assembly teaches SQLite's client where the library is, as soon as it is first used (decision 0002).
        RuntimeHelpers.RunModuleConstructor(typeof(BillingPortal.Domain.Money).Module.ModuleHandle);
        Folder = Directory.CreateTempSubdirectory("billing-portal-sqlite-").FullName;
    }

    /// <summary>The directory, for whatever else a test wants to leave there.</summary>
    public string Folder { get; }

    /// <summary>Where the file is.</summary>
    public string FilePath => Path.Combine(Folder, "billing.db");

    /// <summary>For a connection to it.</summary>
    public string ConnectionString => $"Data Source={FilePath}";

    /// <inheritdoc />
    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
