using BillingPortal.Store.Scheduling;

namespace BillingPortal.Capabilities.BuyingCredits;

/// <summary>Buying credits: begun by a program, paid by a person on a page of this portal.</summary>
public static class BuyingCreditsRoom
{
    /// <summary>Adds its commands, query and job.</summary>
    public static IServiceCollection AddBuyingCredits(this IServiceCollection services)
    {
        services.AddSingleton<BeginningCheckout>().AddSingleton<GetCheckout>().AddSingleton<PayingCheckout>().AddSingleton<CheckoutCollection>().AddSingleton<CheckoutExecutor>();
        services.AddRepeatingJob<CheckoutRound>(CheckoutRound.Every);
        return services;
    }
}
