using System.Globalization;
using System.Runtime.CompilerServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>
/// Takes recharges whose next step is due to the payment provider (decision 0021). Each is claimed under its ledger head's lock first, so that of
/// however many nodes one asks. What the provider said is booked by a second command. Whoever dies in between leaves the claim to lapse, and the next
/// one asks with the same key: charged once, booked once.
/// </summary>
public sealed partial class RechargeExecutor(
    IDbContextFactory<BillingStore> stores, JournalWriter writer, IPaymentGateway gateway, TimeProvider clock, ILogger<RechargeExecutor> log)
{
    /// <summary>How many organizations' cards are charged at once.</summary>
    public const int AtOnce = 8;

    private const int Page = 64;
    private static readonly Actor Engine = Actor.System("engine"), Gateway = Actor.System("gateway");

    /// <summary>
    /// Takes every recharge that is due one step on, oldest first; gives how many. Cancelling starts no further ones and waits for those under way:
    /// an answer that is on its way is booked.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled before all were taken on.</exception>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var flown = 0;
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(DueAsync(cancel), bounds, async (due, _) =>
        {
            if (await FlyAsync(due))
            {
                Interlocked.Increment(ref flown);
            }
        });
        return flown;
    }

    /// <summary>What is due, by key: what is claimed by others meanwhile is passed over, and no recharge comes twice in a round.</summary>
    private async IAsyncEnumerable<DueRecharge> DueAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var now = Instant.Now(clock).Micros;
        DueRecharge? last = null;
        while (true)
        {
            List<DueRecharge> page;
            await using (var store = await stores.CreateDbContextAsync(cancel))
            {
                var due = store.RechargeIntents.Where(intent => intent.DueAt != null && intent.DueAt <= now);
                if (last is { At: var at, Organization: var organization, Number: var number })
                {
                    due = due.Where(intent => intent.DueAt > at || (intent.DueAt == at
                        && (intent.OrganizationId > organization || (intent.OrganizationId == organization && intent.Number > number))));
                }

                page = await due.OrderBy(intent => intent.DueAt).ThenBy(intent => intent.OrganizationId).ThenBy(intent => intent.Number).Take(Page)
                    .Select(intent => new DueRecharge(intent.DueAt!.Value, intent.OrganizationId, intent.Number, intent.Steps)).ToListAsync(cancel);
            }

            foreach (var due in page)
            {
                yield return due;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1];
        }
    }

    private async Task<bool> FlyAsync(DueRecharge due)
    {
        var organization = new OrganizationId(due.Organization);
        try
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{RechargeIntent.KeyOf(due.Organization, due.Number, 0)}:claim:{due.Steps}");
            var claim = await writer.RunAsync(new SubmitRecharge(Engine, key, organization, due.Number), Agreement.OfProgram, CancellationToken.None);
            if (claim is not Outcome<Receipt>.Done { Value.Effects: var effects } || effects.OfType<Effect.Recharge>().FirstOrDefault() is not { Intent: var intent })
            {
                return false;
            }

            if (intent.InFlight && await AskAsync(organization, intent) is { } outcome)
            {
                await SettleAsync(organization, intent, outcome);
            }

            return true;
        }
