using System.Net;
using System.Security.Claims;
using System.Text;
using BillingPortal.Capabilities.Statements;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.Statements;

/// <summary>Statements as files and as a page: what was held, what happened in the order of effect, what was held then.</summary>
public sealed class StatementTests(TestDatabases databases) : WebTest
{
    private static readonly DateTimeOffset March = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private const string Days = "from=2026-03-01&to=2026-03-31";

    [Theory]
    [BothDatabases]
    public async Task A_statement_through_an_entry_stays_the_same_to_the_last_byte_whatever_is_written_later(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(March);
        await using var portal = new Portal(database, clock);
        await using var ledger = new Ledger(database, clock);
        var acme = await MarchAsync(ledger, clock);
        var (_, email) = await portal.PersonAsync(Role.Support);
        using var visitor = await portal.VisitAsync(email);

        var first = await FileAsync(visitor, $"/organizations/{acme}/statement.csv?{Days}");
        await ledger.DoneAsync(ledger.Charge(acme, 3) with { OccurredAt = Instant.From(March.AddHours(5)) });
        await ledger.DoneAsync(ledger.Charge(acme, 1));
        var again = await FileAsync(visitor, $"/organizations/{acme}/statement.csv?{Days}&through=5");
        var now = await FileAsync(visitor, $"/organizations/{acme}/statement.csv?{Days}");

        again.ShouldBe(first);
        var lines = Encoding.UTF8.GetString(first).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        lines.Skip(1).Select(cells => string.Join(' ', cells[0], cells[2], cells[10], cells[12], cells[13])).ShouldBe(
        [
            "opening  cash  100.00", "opening  value  100.00",
            "entry 2 cash -10.00 90.00", "entry 5 cash -7.00 83.00", "entry 3 cash -20.00 63.00",
            "closing 5 cash  63.00", "closing 5 value  63.00",
        ]);
        Encoding.UTF8.GetString(now).ShouldContain("\r\nentry," + acme + ",6,");
        Encoding.UTF8.GetString(now).ShouldContain("closing," + acme + ",7,2026-03-31T22:00:00.000000Z,,,,,,,cash,USD,,60.00,,");
    }

    [Theory]
    [BothDatabases]
    public async Task Its_running_balances_end_where_the_balance_as_of_its_last_moment_stands(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(March);
        var stores = new StoreOf(database);
        await using var ledger = new Ledger(database, clock);
        var acme = await MarchAsync(ledger, clock);
        var support = await stores.PersonAsync("tester", "SUPPORT");
        var statements = new GetStatement(stores, clock);

        var whole = await ViewAsync(null, 100);
        var walked = new List<StatementLine>();
        for (StatementCursor? after = null; ;)
        {
            var page = await ViewAsync(after, 1);
            walked.AddRange(page.Lines);
            after = page.Lines[^1].Cursor;
            if (!page.HasMore)
            {
                break;
            }
        }

        walked.Select(line => (line.Cursor, line.NetAfter)).ShouldBe(whole.Lines.Select(line => (line.Cursor, line.NetAfter)));
        await using var store = stores.CreateDbContext();
        var then = await BalanceReading.AsOfAsync(store, acme, new Instant(whole.Statement.Range.Until.Micros - 1), EntryTime.Effective, CancellationToken.None);
        whole.Statement.Closing.ShouldBe(then.Net);
        whole.Lines[^1].NetAfter.ShouldBe(then.Net);

        async Task<StatementView> ViewAsync(StatementCursor? after, int rows) =>
            (await statements.RunAsync(support, acme, new StatementForm("2026-03-01", "2026-03-31", null), after, rows, CancellationToken.None)).ShouldBeOfType<Outcome<StatementView>.Done>().Value;
    }

    [Fact]
    public async Task What_is_not_theirs_or_cannot_be_meant_is_no_file()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        await using var ledger = new Ledger(database);
        var (mine, theirs) = (await ledger.OrganizationAsync(name: "Mine"), await ledger.OrganizationAsync(name: "Theirs"));
        var (_, email) = await portal.PersonAsync(null, (mine, Role.Admin));
        using var reseller = await portal.VisitAsync(email);

        (await reseller.StatusAsync($"/organizations/{mine}/statement.csv")).ShouldBe(HttpStatusCode.OK);
        (await reseller.StatusAsync($"/organizations/{theirs}/statement.csv")).ShouldBe(HttpStatusCode.NotFound);
        (await reseller.StatusAsync($"/organizations/{mine}/statement.csv?from=soon")).ShouldBe(HttpStatusCode.BadRequest);
        (await reseller.StatusAsync($"/organizations/{mine}/statement.csv?through=1")).ShouldBe(HttpStatusCode.BadRequest);
        (await reseller.StatusAsync($"/organizations/{mine}/statement.csv?from=2026-03-02&to=2026-03-01")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_page_shows_both_ends_and_every_entry_and_says_through_which_entry()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        var clock = new FakeClock(March);
        await using var ledger = new Ledger(database, clock);
        var acme = await MarchAsync(ledger, clock);
        var stores = new StoreOf(database);
        var support = await stores.PersonAsync("tester", "SUPPORT");
        Services.AddSingleton<TimeProvider>(clock);
        Services.AddSingleton<IDbContextFactory<BillingStore>>(stores);
        Services.AddScoped<CurrentCaller>();
        Services.AddStatements();
        this.AddAuthorization().SetAuthorized(support.UserId).SetClaims(new Claim(ClaimTypes.NameIdentifier, support.UserId));

        var page = Page($"/organizations/{acme}/statement?{Days}&through=4");

        page.FindAll("tfoot data").Select(data => data.GetAttribute("value")).ShouldBe(["100.00", "0.00", "-30.00", "70.00"]);
        page.FindAll(".journal tbody th a").Select(a => a.TextContent).ShouldBe(["Entry 2", "Entry 3"]);
        page.Find(".note").TextContent.ShouldContain("counts entries through 4; the journal goes on to 5");
        page.Find("a[download]").GetAttribute("href").ShouldBe($"/organizations/{acme}/statement.csv?{Days}&through=4");
        Page($"/organizations/{acme}/statement?from=soon").Find(".note").TextContent.ShouldContain("“soon” is not a day");
        Page($"/organizations/{acme}/statement?from=2026-06-01").Find(".state h3").TextContent.ShouldBe("No entry took effect on these days");

        IRenderedComponent<StatementPage> Page(string address)
        {
            Services.GetRequiredService<BunitNavigationManager>().NavigateTo(address);
            var rendered = Render<StatementPage>(p => p.Add(x => x.Number, acme.Value));
            rendered.WaitForElement("h1");
            return rendered;
        }
    }

    /// <summary>Paid in February; charged 10 and 20 in March and 5 in April; 7 more of March reported in April, as entry 5.</summary>
    private static async Task<OrganizationId> MarchAsync(Ledger ledger, FakeClock clock)
    {
        var acme = await ledger.OrganizationAsync(shape: o => o.TimeZone = "Europe/Berlin");
        clock.MoveTo(March.AddDays(-20));
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        clock.MoveTo(March);
        await ledger.DoneAsync(ledger.Charge(acme, 10));
        clock.MoveTo(March.AddDays(2));
        await ledger.DoneAsync(ledger.Charge(acme, 20));
        clock.MoveTo(March.AddDays(30));
        await ledger.DoneAsync(ledger.Charge(acme, 5));
        await ledger.DoneAsync(ledger.Charge(acme, 7) with { OccurredAt = Instant.From(March.AddDays(1)) });
        return acme;
    }

    private static async Task<byte[]> FileAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
