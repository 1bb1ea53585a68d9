namespace BillingPortal.Capabilities.PublishingInvoices;

/// <summary>Puts the room into the application.</summary>
public static class PublishingInvoicesRoom
{
    /// <summary>Adds its queries.</summary>
    public static IServiceCollection AddPublishingInvoices(this IServiceCollection services) =>
        services.AddSingleton<PublishedInvoices>().AddSingleton<CreditsOfOwn>().AddSingleton<BilledMonth>();
}
