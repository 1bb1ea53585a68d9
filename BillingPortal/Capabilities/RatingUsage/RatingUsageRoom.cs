namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>Puts the room into the container.</summary>
public static class RatingUsageRoom
{
    /// <summary>Adds its commands and queries.</summary>
    public static IServiceCollection AddRatingUsage(this IServiceCollection services) =>
        services.AddSingleton<ReportUsage>().AddSingleton<GetRatedUsage>().AddSingleton<ListUsage>().AddSingleton<RatingAgain>();
}
