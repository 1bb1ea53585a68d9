namespace BillingPortal.Capabilities.TakingPaymentNews;

/// <summary>What payment providers tell by webhook.</summary>
public static class PaymentNewsRoom
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddPaymentNews(this IServiceCollection services)
    {
        services.AddSingleton<TakePaymentNews>().AddSingleton<PaymentNewsDoor>().AddHostedService<SandboxDelivery>();
        return services;
    }
}
