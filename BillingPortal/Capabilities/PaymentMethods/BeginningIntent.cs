using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>Contract 2's intent: begins to enter a card that a person types on a program's own page. What the provider then tells enters it.</summary>
public sealed class BeginningIntent(IDbContextFactory<BillingStore> stores, OrganizationWriter writer, AddingCard adding, IPaymentGateway gateway) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>Begins it. The same key is the same intent, at the provider too; the answer that was given first is given again.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, string? slug, string? key, Hash256 hash, Func<Outcome<PaymentIntentJson>, ApiAnswer> render, CancellationToken cancel)
    {
        var found = await FindAsync(caller, slug, cancel);
        if (found is not Outcome<Organization>.Done { Value: var organization })
        {
            return render(found.Then<PaymentIntentJson>(_ => throw new InvalidOperationException("It was found.")));
        }

        var id = new OrganizationId(organization.Id);
        var begun = await AddingCard.AskingAsync<CardIntent>(async () => new Outcome<CardIntent>.Done(await gateway.BeginIntentAsync(
            await adding.CustomerAsync(organization, cancel), id, string.Create(CultureInfo.InvariantCulture, $"intent:{id}:{CanonicalForm.Seal(key ?? Guid.NewGuid().ToString("N"))}"), cancel)));
        return await writer.RunAsync<PaymentIntentJson>([id.Value], new KeptRequest(id.Value, key, hash), edits => begun.ThenAsync<PaymentIntentJson>(async intent =>
        {
            await edits.TellAsync(id.Value, "card_begun", "A program began to enter a card at the payment provider.");
            return new Outcome<PaymentIntentJson>.Done(new PaymentIntentJson(intent.ClientSecret));
        }), finish: null, render, CancellationToken.None);
    }

    private async Task<Outcome<Organization>> FindAsync(Caller caller, string? slug, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return (await OwnOrganization.FindAsync(store, caller, slug, Permission, cancel)).Then<Organization>(found => new Outcome<Organization>.Done(found.Organization));
    }
}
