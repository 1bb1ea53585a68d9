using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Usage;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

/// <summary>Imported usage of organizations that use their reseller's balance.</summary>
public sealed class ConsumerImportTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task It_is_posted_in_the_payers_ledger_under_each_consumer(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await using var ledger = new Ledger(database, desk.Clock);
        var (bird, atlas, borea) = await BeginAsync(desk, ledger);

        await desk.ImportAsync(FocusFile.Row(cost: "10.0000004", period: "2024-10-01", charge: "2024-10-02"), FocusFile.Row(cost: "4", sub: "12", subName: "Borea", period: "2024-10-01", charge: "2024-10-02"),
            FocusFile.Row(cost: "2", sub: "NULL", period: "2024-10-01", charge: "2024-10-02"));

        var posted = await EntriesAsync(desk, bird, 202410);
        posted.Select(entry => (entry.Service, entry.NetAmount)).ShouldBe([("S3", -2_000_000), ("S3", -10_000_000), ("S3", -4_000_000)], ignoreOrder: true);
        (await RevenueAsync(desk, atlas), await RevenueAsync(desk, borea)).ShouldBe((10_000_000, 4_000_000));
        (await desk.ReadAsync(store => store.Entries.CountAsync(entry => entry.OrganizationId == atlas.Value && entry.Period == 202410))).ShouldBe(0);
        (await desk.PostedAndCarriedAsync()).ToString().ShouldBe("21.0000004");
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task What_is_taken_back_gives_back_only_that_consumers_draws(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await using var ledger = new Ledger(database, desk.Clock);
        var (bird, atlas, borea) = await BeginAsync(desk, ledger);
        await ledger.DoneAsync(ledger.Adjust(bird, new Adjustment.Add(AccountKind.Promotional, Ledger.Micros(6))));
        await desk.ImportAsync(FocusFile.Row(cost: "6", period: "2024-10-01", charge: "2024-10-02"), FocusFile.Row(cost: "9", sub: "12", subName: "Borea", period: "2024-10-01", charge: "2024-10-02"));

        await desk.ImportAsync(FocusFile.Stream(FocusFile.Text(FocusFile.Row(cost: "6", period: "2024-10-01", charge: "2024-10-02"),
            FocusFile.Row(cost: "2", sub: "12", subName: "Borea", period: "2024-10-01", charge: "2024-10-02"))), replace: true);

        var back = (await EntriesAsync(desk, bird, 202410)).Where(entry => entry.Kind == (int)EntryKind.ChargeCredit).ShouldHaveSingleItem();
        var lines = await desk.ReadAsync(store => store.Postings.Where(posting => posting.OrganizationId == bird.Value && posting.Seq == back.Seq).ToListAsync());
        lines.Select(line => (new AccountKey(line.Account), line.Amount)).ShouldBe(
            [(AccountKey.Of(AccountKind.UnbilledReceivable), 7_000_000), (AccountKey.RevenueFrom(borea), -7_000_000)], ignoreOrder: true);
        (await RevenueAsync(desk, atlas), await RevenueAsync(desk, borea)).ShouldBe((6_000_000, 2_000_000));
        (await ledger.HeldAsync(bird, AccountKind.Promotional)).ShouldBe(0);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task What_is_taken_back_is_given_back_to_whoever_paid_for_it_last_charged_first(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await using var ledger = new Ledger(database, desk.Clock);
        await desk.ImportAsync(FocusFile.Row(cost: "3"));
        var found = await desk.ReadAsync(store => store.Organizations.ToDictionaryAsync(o => o.Name, o => new OrganizationId(o.Id)));
        var (bird, atlas) = (found["SunBird"], found["Atlas"]);
        Task RedeliverAsync(string cost) => desk.ImportAsync(FocusFile.Stream(FocusFile.Text(FocusFile.Row(cost: cost, period: "2024-10-01", charge: "2024-10-02"))), replace: true);
        async Task<(decimal Own, decimal OfPayer)> PaidAsync() => (
            (await desk.ReadAsync(store => store.Accounts.Where(account => account.OrganizationId == atlas.Value && account.Account == AccountKey.Of(AccountKind.Revenue).Value).SumAsync(account => account.Balance))) / 1_000_000m,
            await RevenueAsync(desk, atlas) / 1_000_000m);

        await RedeliverAsync("6");
        await ledger.UseParentBalanceAsync(atlas, bird);
        await RedeliverAsync("9");
        (await PaidAsync()).ShouldBe((9, 3));

        // Its payer was charged last and gets its 3 back, before it gets back what it paid itself.
        await RedeliverAsync("4");
        (await PaidAsync()).ShouldBe((7, 0));
        (await ledger.HeldAsync(atlas, AccountKind.UnbilledReceivable), await ledger.HeldAsync(bird, AccountKind.UnbilledReceivable)).ShouldBe((-7, 0));

        // What nobody paid for is the present payer's.
        await RedeliverAsync("-1.5");
        (await PaidAsync()).ShouldBe((3, -1.5m));
        (await ledger.HeldAsync(atlas, AccountKind.UnbilledReceivable), await ledger.HeldAsync(bird, AccountKind.UnbilledReceivable)).ShouldBe((-3, 1.5m));
        (await desk.PostedAndCarriedAsync()).ToString().ShouldBe("1.5");
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task A_carry_that_is_off_is_found_wherever_the_usage_was_posted(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await using var ledger = new Ledger(database, desk.Clock);
        var (_, atlas, _) = await BeginAsync(desk, ledger);
        await desk.ImportAsync(FocusFile.Row(cost: "10.0000004", period: "2024-10-01", charge: "2024-10-02"));

        await desk.ExecuteAsync($"UPDATE usage_carry SET carried = '0.0000003' WHERE organization_id = {atlas.Value}");

        var finding = await new CarryLaw(ledger.Options).CheckAsync(CancellationToken.None);
        finding.Finding.ShouldBe($"organization {atlas}, S3: delivered 13.0000004, but posted 13 and carried 0.0000003 make 13.0000003");
    }

    /// <summary>Two consumers that paid for themselves in September.</summary>
    private static async Task<(OrganizationId Bird, OrganizationId Atlas, OrganizationId Borea)> BeginAsync(UsageDesk desk, Ledger ledger)
    {
        await desk.ImportAsync(FocusFile.Row(cost: "3"), FocusFile.Row(cost: "2", sub: "12", subName: "Borea"));
        var found = await desk.ReadAsync(store => store.Organizations.ToDictionaryAsync(o => o.Name, o => new OrganizationId(o.Id)));
        await ledger.UseParentBalanceAsync(found["Atlas"], found["SunBird"]);
        await ledger.UseParentBalanceAsync(found["Borea"], found["SunBird"]);
        return (found["SunBird"], found["Atlas"], found["Borea"]);
    }

    private static Task<List<BillingPortal.Store.Rows.EntryRow>> EntriesAsync(UsageDesk desk, OrganizationId organization, int period) =>
        desk.ReadAsync(store => store.Entries.Where(entry => entry.OrganizationId == organization.Value && entry.Period == period).OrderBy(entry => entry.Seq).ToListAsync());

    private static Task<long> RevenueAsync(UsageDesk desk, OrganizationId consumer) =>
        desk.ReadAsync(store => store.Accounts.Where(account => account.Account == AccountKey.RevenueFrom(consumer).Value).SumAsync(account => account.Balance));
}
