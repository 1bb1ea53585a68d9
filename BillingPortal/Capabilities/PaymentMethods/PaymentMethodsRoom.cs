using BillingPortal.Web.Searching;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>An organization's cards: listed, added at the provider, chosen for recharges, removed.</summary>
public static class PaymentMethodsRoom
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddPaymentMethods(this IServiceCollection services)
    {
        services.AddSingleton<ListCards>().AddSingleton<AddingCard>().AddSingleton<ChangingCard>().AddSingleton<FindCards>().AddSingleton<CardsOfOwn>().AddSingleton<BeginningIntent>();
        services.AddScoped<ISearchSource, CardSearch>();
        return services;
    }
}
