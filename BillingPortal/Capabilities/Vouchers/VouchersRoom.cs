namespace BillingPortal.Capabilities.Vouchers;

/// <summary>Vouchers: issued, listed and withdrawn by finance, validated by programs, redeemed for an organization.</summary>
public static class VouchersRoom
{
    /// <summary>Adds its commands and queries.</summary>
    public static IServiceCollection AddVouchers(this IServiceCollection services) =>
        services.AddSingleton<IssuingVoucher>().AddSingleton<ListVouchers>().AddSingleton<RedeemingVoucher>().AddSingleton<ValidateVoucher>();
}
