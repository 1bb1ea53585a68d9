using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Web.Api;

/// <summary>The same key and body is the same request; whatever was answered first is answered again.</summary>
public sealed class IdempotencyTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task The_same_key_and_body_is_answered_as_the_first_time_refusals_included(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var finance = await portal.ProgramAsync(Role.Finance);
        var (charges, balance) = ($"/organizations/{acme.Uuid}/charges", $"/orgs/{acme.Uuid}/payment/balance");
        var refused = await TwiceAsync(HttpMethod.Post, charges, """{"service":"Compute","amount":1}""", "refused");
        var invalid = await TwiceAsync(HttpMethod.Post, charges, """{"service":"Compute"}""", "invalid");
        var malformed = await TwiceAsync(HttpMethod.Put, balance, "{", "malformed");
        var unapproved = await TwiceAsync(HttpMethod.Put, balance, """{"monthly_credits_remaining":30000}""", "unapproved");
        var set = await TwiceAsync(HttpMethod.Put, balance, """{"pre_pay_cash_remaining":100,"pre_pay_credits_remaining":100}""", new string('k', 255));
        var unchanged = await TwiceAsync(HttpMethod.Put, balance, "{}", "unchanged");
        var charged = await TwiceAsync(HttpMethod.Post, charges, """{"service":"Compute","amount":1}""", "charged");
        (refused, invalid, malformed, unapproved, set, unchanged, charged).ShouldBe((422, 400, 400, 403, 200, 200, 201));

        // The balance has moved since, and the first answer is still the answer.
        var late = await finance.AskAsync(HttpMethod.Put, balance, """{"pre_pay_cash_remaining":100,"pre_pay_credits_remaining":100}""", new string('k', 255));
        late["pre_pay_cash_remaining"].ShouldBe("100.00");
        (await finance.ReadAsync(balance))["pre_pay_cash_remaining"].ShouldBe("99.00");
        await using var store = await portal.StoreAsync();
        (await store.Entries.CountAsync(entry => entry.OrganizationId == acme.Id.Value)).ShouldBe(2);

        async Task<int> TwiceAsync(HttpMethod method, string path, string body, string key)
        {
            var first = await finance.AskAsync(method, path, body, key);
            var second = await finance.AskAsync(method, path, body, key);
            (second.Status, second.Text).ShouldBe((first.Status, first.Text));
            second.Response.Headers.Location.ShouldBe(first.Response.Headers.Location);
            second.Response.Headers.GetValues("X-Api-Call-Id").ShouldNotBe(first.Response.Headers.GetValues("X-Api-Call-Id"));
            return first.Status;
        }
    }

    [Theory]
    [BothDatabases]
    public async Task A_key_used_for_another_body_or_route_is_refused_and_does_nothing(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var other = await portal.OrganizationAsync("Other");
        var finance = await portal.ProgramAsync(Role.Finance);
        var balance = $"/orgs/{acme.Uuid}/payment/balance";
        var body = """{"monthly_credits_remaining":5}""";
        (await finance.AskAsync(HttpMethod.Put, balance, body, "k")).Status.ShouldBe(200);

        var another = await finance.AskAsync(HttpMethod.Put, balance, """{"monthly_credits_remaining":6}""", "k");
        (another.Status, another["error_code"]).ShouldBe((422, "key_reused"));
        var elsewhere = await finance.AskAsync(HttpMethod.Post, $"/organizations/{acme.Uuid}/charges", body, "k");
        (elsewhere.Status, elsewhere["code"]).ShouldBe((422, "key_reused"));
        (await finance.AskAsync(HttpMethod.Put, $"/orgs/{other.Uuid}/payment/balance", body, "k")).Status.ShouldBe(200);
        (await finance.ReadAsync(balance))["monthly_credits_remaining"].ShouldBe("5.00");
    }

    [Theory]
    [BothDatabases]
    public async Task Those_who_may_not_ask_are_told_so_and_leave_the_key_free(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);
        var finance = await portal.ProgramAsync(Role.Finance);
        var balance = $"/orgs/{acme.Uuid}/payment/balance";
        var body = """{"monthly_credits_remaining":5}""";
        (await admin.AskAsync(HttpMethod.Put, balance, body, "k")).Status.ShouldBe(403);
        (await finance.AskAsync(HttpMethod.Put, balance, body, "k")).Status.ShouldBe(200);
        (await admin.AskAsync(HttpMethod.Put, balance, body, "k")).Status.ShouldBe(403);
    }

    /// <summary>An import derives its keys from what it imports, so a program could know one before it is used.</summary>
    [Theory]
    [BothDatabases]
    public async Task A_programs_key_never_stands_in_the_way_of_another_way_in(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync(model: BillingPortal.Domain.Billing.ChargingModel.Postpaid);
        var program = await portal.ProgramAsync(Role.Developer, acme.Id);
        var guessed = portal.Ledger.Charge(acme.Id, 1);
        (await program.AskAsync(HttpMethod.Post, $"/organizations/{acme.Uuid}/charges", """{"service":"x","amount":2}""", guessed.Key)).Status.ShouldBe(201);
        (await portal.Ledger.DoneAsync(guessed)).Replayed.ShouldBeFalse();
    }
}
