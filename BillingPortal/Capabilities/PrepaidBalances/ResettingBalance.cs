using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>What a person says when a prepaid balance is reset.</summary>
/// <param name="Comment">A person's words.</param>
public sealed record ResetBalanceForm(string Comment = "");

/// <summary>Sets a prepaid balance to zero: from above only, by finance or those who move balances of the organization above.</summary>
public sealed class ResettingBalance(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.TransferBalances;

    /// <summary>What it would do now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, ResetBalanceForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, OrganizationId id, ResetBalanceForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    /// <summary>Contract 4's DELETE.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, OrganizationId id, ApiWish<ResetBalanceForm> wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var reached = await ReachAsync(store, access, id, cancel);
        return reached is Outcome<Organization>.Done { Value: var organization }
            ? await wish.RunAsync(writer, organization, caller.Actor, (form, key) => Of(caller, form, key, organization, access), cancel)
            : wish.Answer(reached);
    }

    private async Task<Outcome<ResetBalance>> CommandAsync(Caller caller, OrganizationId id, ResetBalanceForm form, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return (await ReachAsync(store, access, id, cancel)).Then<ResetBalance>(organization => form.Comment.Length > AdjustBalance.MaxCommentLength
            ? new Outcome<ResetBalance>.Invalid([new FieldError(nameof(ResetBalanceForm.Comment), "too_long", $"At most {AdjustBalance.MaxCommentLength} characters are kept.")])
            : new Outcome<ResetBalance>.Done(Of(caller, form, key, organization, access)));
    }

    private static async Task<Outcome<Organization>> ReachAsync(BillingStore store, Access access, OrganizationId id, CancellationToken cancel) =>
        access.ReachFromAbove(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission);

    private static ResetBalance Of(Caller caller, ResetBalanceForm form, string key, Organization organization, Access access) => new(caller.Actor, key, new OrganizationId(organization.Id))
    {
        Comment = form.Comment.Trim(),
        Limit = access.PlatformRole is { } staff ? staff.DailyLimit * Money.Unit : null,
    };
}
