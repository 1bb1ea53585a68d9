using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BuyingCredits;

/// <summary>
/// Takes purchases that were claimed under the head's lock to the payment provider, and books what it said (as recharges do, decision 0021). Whoever dies
/// in between leaves the claim to lapse, and the next one asks with the same key: charged once, booked once.
/// </summary>
public sealed partial class CheckoutCollection(IDbContextFactory<BillingStore> stores, JournalWriter writer, IPaymentGateway gateway, ILogger<CheckoutCollection> log)
{
    private static readonly Actor Gateway = Actor.System("gateway");

    /// <summary>Copies the billing details to the provider's customer, for the documents that it makes. Never keeps anybody from paying.</summary>
    public async Task CopyDetailsAsync(OrganizationId organization, long card, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var customer = await store.PaymentMethods.Where(method => method.Id == card && method.OrganizationId == organization.Value && method.Provider == gateway.Provider)
            .Select(method => method.Customer).FirstOrDefaultAsync(cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == organization.Value, cancel);
        if (customer is null || found is null)
        {
            return;
        }

        var known = (await StoredDetails.ReadAsync(store, found, cancel)).Details;
        try
        {
            await gateway.UpdateCustomerAsync(customer, new CustomerDetails(
                known.Company ?? known.Name!, known.Email, known.Phone, known.Line1, known.Line2, known.City, known.State, known.PostalCode, known.Country, known.TaxIdType, known.TaxId), cancel);
        }
        catch (PaymentGatewayException refused)
        {
            NotCopied(log, organization.Value, refused.Message);
        }
    }

    /// <summary>Charges a purchase that was just claimed, or asks what became of it, and books the answer. With <paramref name="takeBack"/>, a payment that its holder did not confirm is taken back.</summary>
    public async Task CollectAsync(OrganizationId organization, long number, bool takeBack)
    {
        await using var store = await stores.CreateDbContextAsync(CancellationToken.None);
        var body = await store.Checkouts.Where(row => row.OrganizationId == organization.Value && row.Number == number).Select(row => row.Body).FirstAsync();
        if (CheckoutJson.Read(body) is not { InFlight: true } checkout)
        {
            return;
        }

        var (outcome, page) = await AskAsync(store, organization, checkout, takeBack);
        var command = new SettleCheckout(Gateway, organization, number, checkout.Attempt, outcome) { ConfirmPage = page };
        var settled = await writer.RunAsync(command, Agreement.OfProgram, CancellationToken.None);
        if (settled is Outcome<Receipt>.Unknown)
        {
            settled = await writer.RunAsync(command, Agreement.OfProgram, CancellationToken.None);
        }

        if (settled is not Outcome<Receipt>.Done)
        {
            NotBooked(log, organization.Value, number, outcome.GetType().Name, settled.ToString()!);
        }
    }

    private async Task<(RechargeOutcome Outcome, string? Page)> AskAsync(BillingStore store, OrganizationId organization, Checkout checkout, bool takeBack)
    {
        try
        {
            var card = await store.PaymentMethods.FirstAsync(method => method.Id == checkout.CardId && method.OrganizationId == organization.Value);
            if (card.Provider != gateway.Provider)
            {
                return (checkout.State == CheckoutState.Submitted
                    ? new RechargeOutcome.Declined(null, "provider_changed", "The card was entered with another payment provider than the portal uses now. Enter it again.")
                    : new RechargeOutcome.Unknown(checkout.PaymentId, "The card was entered with another payment provider than the portal uses now, so nobody can be asked."), null);
            }

            // The same attempt gives the same order, whatever has changed since: providers refuse a key with another order.
            var currency = await store.Organizations.Where(o => o.Id == organization.Value).Select(o => o.Currency).FirstAsync();
            var order = new PaymentOrder(Checkout.KeyOf(organization, checkout.Number, checkout.Attempt), organization, checkout.Number, checkout.Attempt, card.Customer, card.Method,
                new Money(checkout.Amount, Currency.Of(currency)), string.Create(CultureInfo.InvariantCulture, $"Credits {organization}/{checkout.Number}"))
            { For = ChargedFor.Checkout, ReturnTo = new Uri(checkout.Page) };
            var result = checkout.State switch
            {
                CheckoutState.Submitted => await gateway.ChargeAsync(order, CancellationToken.None),
                CheckoutState.AuthenticationNeeded when takeBack => await gateway.CancelAsync(order, checkout.PaymentId!, CancellationToken.None),
                _ => await gateway.AskAsync(order, checkout.PaymentId, CancellationToken.None),
            };
            return (result.ToOutcome(), (result as PaymentResult.AuthenticationNeeded)?.Page?.ToString());
        }
#pragma warning disable CA1031 // a charge that ended in an exception may have been made all the same
        catch (Exception broken)
#pragma warning restore CA1031
        {
            NoWord(log, broken, organization.Value, checkout.Number);
            return (new RechargeOutcome.Unknown(checkout.PaymentId, "The payment provider gave no answer that could be understood."), null);
        }
    }

    [LoggerMessage(2601, LogLevel.Warning, "The payment provider could not be asked about purchase {Purchase} of organization {Organization}. It is asked again with the same key; if this goes on, check the provider's status page and the settings below Payments.")]
    private static partial void NoWord(ILogger log, Exception broken, long organization, long purchase);

    [LoggerMessage(2602, LogLevel.Error, "What the provider said of purchase {Purchase} of organization {Organization} ({Outcome}) could not be booked: {Reason} It is asked again within minutes and booked then; if this repeats, check the database's log.")]
    private static partial void NotBooked(ILogger log, long organization, long purchase, string outcome, string reason);

    [LoggerMessage(2603, LogLevel.Warning, "The billing details of organization {Organization} were not copied to the payment provider's customer: {Why} The payment goes on; correct the details, and the next purchase copies them.")]
    private static partial void NotCopied(ILogger log, long organization, string why);
}
