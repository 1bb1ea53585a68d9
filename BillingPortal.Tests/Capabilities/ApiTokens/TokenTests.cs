using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using BillingPortal.Capabilities.ApiTokens;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.ApiTokens;

public sealed class TokenTests(TestDatabases databases)
{
    private static readonly ImmutableArray<string> Reading = ["organizations:read"];

    [Theory, BothDatabases]
    public async Task A_token_opens_what_its_scopes_say_and_only_its_hash_is_kept(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var portal = new Portal(database);
        var (id, _) = await portal.PersonAsync(Role.Finance);
        var token = await MadeAsync(portal, id, Reading);

        (await AskAsync(portal, token.Text)).Status.ShouldBe(HttpStatusCode.OK);
        var narrow = await MadeAsync(portal, id, ["books:read"]);
        (await AskAsync(portal, narrow.Text)).Status.ShouldBe(HttpStatusCode.Forbidden);

        token.Text.ShouldMatch("^bp_[A-Za-z0-9_-]{43}$");
        token.Text.ShouldNotBe(narrow.Text);
        await using var store = portal.Store();
        var row = await store.ApiTokens.SingleAsync(t => t.Id == token.Id);
        row.Hash.ShouldBe(TokenText.Hash(token.Text));
        row.LastFour.ShouldBe(token.Text[^4..]);
    }

    [Theory, BothDatabases]
    public async Task A_token_that_ended_says_how(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var portal = new Portal(database, clock);
        var (id, _) = await portal.PersonAsync(Role.Finance);
        var caller = new Caller(id, "page");
        var expiring = await MadeAsync(portal, id, Reading, Instant.Now(clock).Plus(TimeSpan.FromDays(1)));
        var revoked = await MadeAsync(portal, id, Reading);
        (await AskAsync(portal, expiring.Text)).Status.ShouldBe(HttpStatusCode.OK);

        var revoke = portal.Services.GetRequiredService<RevokeToken>();
        var first = (await revoke.RunAsync(caller, revoked.Id, CancellationToken.None)).ShouldBeOfType<Outcome<Instant>.Done>().Value;
        clock.Advance(TimeSpan.FromDays(1));
        (await revoke.RunAsync(caller, revoked.Id, CancellationToken.None)).ShouldBe(new Outcome<Instant>.Done(first));

        (await AskAsync(portal, expiring.Text)).ShouldBe((HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", error_description=\"The token expired\""));
        (await AskAsync(portal, revoked.Text)).ShouldBe((HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", error_description=\"The token was revoked\""));
        (await AskAsync(portal, TokenText.New())).ShouldBe((HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\""));
        (await AskAsync(portal, "junk")).ShouldBe((HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\""));
        (await AskAsync(portal, null)).ShouldBe((HttpStatusCode.Unauthorized, "Bearer"));
    }

