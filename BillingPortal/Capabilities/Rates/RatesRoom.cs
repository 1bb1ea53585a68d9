namespace BillingPortal.Capabilities.Rates;

/// <summary>Puts the room into the container.</summary>
public static class RatesRoom
{
    /// <summary>Adds its commands and queries.</summary>
    public static IServiceCollection AddRates(this IServiceCollection services) => services
        .AddSingleton<ChangingCustomRates>().AddSingleton<ChangingAllowances>().AddSingleton<ListRates>()
        .AddSingleton<GetRates>().AddSingleton<ListTariffs>().AddSingleton<ManagingTariffs>();
}
