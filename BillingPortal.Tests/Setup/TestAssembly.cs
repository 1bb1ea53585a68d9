using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace BillingPortal.Tests.Setup;

/// <summary>Prepares the process before any other code of this assembly runs.</summary>
internal static class TestAssembly
{
    /// <summary>
    /// bUnit asks for a newer AngleSharp.Diffing than the feed has; the one beside the tests serves it (decision 0002). SQLite's
    /// library is needed as soon as the portal's assembly is touched, so it is looked for here; where that fails, each test that
    /// needs it says what to install.
    /// </summary>
    [ModuleInitializer]
    internal static void Prepare()
    {
        AssemblyLoadContext.Default.Resolving += ResolveOlderDiffing;
        try
        {
            SystemParts.Sqlite();
        }
        catch (InvalidOperationException missing)
        {
            Console.Error.WriteLine(missing.Message);
        }
    }

    private static Assembly? ResolveOlderDiffing(AssemblyLoadContext context, AssemblyName name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll");
        return string.Equals(name.Name, "AngleSharp.Diffing", StringComparison.Ordinal) && File.Exists(path)
            ? context.LoadFromAssemblyPath(path)
            : null;
    }
}
