using System.Security.Claims;
using BillingPortal.Capabilities.ApiTokens;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.ApiTokens;

public sealed class TokensPageTests(TestDatabases databases) : WebTest
{
    private BunitAuthorizationContext? _person;

    [Fact]
    public async Task A_token_is_shown_once_and_revoked_after_asking()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        var page = await OpenAsync(database, Role.Finance.Code);
        page.WaitForElement(".state h3").TextContent.ShouldBe("No tokens yet");

        await page.Find("form input[type=text]").ChangeAsync(new() { Value = "export" });
        await page.FindAll("form input[type=checkbox]")[0].ChangeAsync(new() { Value = true });
        await page.Find("form").SubmitAsync();
        var secret = page.WaitForElement(".secret").TextContent;
        secret.ShouldMatch("^bp_[A-Za-z0-9_-]{43}$");
        page.Find("tbody td").TextContent.ShouldBe("…" + secret[^4..]);

        await page.Find("button[aria-label='Revoke export']").ClickAsync(new());
        page.Find(".note").TextContent.ShouldContain($"Revoke export (…{secret[^4..]})?");
        await page.Find(".btn--danger").ClickAsync(new());
        page.WaitForAssertion(() => page.Find("tbody .badge").TextContent.ShouldBe("Revoked"));
        page.Markup.ShouldNotContain(secret);
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        var page = await OpenAsync(database, Role.Support.Code);
        page.WaitForElement("form");

        await page.Find("form").SubmitAsync();

        page.WaitForElement(".note").TextContent.ShouldContain("No token was made. 2 fields need mending.");
        page.FindAll(".err").Select(error => error.TextContent).ShouldBe(["Name: Give the token a name, so that you know it again.", "Scopes: Choose at least one scope."]);
    }

    [Fact]
    public async Task Only_scopes_that_one_holds_are_offered_and_some_may_have_no_tokens()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        var page = await OpenAsync(database, Role.Support.Code);
        page.WaitForElements("form .check .mono").Select(scope => scope.TextContent).ShouldBe(["organizations:read", "journal:read", "invoices:read", "balance:write", "books:read"]);
        page.Dispose();

        Authorize(await new StoreOf(database).PersonAsync("nobody"));
        Render<TokensPage>().WaitForElement(".state h3").TextContent.ShouldBe("You cannot have API tokens");
    }

    private async Task<IRenderedComponent<TokensPage>> OpenAsync(TestDatabase database, string role)
    {
        var stores = new StoreOf(database);
        Services.AddSingleton<IDbContextFactory<BillingStore>>(stores);
        Services.AddScoped<CurrentCaller>();
        Services.AddSingleton<CreateToken>().AddSingleton<ListTokens>().AddSingleton<RevokeToken>();
        Authorize(await stores.PersonAsync("person", role));
        return Render<TokensPage>();
    }

    private void Authorize(Caller caller)
    {
        _person ??= AddAuthorization();
        _person.SetAuthorized(caller.UserId).SetClaims(new Claim(ClaimTypes.NameIdentifier, caller.UserId));
    }
}
