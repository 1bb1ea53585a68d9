using Npgsql;

namespace BillingPortal.Store;

/// <summary>Which database and where: settings <c>Database:Provider</c> and <c>ConnectionStrings:Billing</c>.</summary>
/// <param name="Provider">Which database.</param>
/// <param name="ConnectionString">Where.</param>
public sealed record DatabaseOptions(DatabaseProvider Provider, string ConnectionString)
{
    /// <summary>Reads the settings; SQLite in <c>App_Data/billing.db</c> under the user's working directory where nothing is set.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing or unknown; the message says which.</exception>
    public static DatabaseOptions From(IConfiguration configuration)
    {
        var name = configuration["Database:Provider"] ?? "sqlite";
        var connection = configuration.GetConnectionString("Billing");
        return name.ToLowerInvariant() switch
        {
            "sqlite" => new(DatabaseProvider.Sqlite, string.IsNullOrWhiteSpace(connection) ? "Data Source=billing.db" : connection),
            "postgres" when !string.IsNullOrWhiteSpace(connection) => new(DatabaseProvider.Postgres, Preparing(connection)),
            "postgres" => throw new InvalidOperationException("Set ConnectionStrings__Billing: PostgreSQL needs to know its server."),
            _ => throw new InvalidOperationException($"Database__Provider is '{name}'; it must be 'sqlite' or 'postgres'."),
        };
    }

    /// <summary>Statements are prepared at their second use, unless the setting says otherwise: planning the long ones costs more than running them.</summary>
    private static string Preparing(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        if (settings.MaxAutoPrepare == 0)
        {
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (100, 2);
        }

        return settings.ConnectionString;
    }
}

/// <summary>The databases that the portal runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>SQLite: one file, one node.</summary>
    Sqlite,

    /// <summary>PostgreSQL: any number of nodes.</summary>
    Postgres,
}
