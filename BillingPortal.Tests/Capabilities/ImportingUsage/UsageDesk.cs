using System.Globalization;
using BillingPortal.Capabilities.ImportingUsage;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using BillingPortal.Store.Usage;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

/// <summary>The room of usage imports on a test's database, with the words that its tests speak.</summary>
internal sealed class UsageDesk : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public UsageDesk(TestDatabase database)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(database.Configuration).Build());
        services.AddLogging();
        services.AddStore();
        services.AddImportingUsage();
        services.AddSingleton<TimeProvider>(Clock);
        _services = services.BuildServiceProvider();
    }

    public static Actor Operator { get; } = Actor.System("command-line");

    /// <summary>After the sample's last charge, and always the same.</summary>
    public FakeClock Clock { get; } = new();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<UsageImport> StageAsync(Stream file) => Get<UsageIntake>().StageAsync(Operator, "usage.csv", file, null, TestContext.Current.CancellationToken);

    public Task<UsageImport> StageAsync(params string[] rows) => StageAsync(FocusFile.Stream(FocusFile.Text(rows)));

    public Task<Outcome<UsageImport>> PublishAsync(UsageImport staged, bool replace = false, Agreement agreement = default) =>
        Get<UsageIntake>().PublishAsync(Operator, staged.Id, agreement, replace, TestContext.Current.CancellationToken);

    /// <summary>Stages and publishes where there is something to publish.</summary>
    public async Task<UsageImport> ImportAsync(Stream file, bool replace = false)
    {
        var staged = await StageAsync(file);
        return staged.State == UsageImportState.Staged ? (await PublishAsync(staged, replace)).ShouldBeOfType<Outcome<UsageImport>.Done>().Value : staged;
    }

    public Task<UsageImport> ImportAsync(params string[] rows) => ImportAsync(FocusFile.Stream(FocusFile.Text(rows)));

    public async Task<T> ReadAsync<T>(Func<BillingStore, Task<T>> query)
    {
        await using var store = await Get<IDbContextFactory<BillingStore>>().CreateDbContextAsync();
        return await query(store);
    }

    public Task<long> CountAsync(string table) => ReadAsync(async store =>
    {
        await store.Database.OpenConnectionAsync();
        await using var count = store.Database.GetDbConnection().CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM " + table;
        return Convert.ToInt64(await count.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    });

    public Task<int> ExecuteAsync(FormattableString sql) => ReadAsync(store => store.Database.ExecuteSqlInterpolatedAsync(sql));

    /// <summary>What is posted plus what is carried, over everything ever imported.</summary>
    public async Task<ExactAmount> PostedAndCarriedAsync()
    {
        var posted = await ReadAsync(store => store.Accounts.Where(a => a.Kind == (int)AccountKind.Revenue).SumAsync(a => a.Balance));
        var carries = await ReadAsync(store => store.Database.SqlQuery<string>($"SELECT carried AS \"Value\" FROM usage_carry").ToListAsync());
        return carries.Aggregate(ExactAmount.FromMicros(posted), (sum, carry) => sum + ExactAmount.Parse(carry));
    }

    /// <summary>Nothing that was ever visible has come of it.</summary>
    public async Task ShouldBeEmptyAsync()
    {
        foreach (var table in new[] { "organization", "ledger_head", "journal_entry", "posting", "usage_delivered", "usage_carry", "usage_delivery", "usage_row", "usage_group" })
        {
            (await CountAsync(table)).ShouldBe(0, table);
        }
    }

    public async Task<Caller> PersonAsync(string? platformRole)
    {
        var user = new BillingUser { UserName = platformRole ?? "nobody", PlatformRole = platformRole };
        await ReadAsync(store =>
        {
            store.Users.Add(user);
            return store.SaveChangesAsync();
        });
        return new Caller(user.Id, "page");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
