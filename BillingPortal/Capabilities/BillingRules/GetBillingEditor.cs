using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.BillingRules;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>What the billing editor says about an organization before anything is changed.</summary>
/// <param name="Organization">Which.</param>
/// <param name="Ledger">Its ledger, rule and recharges now.</param>
/// <param name="Past">What a rehearsal replays.</param>
/// <param name="Payer">Who pays for it, where it uses another's balance.</param>
/// <param name="CallerName">The caller's own name, as receipts show it.</param>
/// <param name="Now">When this was so.</param>
public sealed record BillingEditor(Organization Organization, LedgerState Ledger, RehearsedPast Past, Organization? Payer, string CallerName, Instant Now)
{
    /// <summary>True where the caller may save; who may only read still rehearses.</summary>
    public required bool MaySet { get; init; }

    /// <summary>Its number.</summary>
    public OrganizationId Id => Ledger.Organization;

    /// <summary>Its rule.</summary>
    public BillingRule Rule => Ledger.Rule;

    /// <summary>Its currency.</summary>
    public Currency Currency => Ledger.Currency;

    /// <summary>Where recharging stands.</summary>
    public RechargeStanding Standing => Recharging.StandingOf(Ledger, Now);

    /// <summary>What recharges charged in this calendar month, in flight included.</summary>
    public long ChargedThisMonth => RuleSights.ChargedThisMonth(Ledger, Now);

    /// <summary>What a rule would meet.</summary>
    /// <param name="rule">As it would be.</param>
    /// <param name="window">The window in which its cap counts.</param>
    public RuleSight Sight(BillingRule rule, SpendingWindow? window) => RuleSights.Of(Ledger, rule, window, Organization.Name, Payer?.Name, Now);
}

/// <summary>Reads it, for whoever may see why money moved: support explains rules that only others may set.</summary>
public sealed class GetBillingEditor(IDbContextFactory<BillingStore> stores, JournalWriter writer, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>The organization with this number, or what keeps the caller from its billing settings.</summary>
    public async Task<Outcome<BillingEditor>> RunAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync(async organization =>
        {
            var now = Instant.Now(clock);
            var past = await UsageReading.RehearsedAsync(store, organization, now, cancel);
            var payer = organization.PayerId is { } paying ? await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == paying, cancel) : null;

            var name = await store.Users.Where(u => u.Id == caller.UserId).Select(u => u.DisplayName).FirstOrDefaultAsync(cancel);

            // A wish for nothing changes nothing; its preview is the ledger as decisions see it, with window and recharges.
            var nothing = new SetBillingRule(caller.Actor, "read") { Wishes = [new BillingRuleForm().ToWish(id, organization.Money)] };
            return (await writer.PreviewAsync(nothing, cancel)).Then<BillingEditor>(preview =>
                new Outcome<BillingEditor>.Done(new BillingEditor(organization, preview.Before[id], past, payer, string.IsNullOrEmpty(name) ? "you" : name, now) { MaySet = access.May(Permission.ManageBilling, organization.Path) }));
        });
    }
}
