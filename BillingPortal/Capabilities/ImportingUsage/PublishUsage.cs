using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Store.Usage;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>Publishes exactly the preview that was shown, or nothing.</summary>
public sealed class PublishUsage(UsageGate gate, UsageIntake intake) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => UsageGate.Permission;

    /// <summary>Publishes what <paramref name="preview"/> showed. The preview names the months it replaces, so agreeing to it agrees to that.</summary>
    public Task<Outcome<UsageImport>> RunAsync(Caller caller, UsagePreview preview, CancellationToken cancel) =>
        gate.PassAsync(caller, () => intake.PublishAsync(caller.Actor, preview.Import, preview.Agreement, replace: true, cancel), cancel);

    /// <summary>Gives up a staged import.</summary>
    public Task<Outcome<UsageImport>> CancelAsync(Caller caller, long import, CancellationToken cancel) =>
        gate.PassAsync(caller, () => intake.CancelAsync(import, cancel), cancel);
}
