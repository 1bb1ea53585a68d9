using System.Net;
using System.Security.Claims;
using BillingPortal.Capabilities.SigningIn;
using BillingPortal.Domain.Access;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BillingPortal.Tests.Capabilities.SigningIn;

public sealed class AccountTests(TestDatabases databases)
{
    private const string Next = "another long enough one";

    [Theory, BothDatabases]
    public async Task A_changed_password_ends_the_other_sessions_and_keeps_this_one(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var portal = new Portal(database, clock);
        var (_, email) = await portal.PersonAsync(Role.Support);
        using var here = await portal.VisitAsync(email);
        using var elsewhere = await portal.VisitAsync(email);

        using var changed = await ChangeAsync(here, Portal.Password, Next, Next);
        (await changed.Content.ReadAsStringAsync()).ShouldContain("Password changed.");
        clock.Advance(SigningInRoom.Revalidation + TimeSpan.FromSeconds(1));

        (await here.StatusAsync("/account")).ShouldBe(HttpStatusCode.OK);
        (await elsewhere.StatusAsync("/account")).ShouldBe(HttpStatusCode.Found);
        using var old = await portal.Visit().SignInAsync(email);
        old.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var renewed = await portal.VisitAsync(email, Next);
    }

    [Fact]
    public async Task A_password_that_cannot_be_taken_is_answered_at_its_field()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        var (_, email) = await portal.PersonAsync(Role.Support);
        using var visitor = await portal.VisitAsync(email);
        foreach (var (current, next, again, words) in new[]
        {
            ("wrong", Next, Next, "This is not your present password"),
            (Portal.Password, Next, "something else", "It is not the same as the new password"),
            (Portal.Password, "short", "short", "at least 10 characters"),
        })
        {
            using var refused = await ChangeAsync(visitor, current, next, again);

            var html = await refused.Content.ReadAsStringAsync();
            html.ShouldContain("Your password was not changed.");
            html.ShouldContain(words);
            using var still = await portal.VisitAsync(email);
        }
    }

    [Fact]
    public async Task Guessing_the_present_password_at_an_open_screen_closes_the_account_too()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        var (_, email) = await portal.PersonAsync(Role.Support);
        using var visitor = await portal.VisitAsync(email);
        for (var guess = 0; guess < 5; guess++)
        {
            (await ChangeAsync(visitor, "guess", Next, Next)).Dispose();
        }

        using var right = await ChangeAsync(visitor, Portal.Password, Next, Next);

        (await right.Content.ReadAsStringAsync()).ShouldContain("Too many wrong attempts");
    }

    [Theory, BothDatabases]
    public async Task Signing_out_everywhere_ends_this_session_at_once_and_the_others_within_a_minute(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var portal = new Portal(database, clock);
        var (_, email) = await portal.PersonAsync(Role.Finance);
        using var here = await portal.VisitAsync(email);
        using var elsewhere = await portal.VisitAsync(email);

        using var ended = await here.SendAsync("/account", "sessions");
        ended.Headers.Location!.ToString().ShouldEndWith("/sign-in");
        (await here.StatusAsync("/account")).ShouldBe(HttpStatusCode.Found);

        clock.Advance(SigningInRoom.Revalidation + TimeSpan.FromSeconds(1));
        (await elsewhere.StatusAsync("/account")).ShouldBe(HttpStatusCode.Found);
    }

    [Theory, BothDatabases]
    public async Task Signing_out_everywhere_ends_open_circuits(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var portal = new Portal(database);
        var (id, _) = await portal.PersonAsync(Role.Finance);
        await using var scope = portal.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BillingUser>>();
        var person = (await users.FindByIdAsync(id))!;
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<BillingUser>>().CreateAsync(person);
        using var circuit = new SessionRevalidation(
            NullLoggerFactory.Instance, portal.Services.GetRequiredService<IServiceScopeFactory>(),
            Options.Create(new SecurityStampValidatorOptions { ValidationInterval = TimeSpan.FromMilliseconds(20) }),
            portal.Services.GetRequiredService<IOptions<IdentityOptions>>());
        var ended = new TaskCompletionSource<ClaimsPrincipal>();
        circuit.SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        circuit.AuthenticationStateChanged += async state => ended.TrySetResult((await state).User);

        (await users.UpdateSecurityStampAsync(person)).Succeeded.ShouldBeTrue();

        (await ended.Task.WaitAsync(TimeSpan.FromSeconds(30))).Identity!.IsAuthenticated.ShouldBeFalse();
    }

    private static Task<HttpResponseMessage> ChangeAsync(Visitor visitor, string current, string next, string again) =>
        visitor.SendAsync("/account", "password", ("Form.Current", current), ("Form.New", next), ("Form.Again", again));
}
