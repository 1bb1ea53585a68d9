namespace BillingPortal.Capabilities.EditingPlans;

/// <summary>Puts the room into the application.</summary>
public static class EditingPlansRoom
{
    /// <summary>Adds its commands and query.</summary>
    public static IServiceCollection AddEditingPlans(this IServiceCollection services) =>
        services.AddSingleton<GetCatalogue>().AddSingleton<GetHolders>().AddSingleton<EditingPlan>().AddSingleton<MakingCoupon>();
}
