using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Store.Usage;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>The imports there were, and why one was refused.</summary>
public sealed class GetUsageImports(UsageGate gate, UsageImports imports) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => UsageGate.Permission;

    /// <summary>The latest imports below number <paramref name="before"/> (null from the top), newest first.</summary>
    public Task<Outcome<IReadOnlyList<UsageImport>>> LatestAsync(Caller caller, long? before, int count, CancellationToken cancel) =>
        gate.PassAsync<IReadOnlyList<UsageImport>>(caller, async () =>
            new Outcome<IReadOnlyList<UsageImport>>.Done(await imports.LatestAsync(before, count, cancel)), cancel);

    /// <summary>One import.</summary>
    public Task<Outcome<UsageImport>> FindAsync(Caller caller, long import, CancellationToken cancel) =>
        gate.PassAsync<UsageImport>(caller, async () => await imports.FindAsync(import, cancel) is { } found
            ? new Outcome<UsageImport>.Done(found)
            : new Outcome<UsageImport>.NotFound("There is no such import."), cancel);

    /// <summary>The first <paramref name="count"/> errors of a refused import.</summary>
    public Task<Outcome<IReadOnlyList<UsageError>>> ErrorsAsync(Caller caller, long import, int count, CancellationToken cancel) =>
        gate.PassAsync<IReadOnlyList<UsageError>>(caller, async () =>
            new Outcome<IReadOnlyList<UsageError>>.Done(await imports.ErrorsAsync(import, count, cancel)), cancel);
}
