using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Refunding;

/// <summary>
/// Takes refunds whose next step is due to the payment provider. Each is claimed under its ledger head's lock first, so that of however many nodes one
/// asks; what the provider said is booked by a second command. Whoever dies in between leaves the claim to lapse, and the next one asks with the same key:
/// refunded once, booked once.
/// </summary>
public sealed partial class RefundExecutor(
    IDbContextFactory<BillingStore> stores, JournalWriter writer, IPaymentGateway gateway, TimeProvider clock, ILogger<RefundExecutor> log)
{
    private const int AtOnce = 4, Most = 256;
    private static readonly Actor Engine = Actor.System("engine"), Gateway = Actor.System("gateway");

    /// <summary>Takes every refund that is due one step on, oldest first; gives how many. Cancelling starts no further ones and waits for those under way.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = Instant.Now(clock).Micros;
        List<DueRefund> due;
        await using (var store = await stores.CreateDbContextAsync(cancel))
        {
            due = await store.RefundIntents.Where(intent => intent.DueAt != null && intent.DueAt <= now).OrderBy(intent => intent.DueAt).ThenBy(intent => intent.OrganizationId)
                .ThenBy(intent => intent.Number).Take(Most).Select(intent => new DueRefund(intent.OrganizationId, intent.Number, intent.Steps)).ToListAsync(cancel);
        }

        var taken = 0;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (refund, _) =>
        {
            if (await TakeAsync(refund))
            {
                Interlocked.Increment(ref taken);
            }
        });
        return taken;
    }

    private async Task<bool> TakeAsync(DueRefund due)
    {
        var organization = new OrganizationId(due.Organization);
        try
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{RefundIntent.KeyOf(due.Organization, due.Number)}:claim:{due.Steps}");
            var claim = await writer.RunAsync(new SubmitRefund(Engine, key, organization, due.Number), Agreement.OfProgram, CancellationToken.None);
            if (claim is not Outcome<Receipt>.Done { Value.Effects: var effects } || effects.OfType<Effect.Refund>().FirstOrDefault() is not { Intent: var intent })
            {
                return false;
            }

            var command = new SettleRefund(Gateway, organization, intent.Number, await AskAsync(organization, intent));
            var settled = await writer.RunAsync(command, Agreement.OfProgram, CancellationToken.None);
            if (settled is Outcome<Receipt>.Unknown)
            {
                settled = await writer.RunAsync(command, Agreement.OfProgram, CancellationToken.None);
            }

            if (settled is not Outcome<Receipt>.Done)
            {
                NotBooked(log, due.Organization, due.Number, command.Outcome.GetType().Name, settled.ToString()!);
            }

            return true;
        }
#pragma warning disable CA1031 // whatever broke, the claim lapses and the provider is asked with the same key; other refunds go on
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Broke(log, broken, due.Organization, due.Number);
            return false;
        }
    }

    private async Task<RefundOutcome> AskAsync(OrganizationId organization, RefundIntent intent)
    {
        if (intent.Provider != gateway.Provider)
        {
            // Where it was never asked, nothing was paid back; where it was, nobody can be asked.
            return intent.State == RefundState.Submitted
                ? new RefundOutcome.Refused(null, "provider_changed", $"The payment was made with the provider {intent.Provider}, which the portal does not use now.")
                : new RefundOutcome.Unknown(intent.RefundId, $"The payment was made with the provider {intent.Provider}, which the portal does not use now, so nobody can be asked.");
        }

        try
        {
            await using var store = await stores.CreateDbContextAsync(CancellationToken.None);
            var currency = await store.Organizations.Where(o => o.Id == organization.Value).Select(o => o.Currency).FirstAsync();
            var order = new RefundOrder(RefundIntent.KeyOf(organization.Value, intent.Number), organization, intent.Number, intent.PaymentId, new Money(intent.Amount, Currency.Of(currency)));

            // Without a token: a refund that is under way is waited for, and the provider's own time limit bounds it.
            var result = intent.State == RefundState.Submitted
                ? await gateway.RefundAsync(order, CancellationToken.None) : await gateway.AskRefundAsync(order, intent.RefundId, CancellationToken.None);
            return result.ToRefund();
        }
#pragma warning disable CA1031 // a refund that ended in an exception may have been made all the same
        catch (Exception broken)
#pragma warning restore CA1031
        {
            NoWord(log, broken, organization.Value, intent.Number);
            return new RefundOutcome.Unknown(intent.RefundId, "The payment provider gave no answer that could be understood.");
        }
    }

    private sealed record DueRefund(long Organization, long Number, int Steps);

    [LoggerMessage(2501, LogLevel.Warning, "The payment provider could not be asked about refund {Refund} of organization {Organization}. It is asked again with the same key; if this goes on, check the provider's status page and the settings below Payments.")]
    private static partial void NoWord(ILogger log, Exception broken, long organization, long refund);

    [LoggerMessage(2502, LogLevel.Error, "What the provider said of refund {Refund} of organization {Organization} ({Outcome}) could not be booked: {Reason} It is asked again within minutes and booked then.")]
    private static partial void NotBooked(ILogger log, long organization, long refund, string outcome, string reason);

    [LoggerMessage(2503, LogLevel.Error, "A step of refund {Refund} of organization {Organization} broke off. Nothing is refunded twice: it goes on within minutes with the same key. If this repeats, report it with this message.")]
    private static partial void Broke(ILogger log, Exception broken, long organization, long refund);
}
