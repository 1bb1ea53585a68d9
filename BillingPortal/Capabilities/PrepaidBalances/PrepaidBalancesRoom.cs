namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>What the room adds to the container.</summary>
public static class PrepaidBalancesRoom
{
    /// <summary>Adds its commands and queries.</summary>
    public static IServiceCollection AddPrepaidBalances(this IServiceCollection services) => services
        .AddSingleton<GetPrepaidBalance>().AddSingleton<AddingToBalance>().AddSingleton<ResettingBalance>().AddSingleton<ListBalanceTransactions>().AddSingleton<LookUpPrepaid>();
}
