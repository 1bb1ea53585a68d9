using System.Collections.Concurrent;
using BillingPortal.Store;
using BillingPortal.Store.Scheduling;
using BillingPortal.Tests.Setup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace BillingPortal.Tests.Store.Scheduling;

public sealed class JobsTests(TestDatabases databases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_nodes_on_postgresql_wake_a_job_once_for_each_firing()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Postgres);
        var rings = new Rings(enough: 4);
        using var one = Node(database, rings);
        using var other = Node(database, rings);
        await Task.WhenAll(one.StartAsync(), other.StartAsync());
        await rings.Enough.WaitAsync(Patience);
        (await NodesAsync(database)).ShouldBe(2);
        await Task.WhenAll(one.StopAsync(), other.StopAsync());

        rings.Firings.Count.ShouldBeGreaterThanOrEqualTo(4);
        rings.Firings.ShouldBeUnique();
    }

    [Fact]
    public async Task A_node_on_sqlite_wakes_its_jobs_by_itself()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        var rings = new Rings(enough: 2);
        using var node = Node(database, rings);
        await node.StartAsync();
        await rings.Enough.WaitAsync(Patience);
        await node.StopAsync();
        rings.Firings.ShouldBeUnique();
    }

    [Fact]
    public async Task Neither_a_verb_nor_a_node_without_jobs_starts_a_scheduler()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Postgres);
        (await VerbRun.OfAsync(database, "", "migrate")).Code.ShouldBe(0);
        using (var node = Node(database, new Rings(enough: 1), ("Jobs:Enabled", "false")))
        {
            await node.StartAsync();
            await node.StopAsync();
        }

        await using var connection = await database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_tables WHERE tablename ILIKE 'qrtz%'";
        (await command.ExecuteScalarAsync()).ShouldBe(0L);
    }

    private static IHost Node(TestDatabase database, Rings rings, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(database.Configuration.Concat(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))));
        builder.Services.AddStore().AddSingleton(rings).AddJobs(builder.Configuration).AddRepeatingJob<Ring>(TimeSpan.FromSeconds(1));
        return builder.Build();
    }

    private static async Task<long> NodesAsync(TestDatabase database)
    {
        await using var connection = await database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM qrtz_scheduler_state";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What was rung, and the signal that it is enough.</summary>
    private sealed class Rings(int enough)
    {
        private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<DateTimeOffset> Firings { get; } = new();

        public Task Enough => _enough.Task;

        public void Add(DateTimeOffset firing)
        {
            Firings.Enqueue(firing);
            if (Firings.Count >= enough)
            {
                _enough.TrySetResult();
            }
        }
    }

    private sealed class Ring(Rings rings) : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            rings.Add(context.ScheduledFireTimeUtc!.Value);
            return ValueTask.CompletedTask;
        }
    }
}
