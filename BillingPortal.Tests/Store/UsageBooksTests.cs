using BillingPortal.Store.Usage;
using BillingPortal.Tests.Capabilities.ImportingUsage;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace BillingPortal.Tests.Store;

public sealed class UsageBooksTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task Carries_are_recomputed_and_one_that_was_touched_is_named(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var desk = new UsageDesk(database);
        await desk.ImportAsync(FocusFile.Row(cost: "1.0000014"), FocusFile.Row(cost: "-0.0000007", service: "EC2"), FocusFile.Row(cost: "2.25", service: "EC2", sub: "12"));
        await desk.ImportAsync(FocusFile.Stream(FocusFile.Text(FocusFile.Row(cost: "0.3333333"), FocusFile.Row(cost: "7", sub: "13"))), replace: true);
        (await BreaksAsync(desk)).ShouldAllBe(found => found == null);

        await desk.ExecuteAsync($"UPDATE usage_carry SET carried = '0.0000009' WHERE service = 'S3' AND carried <> '0'");
        (await BreaksAsync(desk)).Where(found => found is not null).ShouldHaveSingleItem()
            .ShouldBe("S3: delivered 0.3333333, but posted 0.333333 and carried 0.0000009 make 0.3333339");

        await desk.ExecuteAsync($"UPDATE usage_carry SET carried = 'x' WHERE service = 'S3'");
        (await BreaksAsync(desk)).ShouldContain("'x' is not an exact amount.");
    }

    private static Task<List<string?>> BreaksAsync(UsageDesk desk) => desk.ReadAsync(async store =>
    {
        await store.Database.OpenConnectionAsync();
        var breaks = new List<string?>();
        foreach (var id in await store.Organizations.OrderBy(o => o.Id).Select(o => o.Id).ToListAsync())
        {
            breaks.Add(await UsageBooks.FindBreakAsync(store.Database.GetDbConnection(), id));
        }

        return breaks;
    });
}
