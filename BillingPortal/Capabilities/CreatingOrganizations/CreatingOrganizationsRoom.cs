namespace BillingPortal.Capabilities.CreatingOrganizations;

/// <summary>Puts the room into the application.</summary>
public static class CreatingOrganizationsRoom
{
    /// <summary>Adds its command.</summary>
    public static IServiceCollection AddCreatingOrganizations(this IServiceCollection services) => services.AddSingleton<CreateOrganization>();
}
