using System.Net;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.ReadingJournal;

/// <summary>Journals as files, fetched from the portal as a browser does.</summary>
public sealed class JournalExportTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task The_file_holds_exactly_what_is_filtered_and_nothing_a_spreadsheet_would_run(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var portal = new Portal(database);
        await using var ledger = new Ledger(database);
        var (_, email) = await portal.PersonAsync(Role.Support);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.DoneAsync(ledger.Charge(acme, 30, service: "=HYPERLINK(\"x\")"));
        await ledger.DoneAsync(ledger.Charge(acme, 1.5m, service: "Compute, east"));
        await ledger.DoneAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, 1)) with { Comment = "@SUM(1)" });
        using var visitor = await portal.VisitAsync(email);

        var charges = await LinesAsync(visitor, $"/organizations/{acme}/journal/export.csv?kind=charge");
        charges.Length.ShouldBe(3);
        charges[0].ShouldStartWith("organization,entry,organization_name,effective_at");
        charges[1].ShouldContain($"{acme},3,Acme Robotics,");
        charges[1].ShouldContain(",charge,usage_requested,\"Compute, east\",");
        charges[1].ShouldContain(",USD,-1.50,68.50,");
        charges[2].ShouldContain(",\"'=HYPERLINK(\"\"x\"\")\",");
        (await LinesAsync(visitor, "/journal/export.csv?kind=adjustment"))[1].ShouldContain(",'@SUM(1),");
        (await LinesAsync(visitor, "/journal/export.csv")).Length.ShouldBe(5);
        (await LinesAsync(visitor, $"/organizations/{acme}/journal/export.journal")).ShouldContain(line => line.Contains("(10001/2) Charge", StringComparison.Ordinal));
    }

    [Theory]
    [BothDatabases]
    public async Task Nobody_fetches_another_tree_s_journal(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var portal = new Portal(database);
        await using var ledger = new Ledger(database);
        var (mine, theirs) = (await ledger.OrganizationAsync(name: "Mine"), await ledger.OrganizationAsync(name: "Theirs"));
        var (_, email) = await portal.PersonAsync(null, (mine, Role.Admin));
        using var reseller = await portal.VisitAsync(email);
        using var stranger = portal.Visit();

        foreach (var file in new[] { "export.csv", "export.journal" })
        {
            (await reseller.StatusAsync($"/organizations/{mine}/journal/{file}")).ShouldBe(HttpStatusCode.OK);
            (await reseller.StatusAsync($"/organizations/{theirs}/journal/{file}")).ShouldBe(HttpStatusCode.NotFound);
            (await reseller.StatusAsync($"/organizations/99999/journal/{file}")).ShouldBe(HttpStatusCode.NotFound);
            (await stranger.StatusAsync($"/organizations/{mine}/journal/{file}")).ShouldBe(HttpStatusCode.Redirect);
        }
    }

    [Theory]
    [BothDatabases]
    public async Task A_filter_that_cannot_be_meant_exports_nothing(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var portal = new Portal(database);
        var (_, email) = await portal.PersonAsync(Role.Finance);
        using var visitor = await portal.VisitAsync(email);

        using var answer = await visitor.GetAsync("/journal/export.csv?from=yesterday");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("“yesterday” is not a day");
    }

    private static async Task<string[]> LinesAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        return (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
