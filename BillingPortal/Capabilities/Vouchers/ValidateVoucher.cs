using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Vouchers;

/// <summary>Contract 3's answer.</summary>
/// <param name="Valid">Whether the organization that the token speaks for can redeem it now, by a person with that email.</param>
/// <param name="VoucherId">Its id; null where it is not valid.</param>
/// <param name="VoucherAmount">What it gives, in units of the organization's currency; null where it is not valid.</param>
/// <param name="Error">Why not, as far as is told; null where it is valid.</param>
public sealed record VoucherAnswer(bool Valid, string? VoucherId, decimal? VoucherAmount, string? Error);

/// <summary>Asks whether a code can be redeemed. Says nothing of vouchers that are somebody else's: they are answered as if they were not there.</summary>
public sealed class ValidateVoucher(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>Asks.</summary>
    public async Task<Outcome<VoucherAnswer>> RunAsync(Caller caller, string? slug, Outcome<(string Email, string Code)> form, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await OwnOrganization.FindAsync(store, caller, slug, Permission, cancel)).ThenAsync(found => form.ThenAsync<VoucherAnswer>(async asked =>
        {
            var (organization, code) = (found.Organization, Voucher.Normalise(asked.Code) ?? "");
            var row = await store.Vouchers.FirstOrDefaultAsync(voucher => voucher.Code == code, cancel);
            if (row is null)
            {
                return No(RedeemVoucher.NotRedeemable);
            }

            if (await store.VoucherRedemptions.AnyAsync(use => use.VoucherId == row.Id && use.OrganizationId == organization.Id, cancel))
            {
                return No(RedeemVoucher.Redeemed);
            }

            var redeemed = await store.VoucherRedemptions.CountAsync(use => use.VoucherId == row.Id, cancel);
            var voucher = VoucherQueries.Of(row);
            return organization.PayerId is null && !organization.Disabled && voucher.CanBeRedeemed(new(organization.Id), organization.Money, asked.Email, redeemed, Instant.Now(clock))
                ? new Outcome<VoucherAnswer>.Done(new VoucherAnswer(true, voucher.Id, voucher.Amount.Units, null))
                : No(RedeemVoucher.NotRedeemable);
        }));
    }

    private static Outcome<VoucherAnswer>.Done No(string why) => new(new VoucherAnswer(false, null, null, why));
}
