using BillingPortal.Store;
using BillingPortal.Store.Auditing;
using BillingPortal.Store.Usage;
using BillingPortal.Web.CommandLine;
using Quartz;

namespace BillingPortal.Capabilities.Auditing;

/// <summary>What the room adds to the container.</summary>
public static class AuditingRoom
{
    /// <summary>Adds the checks, the night's schedule and the verb.</summary>
    public static IServiceCollection AddAuditing(this IServiceCollection services)
    {
        services.AddSingleton<GetTrialBalance>().AddSingleton<CheckLaws>().AddSingleton<LawChecking>();
        services.AddSingleton<LedgerAudit>().AddSingleton<HeadPublication>().AddSingleton<ILaw, CarryLaw>();
        services.AddScoped<IVerb, VerifyVerb>();
        services.AddQuartz(quartz =>
        {
            quartz.AddJob<NightlyCheck>(job => job.WithIdentity(NightlyCheck.Key));
            quartz.AddTrigger(trigger => trigger.ForJob(NightlyCheck.Key).WithIdentity("nightly-check", "auditing")
                .WithCronSchedule(NightlyCheck.Schedule, cron => cron.InTimeZone(TimeZoneInfo.Utc)));
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = false);
        return services;
    }
}
