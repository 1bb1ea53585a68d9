using Quartz;

namespace BillingPortal.Store.Scheduling;

/// <summary>
/// What wakes by the clock. A job only wakes: what is due stands in rows, and whoever works on them claims them there, so that neither a
/// second node nor a second firing does anything twice. On PostgreSQL the schedule is in the store and one node of however many is woken
/// for each firing; on SQLite, which is one node, it is in memory.
/// </summary>
public static class Jobs
{
    private const string Group = "portal";

    /// <summary>By when a node has surely started: a schedule that begins in the past would be moved off its instants.</summary>
    private static readonly TimeSpan Starting = TimeSpan.FromSeconds(5);

    /// <summary>Adds the scheduler, which begins with the portal; verbs never start one, nor does a node with <c>Jobs:Enabled=false</c>.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        var database = DatabaseOptions.From(configuration);
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => (scheduler.InstanceName, scheduler.GenerateInstanceId) = ("billing-portal", true));
            if (database.Provider is DatabaseProvider.Postgres)
            {
                quartz.UsePersistentStore(store =>
                {
                    store.UsePostgres(database.ConnectionString);
                    store.UseSystemTextJsonSerializer(_ => { });
                    store.UseClustering(_ => { });
                    store.ProvisionSchema();
                });
            }
        });

        // A node that starts later, or again, takes the schedule as it runs in place of firing everything anew.
        services.Configure<QuartzOptions>(options => options.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true);
        if (configuration.GetValue("Jobs:Enabled", defaultValue: true))
        {
            services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = false);
        }

        return services;
    }

    /// <summary>Wakes <typeparamref name="T"/> at every whole multiple of <paramref name="every"/>: on every node the same instants. A firing missed is left out.</summary>
    public static IServiceCollection AddRepeatingJob<T>(this IServiceCollection services, TimeSpan every)
        where T : class, IJob =>
        services.AddJob<T>((provider, trigger) =>
        {
            var ready = (provider.GetRequiredService<TimeProvider>().GetUtcNow() + Starting).UtcTicks;
            trigger.StartAt(new DateTimeOffset(ready - (ready % every.Ticks) + every.Ticks, TimeSpan.Zero)).WithSchedule(SimpleScheduleBuilder.Create()
                .WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount));
        });

    /// <summary>Wakes <typeparamref name="T"/> every day at <paramref name="time"/> UTC; as soon as a node is there where none was.</summary>
    public static IServiceCollection AddDailyJob<T>(this IServiceCollection services, TimeOnly time)
        where T : class, IJob =>
        services.AddJob<T>((_, trigger) => trigger.WithSchedule(CronScheduleBuilder.Create(FormattableString.Invariant($"0 {time.Minute} {time.Hour} * * ?")).InTimeZone(TimeZoneInfo.Utc)));

    private static IServiceCollection AddJob<T>(this IServiceCollection services, Action<IServiceProvider, ITriggerConfigurator<T>> schedule)
        where T : class, IJob
    {
        var key = new JobKey(typeof(T).Name, Group);
        return services.AddQuartz(quartz =>
        {
            quartz.AddJob<T>(job => job.WithIdentity(key).DisallowConcurrentExecution());
            quartz.AddTrigger<T>((provider, trigger) => schedule(provider, trigger.ForJob(key).WithIdentity(key.Name, Group)));
        });
    }
}
