namespace BillingPortal.Tests.Setup;

/// <summary>
/// One portal on SQLite for all tests of a class: for tables of inputs, whose lines each bring their own organizations and people and look at
/// nothing else. Starting a portal takes longer than asking it a hundred times.
/// </summary>
public sealed class SharedApiPortal(TestDatabases databases) : IAsyncLifetime
{
    /// <summary>The portal.</summary>
    internal ApiPortal Portal { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => Portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
