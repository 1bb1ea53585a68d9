using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>
/// Contract 1's PATCH: sets recharge and cap of a sub-organization by the page's own command, decided and committed in one step. Soft caps and
/// monthly limits are settings of the portal that survive it.
/// </summary>
public sealed class SetSubOrganizationBilling(IDbContextFactory<BillingStore> stores, JournalWriter writer, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>Decides, commits and answers with the whole organization.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, BillingWish wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var found = await OrganizationReach.FindBelowAsync(store, caller, wish.Parent, wish.Below, Permission, cancel);
        if (found is not Outcome<Reached>.Done { Value: var reached })
        {
            return wish.Render(found.Then<OrganizationDetail>(_ => throw new InvalidOperationException("It was reached.")));
        }

        var (organization, now) = (reached.Organization, Instant.Now(clock));
        var anchor = wish.Form is Outcome<BillingForm>.Done { Value.Anchor: { } sent } ? sent : (Instant?)null;
        var facts = await OrganizationReading.ReadAsync(store, organization, now, cancel, anchor);
        var parent = await ParentAsync(store, reached, cancel);
        var role = reached.Access.PlatformRole is null ? reached.Access.RoleAt(organization.Path)?.Code : null;
        var run = new ApiWish<BillingForm>(wish.Below, wish.Form, wish.Key, wish.RequestHash, (outcome, _, after) => wish.Render(Named(outcome).Then<OrganizationDetail>(receipt =>
            new Outcome<OrganizationDetail>.Done(OrganizationDetail.Of(facts.With(after!, receipt.Effects.Count > 0, now), parent, role)))));
        return await run.RunAsync(writer, organization, caller.Actor, (form, key) => new SetBillingRule(caller.Actor, key)
        {
            Wishes = [form.ToWish(new OrganizationId(organization.Id))],
            Limit = reached.Access.PlatformRole is { } staff ? staff.DailyLimit * Money.Unit : null,
        }, cancel);
    }

    /// <summary>The parent as the answer shows it; its own parent only to one who may know of that.</summary>
    private static async Task<ParentJson> ParentAsync(BillingStore store, Reached reached, CancellationToken cancel)
    {
        var above = reached.Parent!.ParentId is { } id ? await store.Organizations.AsNoTracking().FirstAsync(o => o.Id == id, cancel) : null;
        return ParentJson.Of(reached.Parent, above is not null && reached.Access.RoleAt(above.Path) is not null ? above.Uuid : null);
    }

    /// <summary>What is wrong, by the contract's names.</summary>
    private static Outcome<Receipt> Named(Outcome<Receipt> outcome) => outcome is Outcome<Receipt>.Invalid invalid
        ? new Outcome<Receipt>.Invalid([.. invalid.Errors.Select(error => error with { Field = BillingForm.WireName(error.Field) })])
        : outcome;
}

/// <summary>A program's wish about a sub-organization's billing.</summary>
/// <param name="Parent">The parent's UUID, as the route names it.</param>
/// <param name="Below">The sub-organization's.</param>
/// <param name="Form">What is wished, or why it cannot be meant.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null where none was sent.</param>
/// <param name="RequestHash">SHA-256 of route and body.</param>
/// <param name="Render">The contract's answer.</param>
public sealed record BillingWish(
    Guid Parent, Guid Below, Outcome<BillingForm> Form, string? Key, Hash256 RequestHash, Func<Outcome<OrganizationDetail>, ApiAnswer> Render);

/// <summary>Contract 1's body: recharge and cap in millionths; null leaves a setting as it is.</summary>
/// <param name="RechargeEnabled"><c>auto_recharge.enabled</c>.</param>
/// <param name="Threshold"><c>auto_recharge.recharge_threshold</c>.</param>
/// <param name="Amount"><c>auto_recharge.recharge_amount</c>.</param>
/// <param name="CapEnabled"><c>spending_cap.enabled</c>.</param>
/// <param name="CapAmount"><c>spending_cap.amount</c>.</param>
/// <param name="Anchor"><c>spending_cap.reset_at</c>.</param>
public sealed record BillingForm(bool? RechargeEnabled, long? Threshold, long? Amount, bool? CapEnabled, long? CapAmount, Instant? Anchor)
{
    /// <summary>As the domain takes it.</summary>
    public RuleWish ToWish(OrganizationId organization) => new(organization)
    {
        RechargeEnabled = RechargeEnabled,
        Threshold = Threshold,
        Amount = Amount,
        CapEnabled = CapEnabled,
        CapAmount = CapAmount,
        Anchor = Anchor,
    };

    /// <summary>The contract's name of a field that the domain complains of.</summary>
    public static string WireName(string field) => field switch
    {
        nameof(RechargeEnabled) => "auto_recharge.enabled",
        nameof(Threshold) => "auto_recharge.recharge_threshold",
        nameof(Amount) => "auto_recharge.recharge_amount",
        nameof(CapEnabled) => "spending_cap.enabled",
        nameof(CapAmount) => "spending_cap.amount",
        nameof(Anchor) => "spending_cap.reset_at",
        _ => field,
    };
}
