using System.Globalization;
using System.Net;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Overviews;

/// <summary>The list as a file, over HTTP.</summary>
public sealed class OverviewExportTests(TestDatabases databases)
{
    private const string Heads = "number,uuid,slug,name,reseller,state,plan,charging_model,time_zone,currency,month,spend,balance,owed";

    [Theory]
    [BothDatabases]
    public async Task The_file_holds_exactly_what_is_filtered_in_the_lists_order(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        await using var portal = new Portal(house.Database, house.Clock);
        using var finance = await portal.VisitAsync((await portal.PersonAsync(Role.Finance)).Email);
        using var answer = await finance.GetAsync("/organizations.csv?tree=10001&sort=-balance&rows=25&after=10004.USD.1.x");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("organizations.csv");
        var lines = await LinesAsync(answer);
        lines[0].ShouldBe(Heads);
        lines.Skip(1).Select(line => line.Split(',')).Select(cells => (cells[3], cells[4], cells[5], cells[11], cells[12], cells[13])).ShouldBe(
        [
            ("Beta East", "10001", "active", "0.00", "120.00", "0.00"),
            ("Beta Cloud", "", "active", "0.00", "0.00", "0.00"),
            ("Beta West", "10001", "blocked", "5.00", "-5.00", "0.00"),
        ]);
    }

    [Theory]
    [BothDatabases]
    public async Task More_organizations_than_one_part_has_are_all_there_once(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        for (var n = 0; n < 1_005; n++)
        {
            await house.Ledger.OrganizationAsync(name: "Many " + n.ToString("0000", CultureInfo.InvariantCulture));
        }

        await using var portal = new Portal(house.Database, house.Clock);
        using var support = await portal.VisitAsync((await portal.PersonAsync(Role.Support)).Email);
        using var answer = await support.GetAsync("/organizations.csv?q=many");
        var names = (await LinesAsync(answer)).Skip(1).Select(line => line.Split(',')[3]).ToList();
        names.Count.ShouldBe(1_005);
        names.ShouldBe(names.Distinct().Order(StringComparer.Ordinal));
        (await house.TotalsAsync(house.Support, new() { Text = "many" })).IsWhole.ShouldBeFalse();
        (await house.TotalsAsync(house.Support, new() { Text = "many" })).Currencies.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_a_spreadsheet_would_run_is_made_harmless()
    {
        await using var house = await House.WithTreesAsync(databases, DatabaseKind.Sqlite);
        await house.Ledger.OrganizationAsync(name: "=HYPERLINK(\"x\"), Inc");
        await using var portal = new Portal(house.Database, house.Clock);
        using var finance = await portal.VisitAsync((await portal.PersonAsync(Role.Finance)).Email);
        using var answer = await finance.GetAsync("/organizations.csv?q=%3D");
        (await LinesAsync(answer))[1].ShouldContain(",\"'=HYPERLINK(\"\"x\"\"), Inc\",");
    }

    [Fact]
    public async Task A_reseller_exports_its_tree_and_who_sees_nothing_gets_nothing()
    {
        await using var house = await House.WithTreesAsync(databases, DatabaseKind.Sqlite);
        await using var portal = new Portal(house.Database, house.Clock);
        using var reseller = await portal.VisitAsync((await portal.PersonAsync(null, (new OrganizationId(house.Beta), Role.Admin))).Email);
        using var answer = await reseller.GetAsync("/organizations.csv");
        (await LinesAsync(answer)).Skip(1).Select(line => line.Split(',')[3]).ShouldBe(["Beta Cloud", "Beta East", "Beta West"]);
        using var outsider = await portal.VisitAsync((await portal.PersonAsync()).Email);
        (await outsider.StatusAsync("/organizations.csv")).ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = portal.Visit();
        (await nobody.StatusAsync("/organizations.csv")).ShouldNotBe(HttpStatusCode.OK);
    }

    private static async Task<string[]> LinesAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
