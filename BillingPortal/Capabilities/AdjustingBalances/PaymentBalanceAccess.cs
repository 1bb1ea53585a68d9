using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>Who reaches contract 2's route, and which organizations it can show.</summary>
internal static class PaymentBalanceAccess
{
    /// <summary>
    /// The organization, for platform staff alone. An organization's own people may know of it, so they are told 403; of another's they are told
    /// 404.
    /// </summary>
    public static async Task<Outcome<Organization>> ReachAsync(BillingStore store, Caller caller, Guid uuid, Permission permission, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        return access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == uuid, cancel), permission).Then<Organization>(
            organization => access.MayOnPlatform(permission)
                ? new Outcome<Organization>.Done(organization)
                : new Outcome<Organization>.Refused(new Refusal(RefusalCode.Forbidden, "This route is for platform staff.")));
    }

    /// <summary>The refusal where the organization keeps another currency than the contract's.</summary>
    public static Refusal? Unsupported(Organization organization) => organization.Money == Currency.Usd
        ? null
        : new Refusal(RefusalCode.CurrencyNotSupported, $"This route speaks USD; the organization keeps {organization.Currency}.");
}
