using BillingPortal.Web.CommandLine;

namespace BillingPortal.Capabilities.Auditing;

/// <summary>What the room adds to the container.</summary>
public static class AuditingRoom
{
    /// <summary>Adds the checks and the verb.</summary>
    public static IServiceCollection AddAuditing(this IServiceCollection services)
    {
        services.AddScoped<IVerb, VerifyVerb>();
        return services;
    }
}
