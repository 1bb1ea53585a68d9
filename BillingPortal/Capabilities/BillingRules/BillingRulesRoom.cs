namespace BillingPortal.Capabilities.BillingRules;

/// <summary>The rules by which an organization recharges and is capped: setting them, one by one or many at once. What they caused is the room Recharges.</summary>
public static class BillingRulesRoom
{
    /// <summary>Adds the commands and queries.</summary>
    public static IServiceCollection AddBillingRules(this IServiceCollection services)
    {
        services.AddSingleton<GetBillingEditor>().AddSingleton<GetRuleHistory>().AddSingleton<SettingBillingRule>().AddSingleton<GetBulkBilling>();
        return services;
    }
}
