namespace BillingPortal.Capabilities.Recharging;

/// <summary>What the room adds to the container.</summary>
public static class RechargingRoom
{
    /// <summary>Adds the commands and queries.</summary>
    public static IServiceCollection AddRecharging(this IServiceCollection services)
    {
        services.AddSingleton<GetBillingEditor>().AddSingleton<GetRuleHistory>().AddSingleton<SettingBillingRule>().AddSingleton<GetBulkBilling>();
        return services;
    }
}
