using BillingPortal.Store.Scheduling;
using BillingPortal.Web.Searching;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>Puts the room into the application.</summary>
public static class BillingDetailsRoom
{
    /// <summary>Adds its commands, queries and job.</summary>
    public static IServiceCollection AddBillingDetails(this IServiceCollection services)
    {
        services.AddSingleton<ChangeDetails>().AddSingleton<GetDetailsSheet>().AddSingleton<CheckTaxNumber>().AddSingleton<TaxNumberChecks>().AddSingleton<VerifyTaxNumbers>();
        services.AddSingleton<ListExternalOrganizations>().AddSingleton<CreateExternalOrganization>().AddSingleton<GetBillingInformation>().AddSingleton<FindTaxNumbers>();
        services.AddScoped<ISearchSource, TaxNumberSearch>();
        services.AddRepeatingJob<TaxNumberRound>(TaxNumberRound.Every);
        return services;
    }
}
