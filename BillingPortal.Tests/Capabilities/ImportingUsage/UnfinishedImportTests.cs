using System.Globalization;
using BillingPortal.Capabilities.ImportingUsage;
using BillingPortal.Domain;
using BillingPortal.Store.Usage;
using BillingPortal.Tests.Setup;
using Shouldly;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

public sealed class UnfinishedImportTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task A_file_with_errors_imports_nothing_and_keeps_its_report(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        var import = await desk.StageAsync([.. Enumerable.Repeat(FocusFile.Row(), 500), FocusFile.Row(cost: "=1+1"), FocusFile.Row(currency: "XXX")]);

        (import.State, import.Summary.Errors).ShouldBe((UsageImportState.Refused, 2));
        var errors = await desk.Get<UsageImports>().ErrorsAsync(import.Id, 10, CancellationToken.None);
        UsageImportEndpoints.Report(errors).Split("\r\n")[1].ShouldStartWith("502,BilledCost,'=1+1,");
        await desk.ShouldBeEmptyAsync();
        (await desk.PublishAsync(import)).ShouldBeOfType<Outcome<UsageImport>.Refused>();
    }

    [Theory]
    [BothDatabases]
    public async Task A_cancelled_import_leaves_nothing(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        using var cancel = new CancellationTokenSource();
        var progress = new OnProgress(read => cancel.Cancel());
        var file = FocusFile.Stream(FocusFile.Text(Enumerable.Repeat(FocusFile.Row(), 5_000)));

        await Should.ThrowAsync<OperationCanceledException>(() => desk.Get<UsageIntake>().StageAsync(UsageDesk.Operator, "usage.csv", file, progress, cancel.Token));

        (await desk.Get<UsageImports>().LatestAsync(null, 10, CancellationToken.None)).ShouldHaveSingleItem().State.ShouldBe(UsageImportState.Cancelled);
        await desk.ShouldBeEmptyAsync();
    }

    [Theory]
    [BothDatabases]
    public async Task A_staged_import_is_seen_nowhere_and_can_be_given_up(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        var staged = await desk.StageAsync(FocusFile.Row());

        staged.State.ShouldBe(UsageImportState.Staged);
        (await desk.CountAsync("organization") + await desk.CountAsync("journal_entry")).ShouldBe(0);
        await desk.Get<UsageIntake>().CancelAsync(staged.Id, CancellationToken.None);
        await desk.ShouldBeEmptyAsync();
    }

    [Theory]
    [BothDatabases]
    public async Task What_a_killed_reader_left_is_cleared_at_the_next_start(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        var import = await desk.Get<UsageStaging>().BeginAsync("usage.csv", UsageDesk.Operator, CancellationToken.None);
        var (rows, _) = await FocusFile.ReadAsync(FocusFile.Text(FocusFile.Row(), FocusFile.Row()));
        await desk.Get<UsageStaging>().AppendAsync(
            import, rows.ConvertAll(r => new StagedRow(r.Number, 1, r.Fingerprint(), r.Amount, r.ChargedAt)), new(2, 400), CancellationToken.None);

        (await desk.Get<AbandonedImports>().ClearAsync(CancellationToken.None)).ShouldBe(0);
        var killed = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}|{int.MaxValue}|1");
        await desk.ExecuteAsync($"UPDATE usage_import SET holder = {killed}");
        (await desk.Get<AbandonedImports>().ClearAsync(CancellationToken.None)).ShouldBe(1);

        (await desk.Get<UsageImports>().FindAsync(import, CancellationToken.None)).ShouldNotBeNull().State.ShouldBe(UsageImportState.Abandoned);
        await desk.ShouldBeEmptyAsync();
    }

    [Theory]
    [BothDatabases]
    public async Task A_reader_of_another_machine_may_be_silent_for_two_minutes_and_a_staged_import_waits_a_day(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await desk.Get<UsageStaging>().BeginAsync("usage.csv", UsageDesk.Operator, CancellationToken.None);
        await desk.ExecuteAsync($"UPDATE usage_import SET holder = 'elsewhere|1|1'");
        var staged = await desk.StageAsync(FocusFile.Row());

        desk.Clock.Advance(AbandonedImports.Silence);
        (await desk.Get<AbandonedImports>().ClearAsync(CancellationToken.None)).ShouldBe(0);
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        (await desk.Get<AbandonedImports>().ClearAsync(CancellationToken.None)).ShouldBe(1);
        desk.Clock.Advance(AbandonedImports.Waiting);
        (await desk.Get<AbandonedImports>().ClearAsync(CancellationToken.None)).ShouldBe(1);
        (await desk.PublishAsync(staged)).ShouldBeOfType<Outcome<UsageImport>.Refused>();
    }

    [Theory]
    [BothDatabases]
    public async Task Rows_of_a_delivery_that_was_replaced_are_cleared(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await desk.ImportAsync(FocusFile.Row(), FocusFile.Row());
        await desk.ImportAsync(FocusFile.Stream(FocusFile.Text(FocusFile.Row())), replace: true);
        (await desk.CountAsync("usage_row")).ShouldBe(3);

        await desk.Get<AbandonedImports>().ClearAsync(CancellationToken.None);
        (await desk.CountAsync("usage_row")).ShouldBe(1);
    }

    [Theory]
    [BothDatabases]
    public async Task Only_finance_imports(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        var progress = new OnProgress(_ => { });
        foreach (var role in new[] { "SUPPORT", null })
        {
            var outcome = await desk.Get<StageUsage>().RunAsync(await desk.PersonAsync(role), "usage.csv", FocusFile.Stream(FocusFile.Text(FocusFile.Row())), progress, CancellationToken.None);
            outcome.ShouldBeOfType<Outcome<UsageImport>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Forbidden);
        }

        (await desk.CountAsync("usage_import")).ShouldBe(0);
        var finance = await desk.PersonAsync("FINANCE");
        var staged = await desk.Get<StageUsage>().RunAsync(finance, "usage.csv", FocusFile.Stream(FocusFile.Text(FocusFile.Row())), progress, CancellationToken.None);
        staged.ShouldBeOfType<Outcome<UsageImport>.Done>();
    }

    /// <summary>Reports at once: <see cref="Progress{T}"/> would report later, on another thread.</summary>
    private sealed class OnProgress(Action<UsageProgress> act) : IProgress<UsageProgress>
    {
        public void Report(UsageProgress value) => act(value);
    }
}
