using System.Security.Claims;
using BillingPortal.Capabilities.ReadingJournal;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.ReadingJournal;

/// <summary>The room's pages as a person sees them, over a real store.</summary>
public sealed class JournalPagesTests(TestDatabases databases) : WebTest
{
    private ReadingRoom _room = null!;
    private OrganizationId _acme;

    [Fact]
    public async Task The_journal_shows_amounts_with_words_and_the_value_after_and_pages_by_key()
    {
        await using var database = await OpenAsync();
        for (var entry = 0; entry < 26; entry++)
        {
            await _room.PostAsync(_room.Ledger.Charge(_acme, 1, service: "Compute"));
        }

        var page = Journal($"/organizations/{_acme}/journal");

        page.FindAll("tbody tr").Count.ShouldBe(25);
        page.Find("tbody th a").GetAttribute("href").ShouldBe($"/organizations/{_acme}/journal/27");
        page.Find("tbody .lead .cdw").TextContent.ShouldBe("Debit");
        page.Find("tbody td[data-l='Value after'] data").GetAttribute("value").ShouldBe("74.00");
        page.Find(".pager [role=status]").TextContent.ShouldBe("25 rows of 27, 27 to 3");
        var next = page.FindAll(".pager a").Single(a => a.TextContent.Contains("Next", StringComparison.Ordinal)).GetAttribute("href")!;
        await page.InvokeAsync(() => Services.GetRequiredService<BunitNavigationManager>().NavigateTo(next));
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2));
    }

    [Fact]
    public async Task A_filter_stands_in_the_address_as_a_chip_and_in_the_export()
    {
        await using var database = await OpenAsync();

        var page = Journal($"/organizations/{_acme}/journal?kind=charge&min=x");

        page.Find(".state h3").TextContent.ShouldBe("No entry matches");
        page.FindAll(".chip").Select(chip => chip.TextContent).ShouldBe(["kind Charge", "at least x"]);
        page.Find(".note").TextContent.ShouldContain("“x” is not an amount");
        page.FindAll("a[download]").Select(a => a.GetAttribute("href")).ShouldContain($"/organizations/{_acme}/journal/export.csv?kind=charge&min=x");
        page.Find("#filter select[name=kind]").Change("top_up");
        await page.Find("#filter form").SubmitAsync();
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/journal?kind=top_up&min=x");
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(1));
    }

    [Fact]
    public async Task An_amount_explains_itself_where_it_stands()
    {
        await using var database = await OpenAsync();
        await _room.PostAsync(_room.Ledger.Charge(_acme, 30));

        var page = Journal("/journal");
        await page.Find("tbody .lead .explain").ClickAsync(new());

        page.WaitForAssertion(() => page.Find("tbody .pop").TextContent.ShouldContain("Acme Robotics was charged $30.00 for Compute, requested by tester."));
        page.Find("tbody .pop").TextContent.ShouldContain("gave the whole charge");
    }

    [Fact]
    public async Task An_entry_shows_before_and_after_its_chain_and_what_undid_it()
    {
        await using var database = await OpenAsync();
        await _room.PostAsync(_room.Ledger.Charge(_acme, 30));
        await _room.PostAsync(_room.Ledger.Reverse(_acme, 2) with { Comment = "Charged twice" });

        var undone = Entry(2);
        undone.FindAll(".badge").Select(badge => badge.TextContent).ShouldBe(["Charge", "Reversed", "Holds here"]);
        undone.FindAll("a[href$=undo]").ShouldBeEmpty();
        undone.FindAll("table").Count.ShouldBe(3);
        undone.FindAll(".chain li").Select(li => li.TextContent.Trim()[..1]).ShouldBe(["1", "2", "3"]);
        var undo = Entry(3);
        undo.Find(".rule").TextContent.ShouldBe("tester undid entry 2 of Acme Robotics: cash +$30.00.");
        undo.Markup.ShouldContain("“Charged twice”");
        Entry(1).FindAll("a[href$=undo]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Undo_is_offered_to_those_who_may_and_says_to_others_what_is_missing()
    {
        await using var database = await OpenAsync();
        await _room.PostAsync(_room.Ledger.Charge(_acme, 30));
        Entry(2).Find("a.btn--danger").GetAttribute("href").ShouldBe($"/organizations/{_acme}/journal/2/undo");

        SignIn(await _room.Stores.PersonAsync("rita", null, (_acme.Value, "ADMIN")));
        var page = Entry(2);
        page.FindAll("a.btn--danger").ShouldBeEmpty();
        page.Find(".deniedact").TextContent.ShouldContain($"Needs permission {PermissionNames.Of(Permission.AdjustBalances)} on Acme Robotics");
    }

    [Fact]
    public async Task What_is_not_there_or_not_theirs_is_told_apart_from_nothing()
    {
        await using var database = await OpenAsync();
        Entry(99).Find(".state h3").TextContent.ShouldContain("There is no such entry");

        var other = await _room.Ledger.OrganizationAsync(name: "Other");
        SignIn(await _room.Stores.PersonAsync("rita", null, (other.Value, "ADMIN")));
        Journal($"/organizations/{_acme}/journal").Find(".state h3").TextContent.ShouldContain("There is no such organization");
        Journal($"/organizations/{other}/journal", other.Value).Find(".state h3").TextContent.ShouldBe("No entries yet");
    }

    [Fact]
    public async Task A_balance_is_read_both_ways_and_the_moment_is_said_back()
    {
        await using var database = await OpenAsync();
        var paid = Instant.Now(_room.Clock);
        _room.Later(24);
        await _room.PostAsync(_room.Ledger.Adjust(_acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(5))));
        await _room.PostAsync(_room.Ledger.Charge(_acme, 30) with { OccurredAt = paid });

        var page = At<AsOfPage>($"/organizations/{_acme}/as-of?at=2026-03-10T13:00:01&by=recorded", p => p.Add(x => x.Number, _acme.Value));

        page.Find(".rule").TextContent.ShouldContain("At 10 Mar 2026 13:00:01 UTC");
        page.Find(".rule data").GetAttribute("value").ShouldBe("100.00");
        page.FindAll("tfoot data").Select(data => data.GetAttribute("value")).ShouldBe(["100.00", "70.00", "30.00"]);
        At<AsOfPage>($"/organizations/{_acme}/as-of?at=soon", p => p.Add(x => x.Number, _acme.Value)).Find(".note").TextContent.ShouldContain("Not understood");
    }

    private IRenderedComponent<JournalPage> Journal(string address, long? number = null) =>
        At<JournalPage>(address, p => p.Add(x => x.Number, address.StartsWith("/journal", StringComparison.Ordinal) ? null : number ?? _acme.Value));

    private IRenderedComponent<EntryPage> Entry(long seq) =>
        At<EntryPage>($"/organizations/{_acme}/journal/{seq}", p => p.Add(x => x.Number, _acme.Value).Add(x => x.Seq, seq));

    private IRenderedComponent<T> At<T>(string address, Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent
    {
        Services.GetRequiredService<BunitNavigationManager>().NavigateTo(address);
        var page = Render<T>(parameters);
        page.WaitForElement("h1");
        return page;
    }

    private async Task<TestDatabase> OpenAsync()
    {
        var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        _room = await ReadingRoom.OpenAsync(database);
        _acme = await _room.Ledger.OrganizationAsync();
        await _room.PostAsync(_room.Ledger.TopUp(_acme, 100));
        Services.AddSingleton<TimeProvider>(_room.Clock);
        Services.AddSingleton<IDbContextFactory<BillingStore>>(_room.Stores);
        Services.AddScoped<CurrentCaller>();
        Services.AddReadingJournal();
        _person = this.AddAuthorization();
        SignIn(_room.Support);
        return database;
    }

    private BunitAuthorizationContext _person = null!;

    private void SignIn(Caller caller)
    {
        _person.SetAuthorized(caller.UserId);
        _person.SetClaims(new Claim(ClaimTypes.NameIdentifier, caller.UserId));
    }
}
