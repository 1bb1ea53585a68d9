using System.Net;
using System.Net.Http.Headers;
using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.ApiTokens;

public sealed class CreateTokenVerbTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task Standard_output_holds_the_token_and_nothing_else(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var portal = new Portal(database);
        var (id, email) = await portal.PersonAsync(Role.Finance);

        var made = await VerbRun.OfAsync(database, "",
            "create-token", "--user", email, "--scopes", "organizations:read balance:write", "--name", "export", "--expires", "30");

        made.Errors.ShouldBe("");
        made.Code.ShouldBe(0);
        made.Output.ShouldMatch("^bp_[A-Za-z0-9_-]{43}\r?\n$");
        using var client = portal.CreateDefaultClient(new Uri("http://localhost"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Output.Trim());
        using var answer = await client.GetAsync(new Uri("/organizations.csv", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var store = portal.Store();
        var token = await store.ApiTokens.SingleAsync();
        (token.UserId, token.Name, token.Scopes).ShouldBe((id, "export", "organizations:read balance:write"));
        (token.ExpiresAt!.Value - token.CreatedAt).ShouldBeInRange(0, 30 * 86_400_000_000);
    }

    [Fact]
    public async Task What_cannot_be_made_is_told_on_standard_error_with_the_exit_code()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        var (_, email) = await portal.PersonAsync(Role.Support);

        var process = await VerbRun.OfAsync(database, "", "create-token", "--user", "who@example.test", "--scopes", "books:read");
        process.Errors.ShouldContain("Nobody signs in as who@example.test");
        (process.Code, process.Output).ShouldBe((1, ""));

        await RefusedAsync(1, "Nobody signs in as who@example.test", "--user", "who@example.test", "--scopes", "books:read");
        await RefusedAsync(1, $"{email} lacks the scope usage:import", "--user", email, "--scopes", "usage:import");
        await RefusedAsync(2, "'everything' is not a scope", "--user", email, "--scopes", "everything");
        await RefusedAsync(2, "--scopes is missing", "--user", email);
        await RefusedAsync(2, "--expires is 'soon'", "--user", email, "--scopes", "books:read", "--expires", "soon");
        await RefusedAsync(2, "It would have ended already", "--user", email, "--scopes", "books:read", "--expires", "2020-01-31");
        await RefusedAsync(2, "--scope is not an option here", "--user", email, "--scope", "books:read");

        async Task RefusedAsync(int code, string words, params string[] arguments)
        {
            var run = await VerbRun.InAsync(portal.Services, ["create-token", .. arguments]);
            run.Errors.ShouldContain(words);
            (run.Code, run.Output).ShouldBe((code, ""));
        }
    }
}
