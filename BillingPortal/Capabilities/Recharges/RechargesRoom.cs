using BillingPortal.Store.Scheduling;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>Recharges themselves: decided, charged, retried, settled, each with its record. The rules that cause them are set in the room BillingRules.</summary>
public static class RechargesRoom
{
    /// <summary>Adds its jobs and queries.</summary>
    public static IServiceCollection AddRecharges(this IServiceCollection services)
    {
        services.AddSingleton<ListRecharges>().AddSingleton<GetRecharge>();
        services.AddSingleton<RechargeExecutor>().AddSingleton<EndedWindows>().AddSingleton<PausedRecharges>();
        services.AddSingleton<RechargesUnderWay>().AddHostedService(provider => provider.GetRequiredService<RechargesUnderWay>());
        services.AddRepeatingJob<RechargeRound>(RechargeRound.Every);
        services.AddRepeatingJob<WindowRound>(WindowRound.Every);
        services.AddRepeatingJob<PausedRound>(PausedRound.Every);
        return services;
    }
}