#pragma warning disable CA1031 // whatever broke, the claim lapses and the provider is asked with the same key; other recharges go on
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Broke(log, broken, organization.Value, due.Number);
            return false;
        }
    }

    /// <summary>What the provider says; null where it was to take back a payment that waits for its holder and could not: the next claim tries again.</summary>
    private async Task<RechargeOutcome?> AskAsync(OrganizationId organization, RechargeIntent intent)
    {
        var (provider, order) = await OrderAsync(organization, intent);
        if (order.Amount.Micros % order.Amount.Currency.MinorUnit != 0)
        {
            return new RechargeOutcome.Declined(null, "amount_not_chargeable", $"A card cannot be charged {order.Amount.ToString(CultureInfo.InvariantCulture)}: it has parts of a {order.Amount.Currency.Code} cent.");
        }

        if (provider != gateway.Provider)
        {
            OtherProvider(log, organization.Value, intent.Number, provider, gateway.Provider);
            return intent.State == RechargeState.Submitted
                ? new RechargeOutcome.Declined(null, "provider_changed", "The card was entered with another payment provider than the portal uses now. Enter it again.")
                : new RechargeOutcome.Unknown(intent.PaymentId, "The card was entered with another payment provider than the portal uses now, so nobody can be asked what became of the charge.");
        }

        try
        {
            // Without the caller's token: a charge that is under way is waited for, and the provider's own time limit bounds it.
            var result = intent.State switch
            {
                RechargeState.Submitted => await gateway.ChargeAsync(order, CancellationToken.None),
                RechargeState.AuthenticationNeeded => await gateway.CancelAsync(order, intent.PaymentId!, CancellationToken.None),
                _ => await gateway.AskAsync(order, intent.PaymentId, CancellationToken.None),
            };
            return intent.State == RechargeState.AuthenticationNeeded && result is not (PaymentResult.Succeeded or PaymentResult.Declined) ? null : result.ToOutcome();
        }
#pragma warning disable CA1031 // a charge that ended in an exception may have been made all the same
        catch (Exception broken)
#pragma warning restore CA1031
        {
            NoWord(log, broken, organization.Value, intent.Number, order.Key);
            return intent.State == RechargeState.AuthenticationNeeded ? null
                : new RechargeOutcome.Unknown(intent.PaymentId, "The payment provider gave no answer that could be understood.");
        }
    }

    /// <summary>The order of an attempt. The same attempt gives the same order, whatever has been renamed since: providers refuse a key with another order.</summary>
    private async Task<(string Provider, PaymentOrder Order)> OrderAsync(OrganizationId organization, RechargeIntent intent)
    {
        await using var store = await stores.CreateDbContextAsync(CancellationToken.None);
        var card = await store.PaymentMethods.FirstAsync(method => method.Id == intent.CardId && method.OrganizationId == organization.Value);
        var currency = await store.Organizations.Where(o => o.Id == organization.Value).Select(o => o.Currency).FirstAsync();
        return (card.Provider, new PaymentOrder(
            RechargeIntent.KeyOf(organization.Value, intent.Number, intent.Attempt), organization, intent.Number, intent.Attempt, card.Customer, card.Method,
            new Money(intent.Amount, Currency.Of(currency)), string.Create(CultureInfo.InvariantCulture, $"Recharge {organization}/{intent.Number}")));
    }

    /// <summary>Books it. Where that cannot be known to have happened it is done again at once: it happens once however often it is said.</summary>
    private async Task SettleAsync(OrganizationId organization, RechargeIntent intent, RechargeOutcome outcome)
    {
        if (outcome is RechargeOutcome.Unknown unknown)
        {
            NotKnown(log, organization.Value, intent.Number, unknown.Reason, RechargeIntent.KeyOf(organization.Value, intent.Number, intent.Attempt));
        }

        var command = new SettleRecharge(Gateway, organization, intent.Number, intent.Attempt, outcome);
        var settled = await writer.RunAsync(command, Agreement.OfProgram, CancellationToken.None);
        if (settled is Outcome<Receipt>.Unknown)
        {
            settled = await writer.RunAsync(command, Agreement.OfProgram, CancellationToken.None);
        }

        if (settled is not Outcome<Receipt>.Done)
        {
            NotBooked(log, organization.Value, intent.Number, outcome.GetType().Name, settled is Outcome<Receipt>.Refused refused ? refused.Refusal.Message : settled.ToString()!);
        }
    }

    private sealed record DueRecharge(long At, long Organization, long Number, int Steps);

    [LoggerMessage(2101, LogLevel.Warning, "Whether recharge {Recharge} of organization {Organization} was paid is not known: {Reason} It is asked again with the same key; if this lasts more than an hour, look for {Key} at the payment provider.")]
    private static partial void NotKnown(ILogger log, long organization, long recharge, string reason, string key);

    [LoggerMessage(2102, LogLevel.Warning, "The payment provider could not be asked about recharge {Recharge} of organization {Organization}, key {Key}. It is asked again; if this goes on, check the provider's status page and the settings below Payments.")]
    private static partial void NoWord(ILogger log, Exception broken, long organization, long recharge, string key);

    [LoggerMessage(2103, LogLevel.Error, "Recharge {Recharge} of organization {Organization} needs the provider {Provider}, and the portal uses {Used}. Ask the customer to enter their card again, or set Payments__Provider back until no recharge is in flight.")]
    private static partial void OtherProvider(ILogger log, long organization, long recharge, string provider, string used);

    [LoggerMessage(2104, LogLevel.Error, "What the provider said of recharge {Recharge} of organization {Organization} ({Outcome}) could not be booked: {Reason} It is asked again within minutes and booked then; if this repeats, open the recharge's page and the database's log.")]
    private static partial void NotBooked(ILogger log, long organization, long recharge, string outcome, string reason);

    [LoggerMessage(2105, LogLevel.Error, "A step of recharge {Recharge} of organization {Organization} broke off. Nothing is charged twice: it goes on within minutes with the same key. If this repeats, report it with this message.")]
    private static partial void Broke(ILogger log, Exception broken, long organization, long recharge);
}
