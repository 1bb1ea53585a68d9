namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Puts the room into the application.</summary>
public static class SubOrganizationsRoom
{
    /// <summary>Adds its commands and queries.</summary>
    public static IServiceCollection AddSubOrganizations(this IServiceCollection services) => services
        .AddSingleton<ListSubOrganizations>()
        .AddSingleton<CreateSubOrganization>()
        .AddSingleton<ChangeOrganization>()
        .AddSingleton<JoinSubOrganization>()
        .AddSingleton<SetSubOrganizationBilling>()
        .AddSingleton<GetOrganizationSettings>()
        .AddSingleton<ListMembers>()
        .AddSingleton<SetMember>()
        .AddSingleton<SetStanding>()
        .AddSingleton<UsingParentBalance>();
}
