using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Store.Usage;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>Reads and stages a person's file. Nothing of it is visible until <see cref="PublishUsage"/>.</summary>
public sealed class StageUsage(UsageGate gate, UsageIntake intake) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => UsageGate.Permission;

    /// <summary>Stages <paramref name="file"/>; the import's state says whether it waits, changes nothing, or has errors.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the file is left.</exception>
    public Task<Outcome<UsageImport>> RunAsync(Caller caller, string fileName, Stream file, IProgress<UsageProgress> progress, CancellationToken cancel) =>
        gate.PassAsync<UsageImport>(caller, async () =>
            new Outcome<UsageImport>.Done(await intake.StageAsync(caller.Actor, fileName, file, progress, cancel)), cancel);
}
