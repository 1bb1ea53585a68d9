using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Vouchers;

/// <summary>The code as a person types it.</summary>
/// <param name="Code">As typed.</param>
public sealed record RedeemForm(string Code);

/// <summary>Who redeems, for the page.</summary>
/// <param name="Organization">For whom.</param>
/// <param name="By">The caller's name.</param>
public sealed record RedeemDesk(Organization Organization, string By);

/// <summary>Redeems a voucher for an organization, previewed like every act that moves money.</summary>
public sealed class RedeemingVoucher(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>For whom, where the caller may.</summary>
    public async Task<Outcome<RedeemDesk>> OpenAsync(Caller caller, OrganizationId id, CancellationToken cancel) =>
        (await ReachAsync(caller, id, cancel)).Then<RedeemDesk>(reached => new Outcome<RedeemDesk>.Done(new RedeemDesk(reached.Organization, reached.Person?.DisplayName ?? caller.UserId)));

    /// <summary>What it would do now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, RedeemForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Does what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, OrganizationId id, RedeemForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    private async Task<Outcome<RedeemVoucher>> CommandAsync(Caller caller, OrganizationId id, RedeemForm form, string key, CancellationToken cancel) =>
        (await ReachAsync(caller, id, cancel)).Then<RedeemVoucher>(reached => new Outcome<RedeemVoucher>.Done(
            new RedeemVoucher(caller.Actor, key, id) { Code = Voucher.Normalise(form.Code) ?? "", Email = reached.Person?.Email }));

    private async Task<Outcome<(Organization Organization, BillingUser? Person)>> ReachAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<(Organization, BillingUser?)>(async organization =>
            new Outcome<(Organization, BillingUser?)>.Done((organization, await store.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == caller.UserId, cancel))));
    }
}
