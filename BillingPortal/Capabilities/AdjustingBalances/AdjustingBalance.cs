using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>
/// Adjusts what an organization holds. The page and contract 2's PUT are this one command; both get their limit and what they may raise
/// from the caller's role as the store has it now.
/// </summary>
public sealed class AdjustingBalance(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.AdjustBalances;

    /// <summary>What the form would do now.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">Whose balance.</param>
    /// <param name="form">What is asked for.</param>
    /// <param name="key">The idempotency key under which it would be committed.</param>
    /// <param name="cancel">Gives up reading.</param>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, AdjustBalanceForm form, string key, CancellationToken cancel) =>
        await (await OfFormAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(
        Caller caller, OrganizationId id, AdjustBalanceForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await OfFormAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    /// <summary>The command with the caller's limit and permission in it, or what keeps the caller from it.</summary>
    public async Task<Outcome<AdjustBalance>> CommandAsync(
        Caller caller, OrganizationId id, Adjustment change, ReasonCode reason, string comment, Instant? effectiveAt, string key, CancellationToken cancel) =>
        (await ReachAsync(caller, id, cancel)).Then<AdjustBalance>(reached => new Outcome<AdjustBalance>.Done(Of(reached, change, reason, comment, effectiveAt, key)));

    private async Task<Outcome<AdjustBalance>> OfFormAsync(Caller caller, OrganizationId id, AdjustBalanceForm form, string key, CancellationToken cancel) =>
        (await ReachAsync(caller, id, cancel)).Then(reached => OfForm(reached, form, key));

    private static Outcome<AdjustBalance> OfForm(Reached reached, AdjustBalanceForm form, string key)
    {
        var errors = AdjustBalanceFormRules.Instance.Errors(form);
        var zone = reached.Organization.Zone;
        var effectiveAt = form.EffectiveAt is { } local ? LocalTime.ToInstant(local, zone) : null;
        if (form.EffectiveAt is not null && effectiveAt is null)
        {
            errors = errors.Add(new FieldError(nameof(form.EffectiveAt), "skipped", $"Clocks in {zone.Id} skip that time. Choose one after it."));
        }

        return errors.IsEmpty
            ? new Outcome<AdjustBalance>.Done(Of(
                reached, form.ToAdjustment(reached.Organization.Money), ReasonCode.Find(form.Reason)!, form.Comment.Trim(), effectiveAt, key))
            : new Outcome<AdjustBalance>.Invalid(errors);
    }

    private async Task<Outcome<Reached>> ReachAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var organization = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return access.Reach(organization, Permission).Then<Reached>(found => new Outcome<Reached>.Done(new Reached(caller, access, found)));
    }

    private static AdjustBalance Of(Reached reached, Adjustment change, ReasonCode reason, string comment, Instant? effectiveAt, string key) =>
        new(reached.Caller.Actor, key, new OrganizationId(reached.Organization.Id))
        {
            Change = change,
            Reason = reason,
            Comment = comment,
            EffectiveAt = effectiveAt,
            MayRaiseCash = reached.Access.May(Permission.RaiseCash, reached.Organization.Path),
            Limit = reached.Access.RoleAt(reached.Organization.Path)!.DailyLimit * Money.Unit,
        };

    private sealed record Reached(Caller Caller, Access Access, Organization Organization);
}
