using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace BillingPortal.Store;

/// <summary>
/// Lets EF Core 10 use the operating system's SQLite library. The package feed lacks the SQLitePCLRaw versions that EF asks
/// for; decision 0002 says why this stands here and how to remove it.
/// </summary>
internal static class SystemSqlite
{
    /// <summary>Runs once, before any other code of this assembly.</summary>
    [ModuleInitializer]
    internal static void Prepare()
    {
        AssemblyLoadContext.Default.Resolving += ResolveOlderCore;
        try
        {
            Connect();
        }
        catch (DllNotFoundException)
        {
            // PostgreSQL does without it; whoever needs it is told by SystemLibraries at start.
            IsMissing = true;
        }
    }

    /// <summary>True where the operating system has no SQLite library.</summary>
    internal static bool IsMissing { get; private set; }

    /// <summary>EF asks for SQLitePCLRaw.core 2.1; the 2.0.6 beside the application serves it.</summary>
    private static Assembly? ResolveOlderCore(AssemblyLoadContext context, AssemblyName name)
    {
        if (!string.Equals(name.Name, "SQLitePCLRaw.core", StringComparison.Ordinal))
        {
            return null;
        }

        var path = Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }

    /// <summary>A method of its own: its body mentions SQLitePCL types, which may load only after the hook is in place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Connect()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            static (library, _, _) => string.Equals(library, "e_sqlite3", StringComparison.Ordinal) ? NativeLibrary.Load(LibraryName) : 0);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
    }

    private static string LibraryName =>
        OperatingSystem.IsWindows() ? "winsqlite3"
        : OperatingSystem.IsMacOS() ? "libsqlite3.dylib"
        : "libsqlite3.so.0";
}
