using System.Net;
using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.SigningIn;

public sealed class SignInTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task A_person_signs_in_and_comes_back_to_where_they_were_going(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var portal = new Portal(database);
        var (_, email) = await portal.PersonAsync(Role.Finance);
        using var visitor = portal.Visit();

        using var sent = await visitor.GetAsync("/account");
        sent.Headers.Location!.PathAndQuery.ShouldBe("/sign-in?returnUrl=%2Faccount");
        using var entered = await visitor.SignInAsync(email.ToUpperInvariant(), path: sent.Headers.Location.PathAndQuery);
        entered.Headers.Location!.ToString().ShouldEndWith("/account");

        using var page = await visitor.GetAsync("/account");
        (await page.Content.ReadAsStringAsync()).ShouldContain("Finance, every organization");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Signing_in_never_leads_to_another_site()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        var (_, email) = await portal.PersonAsync(Role.Finance);
        foreach (var wanted in new[]
        {
            "//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "/\t/elsewhere.example", "", "/sign-in", "account",
        })
        {
            using var visitor = portal.Visit();
            using var entered = await visitor.SignInAsync(email, path: "/sign-in?returnUrl=" + Uri.EscapeDataString(wanted));
            new Uri(new Uri("http://localhost"), entered.Headers.Location!).ShouldBe(new Uri("http://localhost/"), wanted);
        }
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        var (_, email) = await portal.PersonAsync(Role.Support);

        var known = await RefusalAsync(portal, email);
        var unknown = await RefusalAsync(portal, "nobody00@example.test");

        known.ShouldContain("do not go together");
        unknown.ShouldBe(known);
    }

    [Theory, BothDatabases]
    public async Task Five_wrong_passwords_close_the_account_to_the_right_one_for_a_while(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var portal = new Portal(database);
        var (id, email) = await portal.PersonAsync(Role.Support);
        var before = await RefusalAsync(portal, email);
        for (var attempt = 1; attempt < 5; attempt++)
        {
            await RefusalAsync(portal, email);
        }

        (await RefusalAsync(portal, email, Portal.Password)).ShouldBe(before);

        await using var store = portal.Store();
        var person = await store.Users.SingleAsync(user => user.Id == id);
        person.LockoutEnd!.Value.ShouldBe(TimeProvider.System.GetUtcNow().AddMinutes(15), TimeSpan.FromMinutes(2));
        person.LockoutEnd = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await store.SaveChangesAsync();
        using var visitor = await portal.VisitAsync(email);
        (await visitor.StatusAsync("/account")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_out_takes_the_form_of_a_page_and_ends_the_session()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        var (_, email) = await portal.PersonAsync(Role.Finance);
        using var visitor = await portal.VisitAsync(email);

        using var forged = await visitor.Client.PostAsync(new Uri("/sign-out", UriKind.Relative), content: null);
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.StatusAsync("/account")).ShouldBe(HttpStatusCode.OK);

        using var page = await visitor.GetAsync("/account");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", Visitor.TokenIn(await page.Content.ReadAsStringAsync()))]);
        using var ended = await visitor.Client.PostAsync(new Uri("/sign-out", UriKind.Relative), form);
        ended.Headers.Location!.ToString().ShouldBe("/sign-in");
        (await visitor.StatusAsync("/account")).ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task People_are_shown_the_way_in_and_programs_are_told_what_they_lack()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        using var visitor = portal.Visit();

        (await visitor.StatusAsync("/no-such-page")).ShouldBe(HttpStatusCode.Found);
        using var program = await visitor.Client.GetAsync(new Uri("/organizations.csv", UriKind.Relative));
        program.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        program.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await visitor.StatusAsync("/health")).ShouldBe(HttpStatusCode.OK);
        (await visitor.StatusAsync("/css/tokens.css")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothDatabases]
    public async Task A_restart_and_a_second_node_read_the_same_cookies(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        string email;
        HttpResponseMessage entered;
        await using (var first = new Portal(database))
        {
            (_, email) = await first.PersonAsync(Role.Finance);
            using var visitor = first.Visit();
            entered = await visitor.SignInAsync(email);
        }

        await using var second = new Portal(database);
        using var client = second.CreateDefaultClient(new Uri("http://localhost"));
        client.DefaultRequestHeaders.Add("Cookie", entered.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var page = await client.GetAsync(new Uri("/account", UriKind.Relative));
        (await page.Content.ReadAsStringAsync()).ShouldContain(email);
        entered.Dispose();
    }

    private static async Task<string> RefusalAsync(Portal portal, string email, string password = "not this one")
    {
        using var visitor = portal.Visit();
        using var answer = await visitor.SignInAsync(email, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var html = await answer.Content.ReadAsStringAsync();
        return html[html.IndexOf("class=\"note", StringComparison.Ordinal)..html.IndexOf("<form", StringComparison.Ordinal)];
    }
}
