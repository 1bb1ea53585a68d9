using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace BillingPortal.Capabilities.BuyingCredits;

/// <summary>Asks what became of purchases whose person is gone or whose provider did not answer. Each is claimed first, so that of however many nodes one asks.</summary>
public sealed partial class CheckoutExecutor(IDbContextFactory<BillingStore> stores, JournalWriter writer, CheckoutCollection collection, TimeProvider clock, ILogger<CheckoutExecutor> log)
{
    private const int Most = 64;
    private static readonly Actor Engine = Actor.System("engine");

    /// <summary>Takes every purchase that is due one step on, oldest first; gives how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = Instant.Now(clock).Micros;
        await using var store = await stores.CreateDbContextAsync(cancel);
        var due = await store.Checkouts.Where(row => row.DueAt != null && row.DueAt <= now).OrderBy(row => row.DueAt).ThenBy(row => row.OrganizationId).ThenBy(row => row.Number)
            .Take(Most).Select(row => new { row.OrganizationId, row.Number, row.Steps }).ToListAsync(cancel);
        var taken = 0;
        foreach (var row in due)
        {
            cancel.ThrowIfCancellationRequested();
            taken += await TakeAsync(new OrganizationId(row.OrganizationId), row.Number, row.Steps) ? 1 : 0;
        }

        return taken;
    }

    private async Task<bool> TakeAsync(OrganizationId organization, long number, int steps)
    {
        try
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{Checkout.KeyOf(organization, number, 0)}:claim:{steps}");
            if (await writer.RunAsync(new SubmitCheckout(Engine, key, organization, number), Agreement.OfProgram, CancellationToken.None) is not Outcome<Receipt>.Done { Value.Replayed: false })
            {
                return false;
            }

            await collection.CollectAsync(organization, number, takeBack: true);
            return true;
        }
#pragma warning disable CA1031 // whatever broke, the claim lapses and the provider is asked with the same key; other purchases go on
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Broke(log, broken, organization.Value, number);
            return false;
        }
    }

    [LoggerMessage(2604, LogLevel.Error, "A step of purchase {Purchase} of organization {Organization} broke off. Nothing is charged twice: it goes on within minutes with the same key. If this repeats, report it with this message.")]
    private static partial void Broke(ILogger log, Exception broken, long organization, long purchase);
}

/// <summary>Wakes it.</summary>
public sealed class CheckoutRound(CheckoutExecutor executor) : IJob
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await executor.RunAsync(cancellationToken);
}
