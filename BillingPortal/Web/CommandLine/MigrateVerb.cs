using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Web.CommandLine;

/// <summary><c>migrate</c>: the database brought to this version, without serving. The portal does the same when it starts.</summary>
public sealed class MigrateVerb(IDbContextFactory<BillingStore> stores, DatabaseOptions options) : IVerb
{
    /// <inheritdoc />
    public string Name => "migrate";

    /// <inheritdoc />
    public string Arguments => "";

    /// <inheritdoc />
    public string Summary => "Creates the database, or brings it to this version.";

    /// <inheritdoc />
    public async Task<int> RunAsync(VerbArguments arguments, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        arguments.Allow();
        await StoreMigration.MigrateAsync(stores, cancel);
        await output.WriteLineAsync($"The {options.Provider} database is at this version.");
        return 0;
    }
}
