namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>What the room adds to the container.</summary>
public static class ClosingMonthsRoom
{
    /// <summary>Adds its commands, queries and the run of this process.</summary>
    public static IServiceCollection AddClosingMonths(this IServiceCollection services)
    {
        services.AddSingleton<PreviewingMonth>().AddSingleton<CommittingMonth>().AddSingleton<MonthWork>();
        services.AddSingleton<GetMonthChecklist>().AddSingleton<GetJournalSummary>();
        services.AddSingleton<GetPeriods>().AddSingleton<ReopeningPeriod>();
        return services;
    }
}
