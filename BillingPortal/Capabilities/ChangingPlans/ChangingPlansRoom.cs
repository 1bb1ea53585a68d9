using BillingPortal.Store.Scheduling;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>Puts the room into the application.</summary>
public static class ChangingPlansRoom
{
    /// <summary>Adds its commands, queries and job.</summary>
    public static IServiceCollection AddChangingPlans(this IServiceCollection services)
    {
        services.AddSingleton<PlanFeeCollection>().AddSingleton<ChangingPlan>().AddSingleton<GetPlan>().AddSingleton<GetPlanStanding>().AddSingleton<ChangePlanForProgram>().AddSingleton<GetTiers>().AddSingleton<PlanClock>();
        services.AddRepeatingJob<PlanRound>(PlanRound.Every);
        return services;
    }
}
