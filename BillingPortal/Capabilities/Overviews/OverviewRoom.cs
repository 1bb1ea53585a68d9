using BillingPortal.Web.Searching;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>Puts the room into the application.</summary>
public static class OverviewRoom
{
    /// <summary>Adds its queries.</summary>
    public static IServiceCollection AddOverviews(this IServiceCollection services)
    {
        services.AddSingleton<ListOrganizations>();
        services.AddSingleton<TotalOrganizations>();
        services.AddSingleton<NameOrganization>();
        services.AddSingleton<GetOrganization>();
        services.AddSingleton<GetMonthSpend>();
        services.AddSingleton<GetAccountStory>();
        services.AddSingleton<GetLatestEntries>();
        services.AddSingleton<FindOrganizations>();
        services.AddScoped<ISearchSource, OverviewSearch>();
        return services;
    }
}