    [Theory, BothDatabases]
    public async Task A_token_ends_with_its_owners_account_and_roles(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var portal = new Portal(database);
        var (id, _) = await portal.PersonAsync(Role.Support);
        var token = await MadeAsync(portal, id, Reading);
        await using var store = portal.Store();
        var person = await store.Users.SingleAsync(user => user.Id == id);

        // Five wrong passwords by anybody close sign-in for minutes; the person's programs go on.
        person.LockoutEnd = TimeProvider.System.GetUtcNow().AddMinutes(15);
        await store.SaveChangesAsync();
        (await AskAsync(portal, token.Text)).Status.ShouldBe(HttpStatusCode.OK);

        person.LockoutEnd = DateTimeOffset.MaxValue.AddDays(-1);
        await store.SaveChangesAsync();
        (await AskAsync(portal, token.Text)).Status.ShouldBe(HttpStatusCode.Unauthorized);

        (person.LockoutEnd, person.PlatformRole) = (null, null);
        await store.SaveChangesAsync();
        (await AskAsync(portal, token.Text)).Status.ShouldBe(HttpStatusCode.Forbidden);

        store.Users.Remove(person);
        await store.SaveChangesAsync();
        (await AskAsync(portal, token.Text)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothDatabases]
    public async Task When_a_token_was_last_used_is_kept_to_the_minute(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var portal = new Portal(database, clock);
        var (id, _) = await portal.PersonAsync(Role.Finance);
        var token = await MadeAsync(portal, id, Reading);
        clock.Advance(TimeSpan.FromSeconds(95));
        var minute = Instant.From(new DateTimeOffset(2026, 3, 18, 12, 1, 0, TimeSpan.Zero));

        await AskAsync(portal, token.Text);
        await portal.Services.GetRequiredService<TokenUses>().WriteAsync(CancellationToken.None);

        var tokens = await portal.Services.GetRequiredService<ListTokens>().RunAsync(new Caller(id, "page"), CancellationToken.None);
        tokens.ShouldBeOfType<Outcome<OwnTokens>.Done>().Value.Tokens.ShouldHaveSingleItem().LastUsedAt.ShouldBe(minute);
    }

    [Fact]
    public async Task Nobody_gives_a_scope_they_lack_and_no_token_makes_or_ends_tokens()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        var (support, _) = await portal.PersonAsync(Role.Support);
        var (other, _) = await portal.PersonAsync(Role.Finance);
        var create = portal.Services.GetRequiredService<CreateToken>();

        var refused = await create.RunAsync(new Caller(support, "page"), new TokenForm("mine", ["usage:import"], null), CancellationToken.None);
        refused.ShouldBeOfType<Outcome<NewToken>.Refused>().Refusal.Message.ShouldBe("You lack the scope usage:import yourself.");
        var program = new Caller(support, "token:1", PermissionNames.Scopes.ToHashSet(StringComparer.Ordinal));
        (await create.RunAsync(program, new TokenForm("more", Reading, null), CancellationToken.None)).ShouldBeOfType<Outcome<NewToken>.Refused>();
        var invalid = await create.RunAsync(new Caller(support, "page"), new TokenForm(" ", ["all"], new Instant(0)), CancellationToken.None);
        invalid.ShouldBeOfType<Outcome<NewToken>.Invalid>().Errors.Select(error => error.Code).ShouldBe(["required", "unknown", "in_past"]);

        var theirs = await MadeAsync(portal, other, Reading);
        var revoke = portal.Services.GetRequiredService<RevokeToken>();
        (await revoke.RunAsync(new Caller(support, "page"), theirs.Id, CancellationToken.None)).ShouldBeOfType<Outcome<Instant>.NotFound>();
        (await revoke.RunAsync(program, theirs.Id, CancellationToken.None)).ShouldBeOfType<Outcome<Instant>.Refused>();
        (await AskAsync(portal, theirs.Text)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_opens_no_page()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        var (id, _) = await portal.PersonAsync(Role.Finance);
        var token = await MadeAsync(portal, id, Reading);

        (await AskAsync(portal, token.Text, "/account")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(portal, token.Text, "/tokens")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<NewToken> MadeAsync(Portal portal, string person, ImmutableArray<string> scopes, Instant? expires = null) =>
        (await portal.Services.GetRequiredService<CreateToken>().RunAsync(new Caller(person, "page"), new TokenForm("test", scopes, expires), CancellationToken.None))
            .ShouldBeOfType<Outcome<NewToken>.Done>().Value;

    private static async Task<(HttpStatusCode Status, string Challenge)> AskAsync(Portal portal, string? token, string path = "/organizations.csv")
    {
        using var client = portal.CreateDefaultClient(new Uri("http://localhost"));
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is null)
        {
            request.Headers.Accept.ParseAdd("text/csv");
        }

        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, string.Create(CultureInfo.InvariantCulture, $"{answer.Headers.WwwAuthenticate}"));
    }
}
