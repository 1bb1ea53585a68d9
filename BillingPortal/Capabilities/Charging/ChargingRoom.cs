namespace BillingPortal.Capabilities.Charging;

/// <summary>Puts the room into the container.</summary>
public static class ChargingRoom
{
    /// <summary>Adds its command and queries.</summary>
    public static IServiceCollection AddCharging(this IServiceCollection services) =>
        services.AddSingleton<RequestCharge>().AddSingleton<GetCharge>().AddSingleton<GetBalances>();
}
