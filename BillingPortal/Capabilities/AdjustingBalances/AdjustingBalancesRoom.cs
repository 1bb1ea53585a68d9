namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>What the room adds to the container.</summary>
public static class AdjustingBalancesRoom
{
    /// <summary>Adds the commands.</summary>
    public static IServiceCollection AddAdjustingBalances(this IServiceCollection services)
    {
        services.AddSingleton<AdjustingBalance>();
        services.AddSingleton<GetAdjustedOrganization>();
        services.AddSingleton<GetPaymentBalance>().AddSingleton<SetPaymentBalance>();
        services.AddSingleton<UndoingEntry>();
        services.AddSingleton<FindOrganizationsToAdjust>();
        services.AddSingleton<GetEntryToUndo>();
        return services;
    }
}
