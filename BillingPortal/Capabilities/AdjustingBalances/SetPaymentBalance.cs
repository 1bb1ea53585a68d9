using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>Contract 2's PUT: sets what remains, by the page's own command, decided and committed in one step.</summary>
public sealed class SetPaymentBalance(IDbContextFactory<BillingStore> stores, JournalWriter writer, AdjustingBalance adjusting, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.AdjustBalances;

    /// <summary>Decides, commits and answers; <paramref name="planned"/> is given the plan that the answer shows, before there is an answer.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, ApiWish<PaymentBalanceForm> wish, Action<PlanReading> planned, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await PaymentBalanceAccess.ReachAsync(store, caller, wish.Organization, Permission, cancel);
        if (reached is not Outcome<Organization>.Done { Value: var organization })
        {
            return wish.Answer(reached);
        }

        if (PaymentBalanceAccess.Unsupported(organization) is { } unsupported)
        {
            wish = wish with { Form = new Outcome<PaymentBalanceForm>.Refused(unsupported) };
        }

        planned(await PlanReading.ReadAsync(store, organization, Instant.Now(clock), cancel));

        // Limit and rights come from the command that the page uses; the form is put in by the wish, where there is one.
        var prepared = await adjusting.CommandAsync(
            caller, new OrganizationId(organization.Id), new Adjustment.SetRemaining(null, null, null), ReasonCode.BalanceSetByApi, "", effectiveAt: null, "api", cancel);
        return prepared is Outcome<AdjustBalance>.Done { Value: var command }
            ? await wish.RunAsync(writer, organization, caller.Actor, (form, key) => command with { Change = form.ToAdjustment(), Key = key }, cancel)
            : wish.Answer(prepared);
    }
}
