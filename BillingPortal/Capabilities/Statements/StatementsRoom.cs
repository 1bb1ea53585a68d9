namespace BillingPortal.Capabilities.Statements;

/// <summary>What the room adds to the container.</summary>
public static class StatementsRoom
{
    /// <summary>Adds its query.</summary>
    public static IServiceCollection AddStatements(this IServiceCollection services) => services.AddSingleton<GetStatement>();
}
