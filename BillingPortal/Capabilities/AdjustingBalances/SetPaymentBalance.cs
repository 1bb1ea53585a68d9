using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>Contract 2's PUT: sets what remains, by the page's own command, decided and committed in one step.</summary>
public sealed class SetPaymentBalance(IDbContextFactory<BillingStore> stores, JournalWriter writer, AdjustingBalance adjusting) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.AdjustBalances;

    /// <summary>Decides, commits and answers.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, ApiWish<PaymentBalanceForm> wish, CancellationToken cancel)
    {
        var reached = await ReachAsync(caller, wish.Organization, cancel);
        if (reached is not Outcome<Organization>.Done { Value: var organization })
        {
            return wish.Answer(reached);
        }

        if (PaymentBalanceAccess.Unsupported(organization) is { } unsupported)
        {
            wish = wish with { Form = new Outcome<PaymentBalanceForm>.Refused(unsupported) };
        }

        // Limit and rights come from the command that the page uses; the form is put in by the wish, where there is one.
        var prepared = await adjusting.CommandAsync(
            caller, new OrganizationId(organization.Id), new Adjustment.SetRemaining(null, null, null), ReasonCode.BalanceSetByApi, "", effectiveAt: null, "api", cancel);
        return prepared is Outcome<AdjustBalance>.Done { Value: var command }
            ? await wish.RunAsync(writer, organization, caller.Actor, (form, key) => command with { Change = form.ToAdjustment(), Key = key }, cancel)
            : wish.Answer(prepared);
    }

    private async Task<Outcome<Organization>> ReachAsync(Caller caller, Guid uuid, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await PaymentBalanceAccess.ReachAsync(store, caller, uuid, Permission, cancel);
    }
}
