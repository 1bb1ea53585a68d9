using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Refunding;

/// <summary>What a person wants paid back.</summary>
/// <param name="Recharge">Which recharge's payment.</param>
/// <param name="Amount">Millionths of the organization's currency.</param>
/// <param name="Comment">Why, in their own words.</param>
public sealed record RefundForm(long Recharge, long Amount, string Comment);

/// <summary>Pays a balance back to the card that it came from, previewed like any other money act.</summary>
public sealed class RefundingBalance(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.RefundBalances;

    /// <summary>What it would do now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, RefundForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, OrganizationId id, RefundForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    private async Task<Outcome<RefundBalance>> CommandAsync(Caller caller, OrganizationId id, RefundForm form, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return access.Reach(found, Permission).Then<RefundBalance>(organization => new Outcome<RefundBalance>.Done(new RefundBalance(caller.Actor, key, id, form.Recharge)
        {
            Amount = form.Amount,
            Comment = form.Comment.Trim(),
            Limit = access.RoleAt(organization.Path)!.DailyLimit * Money.Unit,
        }));
    }
}
