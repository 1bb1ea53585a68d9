using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Usage;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

public sealed class ImportTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task A_bill_is_posted_to_the_last_decimal_and_again_or_shuffled_changes_nothing(DatabaseKind kind)
    {
        foreach (var bill in SampleBill.All().Select(row => row.Data))
        {
            await using var database = await databases.CreateAsync(kind);
            await using var desk = new UsageDesk(database);
            var import = await desk.ImportAsync(bill.Open());

            ShouldBe(import, bill);
            (await desk.CountAsync("organization")).ShouldBe(bill.Resellers + bill.SubOrganizations);
            (await desk.CountAsync("journal_entry")).ShouldBe(bill.Entries);
            (await desk.PostedAndCarriedAsync()).ToString().ShouldBe(bill.Total);
            (await desk.ReadAsync(store => store.Postings.SumAsync(p => p.Amount))).ShouldBe(0);

            (await desk.ImportAsync(bill.Open())).State.ShouldBe(UsageImportState.Unchanged);
            (await desk.ImportAsync(Shuffled(bill))).State.ShouldBe(UsageImportState.Unchanged);
            (await desk.CountAsync("journal_entry")).ShouldBe(bill.Entries);
            (await desk.CountAsync("usage_row")).ShouldBe(import.Rows);
        }
    }

    [Theory]
    [BothDatabases]
    public async Task An_entry_says_for_which_month_it_is_when_it_was_last_used_and_how_it_was_reckoned(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await desk.ImportAsync(FocusFile.Row(cost: "1.0000004"), FocusFile.Row(cost: "1", charge: "2024-09-30 23:00:00"), FocusFile.Row(cost: "-2", service: "EC2", sub: "NULL"));

        var entries = await desk.ReadAsync(store => store.Entries.OrderBy(e => e.Kind).ToListAsync());
        entries.Select(e => (e.Kind, e.Service, e.Period, e.NetAmount)).ShouldBe(
            [((int)EntryKind.Charge, "S3", 202409, -2_000_000), ((int)EntryKind.ChargeCredit, "EC2", 202409, 2_000_000)]);
        entries[0].EffectiveAt.ShouldBe(Instant.From(new(2024, 9, 30, 23, 0, 0, TimeSpan.Zero)).Micros);
        entries[0].Detail.ShouldContain("\"delivered\":\"2.0000004\"");
        entries[0].Detail.ShouldContain("\"carried_out\":\"0.0000004\"");
        var reseller = await desk.ReadAsync(store => store.Organizations.SingleAsync(o => o.ParentId == null));
        (reseller.Name, reseller.Plan, reseller.ChargingModel, reseller.TimeZone, reseller.Slug).ShouldBe(("SunBird", "free", ChargingModel.Postpaid, "UTC", "sunbird"));
    }

    [Theory]
    [BothDatabases]
    public async Task Accounts_are_told_apart_by_id_and_never_by_name(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await desk.ImportAsync(
            FocusFile.Row(sub: "11", subName: "Atlas"), FocusFile.Row(sub: "12", subName: "Atlas"), FocusFile.Row(sub: "13", subName: ""),
            FocusFile.Row(account: "2000", sub: "11", subName: "Atlas"), FocusFile.Row(provider: "Oracle", sub: "11", subName: "NULL"));

        (await desk.ReadAsync(store => store.Organizations.OrderBy(o => o.Slug).Select(o => o.Slug).ToListAsync()))
            .ShouldBe(["11", "13", "atlas", "atlas-10003", "atlas-10006", "sunbird", "sunbird-10005", "sunbird-10007"], ignoreOrder: true);
    }

    [Theory]
    [BothDatabases]
    public async Task A_second_month_joins_the_first_and_takes_up_its_remainders(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await desk.ImportAsync(FocusFile.Row(cost: "0.0000014"));
        var october = await desk.ImportAsync(FocusFile.Row(cost: "0.0000012", period: "2024-10-01", charge: "2024-10-09", subName: "Renamed"));

        october.Summary.Sums.ShouldBe([new("USD", "0.000002", "-0.0000004")]);
        (october.Summary.NewOrganizations, october.Summary.Replaced.Length).ShouldBe((0, 0));
        (await desk.PostedAndCarriedAsync()).ToString().ShouldBe("0.0000026");
    }

    [Theory]
    [BothDatabases]
    public async Task Published_twice_at_once_it_is_posted_once(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await using var other = new UsageDesk(database);
        string[] rows = [FocusFile.Row(), FocusFile.Row(sub: "12", cost: "3.5"), FocusFile.Row(account: "2000")];
        var (first, second) = (await desk.StageAsync(rows), await other.StageAsync(rows));

        var outcomes = await Task.WhenAll(desk.PublishAsync(first), other.PublishAsync(second), desk.PublishAsync(first));

        outcomes.ShouldAllBe(outcome => outcome is Outcome<UsageImport>.Done);
        (await desk.CountAsync("journal_entry")).ShouldBe(3);
        (await desk.CountAsync("organization")).ShouldBe(5);
        (await desk.PostedAndCarriedAsync()).ToString().ShouldBe("5.5");
    }

    private static void ShouldBe(UsageImport import, SampleBill bill)
    {
        import.State.ShouldBe(UsageImportState.Published);
        var summary = import.Summary;
        (summary.Resellers, summary.SubOrganizations, summary.Entries, summary.OrganizationsCharged).ShouldBe((bill.Resellers, bill.SubOrganizations, bill.Entries, bill.Charged));
        summary.Sums.ShouldBe([new UsageSums("USD", bill.Posted, bill.Carried)]);
    }

    private static MemoryStream Shuffled(SampleBill bill)
    {
        using var reader = new StreamReader(bill.Open());
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = lines[1..];
        new Random(7).Shuffle(rows);
        return FocusFile.Stream(string.Join('\n', rows.Prepend(lines[0])));
    }
}
