using BillingPortal.Store;
using BillingPortal.Store.Auditing;
using BillingPortal.Store.Invoicing;
using BillingPortal.Store.Scheduling;
using BillingPortal.Store.Rating;
using BillingPortal.Store.Usage;
using BillingPortal.Web.CommandLine;

namespace BillingPortal.Capabilities.Auditing;

/// <summary>What the room adds to the container.</summary>
public static class AuditingRoom
{
    /// <summary>Adds the checks, the night's schedule and the verb.</summary>
    public static IServiceCollection AddAuditing(this IServiceCollection services)
    {
        services.AddSingleton<GetTrialBalance>().AddSingleton<CheckLaws>().AddSingleton<LawChecking>();
        services.AddSingleton<LedgerAudit>().AddSingleton<HeadPublication>().AddSingleton<ILaw, CarryLaw>().AddSingleton<ILaw, RatingLaw>().AddSingleton<ILaw, WindowLaw>().AddSingleton<ILaw, LateUsageLaw>().AddSingleton<ILaw, InvoiceLaw>();
        services.AddScoped<IVerb, VerifyVerb>();
        services.AddDailyJob<NightlyCheck>(NightlyCheck.Time);
        return services;
    }
}
