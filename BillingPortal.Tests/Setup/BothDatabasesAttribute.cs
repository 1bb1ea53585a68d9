using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace BillingPortal.Tests.Setup;

/// <summary>Runs a theory once on each database: its only parameter is the <see cref="DatabaseKind"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothDatabasesAttribute : DataAttribute
{
    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<DatabaseKind>(DatabaseKind.Sqlite), new TheoryDataRow<DatabaseKind>(DatabaseKind.Postgres)]);

    /// <inheritdoc />
    public override bool SupportsDiscoveryEnumeration() => true;
}
