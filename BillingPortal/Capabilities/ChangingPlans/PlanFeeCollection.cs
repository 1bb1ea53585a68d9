using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>
/// Takes plans' fees that were claimed under the head's lock to the payment provider, and books what it said (as recharges do, decision 0021). Whoever
/// dies in between leaves the claim to lapse, and the next one asks with the same key: charged once, booked once.
/// </summary>
public sealed partial class PlanFeeCollection(
    IDbContextFactory<BillingStore> stores, JournalWriter writer, IPaymentGateway gateway, ILogger<PlanFeeCollection> log)
{
    /// <summary>What people and programs are told of a card whose bank wants its holder to confirm: nobody can, where the portal charges.</summary>
    public const string HolderWanted = "The card's bank wants its holder to confirm each payment, which a plan cannot wait for. Nothing was charged; add another card.";

    private static readonly Actor Gateway = Actor.System("gateway");

    /// <summary>Charges a fee that was just claimed, or asks what became of it, and books the answer. Gives the fee as it then stands.</summary>
    public async Task<PlanFee> CollectAsync(OrganizationId organization, PlanFee fee)
    {
        var outcome = await AskAsync(organization, fee);
        var command = new SettleFee(Gateway, organization, fee.Payer, fee.Number, fee.Attempt, outcome);
        var settled = await writer.RunAsync(command, Agreement.OfProgram, CancellationToken.None);
        if (settled is Outcome<Receipt>.Unknown)
        {
            settled = await writer.RunAsync(command, Agreement.OfProgram, CancellationToken.None);
        }

        if (settled is not Outcome<Receipt>.Done { Value.Effects: var effects })
        {
            NotBooked(log, organization.Value, fee.Number, outcome.GetType().Name, settled.ToString()!);
            return fee with { State = FeeState.Unknown };
        }

        // The provider's own news may have booked it first: then nothing was left to do, and it stands as that left it.
        return effects.OfType<Effect.Fee>().LastOrDefault()?.Item ?? await FindAsync(fee);
    }

    private async Task<PlanFee> FindAsync(PlanFee fee)
    {
        await using var store = await stores.CreateDbContextAsync(CancellationToken.None);
        return PlanJson.Read<PlanFee>(await store.PlanFees.Where(row => row.PayerId == fee.Payer.Value && row.Number == fee.Number).Select(row => row.Body).FirstAsync());
    }

    private async Task<RechargeOutcome> AskAsync(OrganizationId organization, PlanFee fee)
    {
        try
        {
            var (provider, order) = await OrderAsync(organization, fee);
            if (provider != gateway.Provider)
            {
                return fee.State == FeeState.Submitted
                    ? new RechargeOutcome.Declined(null, "provider_changed", "The card was entered with another payment provider than the portal uses now. Enter it again.")
                    : new RechargeOutcome.Unknown(fee.PaymentId, "The card was entered with another payment provider than the portal uses now, so nobody can be asked.");
            }

            var result = fee.State == FeeState.Submitted
                ? await gateway.ChargeAsync(order, CancellationToken.None)
                : await gateway.AskAsync(order, fee.PaymentId, CancellationToken.None);
            if (result is PaymentResult.AuthenticationNeeded needed)
            {
                result = await gateway.CancelAsync(order, needed.PaymentId!, CancellationToken.None);
                result = result is PaymentResult.Declined ? new PaymentResult.Declined(needed.PaymentId, "authentication_required", HolderWanted) : result;
            }

            return result.ToOutcome();
        }
#pragma warning disable CA1031 // a charge that ended in an exception may have been made all the same
        catch (Exception broken)
#pragma warning restore CA1031
        {
            NoWord(log, broken, organization.Value, fee.Number);
            return new RechargeOutcome.Unknown(fee.PaymentId, "The payment provider gave no answer that could be understood.");
        }
    }

    /// <summary>The order of an attempt. The same attempt gives the same order, whatever has been renamed since: providers refuse a key with another order.</summary>
    private async Task<(string Provider, PaymentOrder Order)> OrderAsync(OrganizationId organization, PlanFee fee)
    {
        await using var store = await stores.CreateDbContextAsync(CancellationToken.None);
        var card = await store.PaymentMethods.FirstAsync(method => method.Id == fee.CardId && method.OrganizationId == fee.Payer.Value);
        return (card.Provider, new PaymentOrder(
            PlanFee.KeyOf(fee.Payer, fee.Number, fee.Attempt), fee.Payer, fee.Number, fee.Attempt, card.Customer, card.Method,
            new Money(fee.Charge.Total, Currency.Of(fee.Charge.Currency)), string.Create(CultureInfo.InvariantCulture, $"Plan {fee.Next.Plan} {organization}/{fee.Number}"))
        { For = ChargedFor.Fee });
    }

    [LoggerMessage(2201, LogLevel.Warning, "The payment provider could not be asked about the plan fee {Fee} of organization {Organization}. It is asked again with the same key; if this goes on, check the provider's status page and the settings below Payments.")]
    private static partial void NoWord(ILogger log, Exception broken, long organization, long fee);

    [LoggerMessage(2202, LogLevel.Error, "What the provider said of the plan fee {Fee} of organization {Organization} ({Outcome}) could not be booked: {Reason} It is asked again within minutes and booked then; if this repeats, check the database's log.")]
    private static partial void NotBooked(ILogger log, long organization, long fee, string outcome, string reason);
}
