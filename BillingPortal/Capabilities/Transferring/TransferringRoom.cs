namespace BillingPortal.Capabilities.Transferring;

/// <summary>What the room adds to the container.</summary>
public static class TransferringRoom
{
    /// <summary>Adds its commands and queries.</summary>
    public static IServiceCollection AddTransferring(this IServiceCollection services) => services
        .AddSingleton<TransferringBalance>().AddSingleton<UndoingTransfer>().AddSingleton<GetTransferDesk>().AddSingleton<GetTransferToUndo>();
}
