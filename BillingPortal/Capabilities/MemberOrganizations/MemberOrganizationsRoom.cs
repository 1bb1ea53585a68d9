namespace BillingPortal.Capabilities.MemberOrganizations;

/// <summary>Puts the room into the application.</summary>
public static class MemberOrganizationsRoom
{
    /// <summary>Adds its command and query.</summary>
    public static IServiceCollection AddMemberOrganizations(this IServiceCollection services) =>
        services.AddSingleton<GetMemberOrganizations>().AddSingleton<ChangeMemberOrganization>();
}
