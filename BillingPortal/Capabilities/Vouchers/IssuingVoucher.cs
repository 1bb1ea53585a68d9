using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Vouchers;

/// <summary>
/// Issues a voucher, or withdraws one. What it can come to counts like money moved by hand: all its redemptions together with what the same person issued
/// in the last 24 hours stay within what their role may move alone (rules §5).
/// </summary>
public sealed class IssuingVoucher(IDbContextFactory<BillingStore> stores, OrganizationWriter writer, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.IssueVouchers;

    /// <summary>Issues it.</summary>
    public async Task<Outcome<Voucher>> IssueAsync(Caller caller, VoucherForm form, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MayOnPlatform(Permission))
        {
            return new Outcome<Voucher>.Refused(Access.Missing(Permission));
        }

        return await form.Read(Instant.Now(clock)).ThenAsync(async voucher =>
            voucher.Organization is { } only && !await store.Organizations.AnyAsync(o => o.Id == only.Value && o.Currency == voucher.Amount.Currency.Code && o.DeletedAt == null, cancel)
                ? new Outcome<Voucher>.Invalid([new FieldError(nameof(VoucherForm.Organization), "not_accepted", $"must be the number of an organization that keeps {voucher.Amount.Currency.Code}.")])
                : await writer.RunAsync([], edits => WriteAsync(edits, voucher, caller.Actor, access.PlatformRole!.DailyLimit * Money.Unit), cancel));
    }

    /// <summary>Withdraws it: nobody redeems it any more; what was redeemed stays. Withdrawing twice is withdrawing once.</summary>
    public async Task<Outcome<bool>> WithdrawAsync(Caller caller, string id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (!(await Access.ReadAsync(store, caller, cancel)).MayOnPlatform(Permission))
        {
            return new Outcome<bool>.Refused(Access.Missing(Permission));
        }

        return await store.Database.ExecuteSqlAsync($"UPDATE voucher SET withdrawn_at = {Instant.Now(clock).Micros}, withdrawn_by = {caller.Actor.Id} WHERE id = {id} AND withdrawn_at IS NULL", cancel) == 1
            || await store.Vouchers.AnyAsync(voucher => voucher.Id == id, cancel)
                ? new Outcome<bool>.Done(true)
                : new Outcome<bool>.NotFound("There is no such voucher.");
    }

    private static async Task<Outcome<Voucher>> WriteAsync(OrganizationEdits edits, Voucher voucher, Actor actor, long limit)
    {
        var (used, taken) = await VoucherRegister.LookAsync(edits, voucher, actor);
        if (taken)
        {
            return new Outcome<Voucher>.Refused(new Refusal(RefusalCode.Taken, $"There is a voucher {Voucher.Grouped(voucher.Code)} already.", nameof(VoucherForm.Code)));
        }

        var asked = checked(voucher.Amount.Micros * voucher.Limit);
        if (used + asked > limit)
        {
            Money Of(long micros) => new(micros, voucher.Amount.Currency);
            return new Outcome<Voucher>.NeedsApproval(new ApprovalNeed(Of(limit), Of(used), Of(asked), "you"));
        }

        await VoucherRegister.AddAsync(edits, voucher, actor);
        return new Outcome<Voucher>.Done(voucher);
    }
}
