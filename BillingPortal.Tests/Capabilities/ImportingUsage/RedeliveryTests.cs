using BillingPortal.Capabilities.ImportingUsage;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Usage;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

public sealed class RedeliveryTests(TestDatabases databases)
{
    private static readonly string[] September = [FocusFile.Row(cost: "10"), FocusFile.Row(cost: "20", service: "EC2"), FocusFile.Row(cost: "5", sub: "12")];
    private static readonly string[] Corrected = [FocusFile.Row(cost: "10"), FocusFile.Row(cost: "17.5", service: "EC2")];

    [Theory]
    [BothDatabases]
    public async Task A_month_delivered_again_with_other_figures_is_replaced_only_when_asked(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await desk.ImportAsync(September);
        var staged = await desk.StageAsync(Corrected);

        var refused = (await desk.PublishAsync(staged)).ShouldBeOfType<Outcome<UsageImport>.Refused>();
        refused.Refusal.Code.ShouldBe(RefusalCode.WouldReplace);
        (await desk.CountAsync("journal_entry")).ShouldBe(3);

        var replaced = (await desk.PublishAsync(staged, replace: true)).ShouldBeOfType<Outcome<UsageImport>.Done>().Value;
        (replaced.Summary.Entries, replaced.Summary.Sums[0].Posted).ShouldBe((2, "-7.5"));
        (await desk.PostedAndCarriedAsync()).ToString().ShouldBe("27.5");
        var differences = await desk.ReadAsync(store => store.Entries.Where(e => e.Reason == ReasonCode.UsageRedelivered.Code).ToListAsync());
        differences.Select(e => (e.Kind, e.NetAmount)).ShouldBe([((int)EntryKind.ChargeCredit, 2_500_000), ((int)EntryKind.ChargeCredit, 5_000_000)], ignoreOrder: true);
        (await desk.ReadAsync(store => store.Accounts.Where(a => a.Kind == (int)AccountKind.Cash).CountAsync())).ShouldBe(0);
    }

    [Theory]
    [BothDatabases]
    public async Task Going_back_to_the_first_delivery_returns_every_balance(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await desk.ImportAsync(September);
        var before = await desk.ReadAsync(store => store.Accounts.OrderBy(a => a.OrganizationId).ThenBy(a => a.Account).Select(a => a.Balance).ToListAsync());
        await desk.ImportAsync(FocusFile.Stream(FocusFile.Text(Corrected)), replace: true);
        await desk.ImportAsync(FocusFile.Stream(FocusFile.Text(September)), replace: true);

        (await desk.ReadAsync(store => store.Accounts.OrderBy(a => a.OrganizationId).ThenBy(a => a.Account).Select(a => a.Balance).ToListAsync())).ShouldBe(before);
    }

    [Theory]
    [BothDatabases]
    public async Task What_was_shown_is_published_or_nothing_is(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        var finance = await desk.PersonAsync("FINANCE");
        await desk.ImportAsync(September);
        var staged = await desk.StageAsync(Corrected);
        var preview = (await desk.Get<PreviewUsage>().RunAsync(finance, staged.Id, CancellationToken.None)).ShouldBeOfType<Outcome<UsagePreview>.Done>().Value;
        preview.Changes.Select(change => (change.Name, change.Posted.Micros)).ShouldBe([("Atlas", -5_000_000), ("Atlas", -2_500_000)]);
        preview.Summary.Replaced.ShouldBe(["AWS 1000 2024-09"]);

        await desk.ImportAsync(FocusFile.Stream(FocusFile.Text(FocusFile.Row(cost: "11"))), replace: true);
        (await desk.Get<PublishUsage>().RunAsync(finance, preview, CancellationToken.None)).ShouldBeOfType<Outcome<UsageImport>.Stale>();

        var fresh = (await desk.Get<PreviewUsage>().RunAsync(finance, staged.Id, CancellationToken.None)).ShouldBeOfType<Outcome<UsagePreview>.Done>().Value;
        desk.Clock.Advance(Agreement.Validity + TimeSpan.FromSeconds(1));
        (await desk.Get<PublishUsage>().RunAsync(finance, fresh, CancellationToken.None)).ShouldBeOfType<Outcome<UsageImport>.Stale>();

        var last = (await desk.Get<PreviewUsage>().RunAsync(finance, staged.Id, CancellationToken.None)).ShouldBeOfType<Outcome<UsagePreview>.Done>().Value;
        (await desk.Get<PublishUsage>().RunAsync(finance, last, CancellationToken.None)).ShouldBeOfType<Outcome<UsageImport>.Done>();
        (await desk.PostedAndCarriedAsync()).ToString().ShouldBe("27.5");
    }

    [Theory]
    [BothDatabases]
    public async Task An_organization_keeps_the_currency_of_its_first_import(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await desk.ImportAsync(September);
        var refused = await desk.StageAsync(FocusFile.Row(currency: "EUR", period: "2024-10-01"));

        refused.State.ShouldBe(UsageImportState.Refused);
        (await desk.Get<UsageImports>().ErrorsAsync(refused.Id, 10, CancellationToken.None)).ShouldHaveSingleItem().Reason.ShouldContain("keeps USD");
    }

    [Theory]
    [BothDatabases]
    public async Task A_closed_month_takes_no_difference_the_next_open_one_does(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await desk.ImportAsync(September);
        var october = Instant.From(new(2024, 10, 1, 0, 0, 0, TimeSpan.Zero)).Micros;
        await desk.ExecuteAsync($"UPDATE organization SET closed_until = {october}");
        await desk.ImportAsync(FocusFile.Stream(FocusFile.Text(Corrected)), replace: true);

        var differences = await desk.ReadAsync(store => store.Entries.Where(e => e.Reason == ReasonCode.UsageRedelivered.Code).ToListAsync());
        differences.Count.ShouldBe(2);
        differences.ShouldAllBe(e => e.Period == 202410 && e.EffectiveAt == october);
    }
}
