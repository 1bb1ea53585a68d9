namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>What the room adds to the container.</summary>
public static class BillingConfigurationsRoom
{
    /// <summary>Adds its commands and queries.</summary>
    public static IServiceCollection AddBillingConfigurations(this IServiceCollection services) => services
        .AddSingleton<GetBillingConfiguration>().AddSingleton<ConfiguringBilling>().AddSingleton<GetConfigurationHistory>().AddSingleton<ListBillingPeriods>().AddSingleton<LookUp>();
}
