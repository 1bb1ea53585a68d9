using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Store.Usage;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>Shows what publishing a staged import would do now.</summary>
public sealed class PreviewUsage(UsageGate gate, UsageImports imports, TimeProvider clock) : ICapability
{
    /// <summary>Changes shown; the summary counts all.</summary>
    public const int MaxChanges = 200;

    /// <inheritdoc />
    public static Permission Permission => UsageGate.Permission;

    /// <summary>The preview.</summary>
    public Task<Outcome<UsagePreview>> RunAsync(Caller caller, long import, CancellationToken cancel) => gate.PassAsync<UsagePreview>(caller, async () =>
        await imports.FindAsync(import, cancel) switch
        {
            null => new Outcome<UsagePreview>.NotFound("There is no such import."),
            { State: not UsageImportState.Staged } => new Outcome<UsagePreview>.Stale("This import does not wait any more."),
            _ => new Outcome<UsagePreview>.Done(Show(await imports.ReckonAsync(import, cancel))),
        }, cancel);

    private UsagePreview Show(UsageReckoning reckoning) => new(
        reckoning.Import, new Agreement(reckoning.Digest, Instant.Now(clock)), reckoning.Summary,
        [
            .. reckoning.Charges.GroupBy(charge => (charge.Group.Who, charge.Group.Period)).Select(group => Change(reckoning, group.Key.Who, group.Key.Period, [.. group]))
                .OrderByDescending(change => change.Posted.Absolute.Micros).ThenBy(change => change.Name, StringComparer.Ordinal).Take(MaxChanges),
        ]);

    private static UsageChange Change(UsageReckoning reckoning, UsageIdentity who, BillingPeriod period, ImmutableArray<UsageCharge> charges)
    {
        var (organization, name, currency) = reckoning.Describe(who);
        return new(organization, name, period,
            charges.Aggregate(ExactAmount.Zero, (sum, charge) => sum + charge.Before), charges.Aggregate(ExactAmount.Zero, (sum, charge) => sum + charge.Delivered),
            new(charges.Sum(charge => charge.PostedMicros), currency), charges.Count(charge => charge.PostedMicros != 0));
    }
}
