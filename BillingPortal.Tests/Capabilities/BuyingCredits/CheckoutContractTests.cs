using BillingPortal.Capabilities.BuyingCredits;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Writing;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.BuyingCredits;

/// <summary>Contract 3's checkout, as programs ask for it.</summary>
public sealed class CheckoutContractTests(TestDatabases databases)
{
    private const string Route = "/api/v2/external/billing/checkout";
    private const string Whole = """{"credits_amount":50.25,"success_url":"https://shop.example/thanks?s={CHECKOUT_SESSION_ID}","cancel_url":"http://localhost:3000/credits","no_such_field":1}""";

    [Theory, BothDatabases]
    public async Task A_purchase_is_begun_once_for_the_tokens_organization_and_stands_in_the_store(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (id, _) = await portal.OrganizationAsync(shape: o => o.Slug = "acme");
        var other = await portal.OrganizationAsync("Other", shape: o => o.Slug = "other");
        var admin = await portal.ProgramAsync(Role.Admin, id);

        var begun = await admin.AskAsync(HttpMethod.Post, Route, Whole, "key-1");
        var again = await admin.AskAsync(HttpMethod.Post, Route, Whole, "key-1");
        var reused = await admin.AskAsync(HttpMethod.Post, Route, Whole.Replace("50.25", "51", StringComparison.Ordinal), "key-1");
        var second = await admin.AskAsync(HttpMethod.Post, Route, Whole);

        begun.Status.ShouldBe(200, begun.Text);
        begun.Body.EnumerateObject().Select(field => field.Name).ShouldBe(["checkout_url", "session_id"]);
        begun["session_id"]!.ShouldStartWith("cs_");
        begun["checkout_url"].ShouldBe($"http://localhost/organizations/{id}/checkout/{begun["session_id"]}");
        again.Text.ShouldBe(begun.Text);
        Wrong(reused).ShouldBe((422, "header idempotency-key", "key_reused"));
        second["session_id"].ShouldNotBe(begun["session_id"]);

        await using var store = await portal.StoreAsync();
        var rows = await store.Checkouts.OrderBy(row => row.Number).ToListAsync();
        rows.Select(row => (row.OrganizationId, row.Number, row.Amount, row.State)).ShouldBe([(id.Value, 1, 50_250_000, (int)CheckoutState.Open), (id.Value, 2, 50_250_000, (int)CheckoutState.Open)]);
        var kept = CheckoutJson.Read(rows[0].Body);
        (kept.Id, kept.Page, kept.CancelUrl).ShouldBe((begun["session_id"], begun["checkout_url"], "http://localhost:3000/credits"));
        (kept.ExpiresAt.ToUtc() - kept.CreatedAt.ToUtc()).ShouldBe(TimeSpan.FromHours(24));
        (await store.Entries.AnyAsync()).ShouldBeFalse();
        (await store.OrganizationEvents.Where(e => e.OrganizationId == id.Value).Select(e => e.Kind).ToListAsync()).ShouldContain("checkout_begun");

        // Another tenant's organization is not there; staff of the platform name one.
        admin.DefaultRequestHeaders.Add(OwnOrganization.SlugHeader, "other");
        Wrong(await admin.AskAsync(HttpMethod.Post, Route, Whole)).Status.ShouldBe(404);
        var finance = await portal.ProgramAsync(Role.Finance);
        Wrong(await finance.AskAsync(HttpMethod.Post, Route, Whole)).Status.ShouldBe(404);
        finance.DefaultRequestHeaders.Add(OwnOrganization.SlugHeader, "other");
        (await finance.AskAsync(HttpMethod.Post, Route, Whole))["checkout_url"]!.ShouldContain($"/organizations/{other.Id}/checkout/");
    }

    [Fact]
    public async Task Every_field_that_cannot_be_accepted_is_named_with_its_reason()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var (id, _) = await portal.OrganizationAsync();
        var admin = await portal.ProgramAsync(Role.Admin, id);
        foreach (var (amount, type) in new[]
        {
            ("null", "missing"), ("\"50\"", "not_a_number"), ("\"🤖\"", "not_a_number"), ("true", "not_a_number"), ("[50]", "not_a_number"), ("0", "value_error"), ("-5", "value_error"), ("0.99", "value_error"),
            ("100000.01", "value_error"), ("50.005", "value_error"), ("50.0000001", "too_fine"), ("1e400", "too_large"),
        })
        {
            Wrong(await admin.AskAsync(HttpMethod.Post, Route, Body(amount))).ShouldBe((422, "body credits_amount", type), amount);
        }

        foreach (var (url, type) in new[]
        {
            ("null", "missing"), ("7", "string_type"), ("\"\"", "string_too_short"), ("\"shop.example\"", "value_error"), ("\"http://shop.example\"", "value_error"), ("\"javascript:alert(1)\"", "value_error"),
            ("\"//shop.example\"", "value_error"), ("\"/thanks\"", "value_error"), ("\"https://bank.example@evil.example/\"", "value_error"), ("\"https://shop.example\\\\@evil.example\"", "value_error"),
            ("\"https://shop.example/\\u0000\"", "value_error"), ("\"https:// shop.example\"", "value_error"), ("\"\\ud83d\"", "string_type"), ($"\"https://shop.example/{new string('a', 1990)}\"", "string_too_long"),
        })
        {
            Wrong(await admin.AskAsync(HttpMethod.Post, Route, Body("50", success: url))).ShouldBe((422, "body success_url", type), url);
            Wrong(await admin.AskAsync(HttpMethod.Post, Route, Body("50", cancel: url))).ShouldBe((422, "body cancel_url", type), url);
        }

        (await admin.AskAsync(HttpMethod.Post, Route, "{}")).Body.GetProperty("detail").EnumerateArray().Select(detail => detail.GetProperty("type").GetString()).ShouldBe(["missing", "missing", "missing"]);
        foreach (var malformed in new[] { "[]", "{", "", """{"credits_amount":1,"credits_amount":2}""" })
        {
            Wrong(await admin.AskAsync(HttpMethod.Post, Route, malformed)).ShouldBe((400, "body", "malformed_json"));
        }

        (await admin.AskAsync(HttpMethod.Post, Route, Body("1", "\"https://shöp.example/🤖\"", "\"http://[::1]:5000/\""))).Status.ShouldBe(200);
        Wrong(await admin.AskAsync(HttpMethod.Post, Route, Whole, new string('k', 256))).Type.ShouldBe("idempotency_key_invalid");
        Wrong(await admin.AskAsync(HttpMethod.Post, Route, Whole, type: "image/png")).Status.ShouldBe(415);
        Wrong(await admin.ReadAsync(Route)).Status.ShouldBe(405);
        Wrong(await portal.CreateClient().AskAsync(HttpMethod.Post, Route, Whole)).Status.ShouldBe(401);
        Wrong(await (await portal.ProgramAsync(Role.Staff, id)).AskAsync(HttpMethod.Post, Route, Whole)).Status.ShouldBe(403);
        Wrong(await (await portal.ProgramAsync(Role.Admin, id, "organizations:read")).AskAsync(HttpMethod.Post, Route, Whole)).Status.ShouldBe(403);

        var (below, _) = await portal.OrganizationAsync("Uses another's", shape: o => o.ParentId = id.Value);
        await portal.Ledger.UseParentBalanceAsync(below, id);
        var consumer = await portal.ProgramAsync(Role.Admin, below);
        Wrong(await consumer.AskAsync(HttpMethod.Post, Route, Whole)).ShouldBe((422, "", "not_related"));
    }

    [Theory]
    [InlineData("https://shop.example/x", "shop.example")]
    [InlineData("https://shop.example:8443/x", "shop.example:8443")]
    [InlineData("https://xn--pple-43d.example/", "xn--pple-43d.example")]
    [InlineData("https://аpple.example/", "xn--pple-43d.example")]
    [InlineData("http://127.0.0.1:3000/", "127.0.0.1:3000")]
    public void The_host_is_shown_in_letters_that_cannot_be_mistaken(string address, string host)
    {
        CheckoutAddress.Fault(address).ShouldBeNull();
        CheckoutAddress.HostOf(address).ShouldBe(host);
    }

    [Fact]
    public void The_purchases_id_takes_its_place_in_an_address() =>
        CheckoutAddress.Of("https://shop.example/{CHECKOUT_SESSION_ID}?s={CHECKOUT_SESSION_ID}", "cs_1").ShouldBe("https://shop.example/cs_1?s=cs_1");

    private static string Body(string amount, string success = "\"https://shop.example/a\"", string cancel = "\"https://shop.example/b\"") =>
        $$"""{"credits_amount":{{amount}},"success_url":{{success}},"cancel_url":{{cancel}}}""";

    private static (int Status, string Loc, string Type) Wrong(Answer answer)
    {
        answer.Status.ShouldBeGreaterThanOrEqualTo(400, answer.Text);
        var detail = answer.Body.GetProperty("detail")[0];
        detail.GetProperty("msg").GetString().ShouldNotBeNullOrEmpty();
        return (answer.Status, string.Join(' ', detail.GetProperty("loc").EnumerateArray().Select(part => part.GetString())), detail.GetProperty("type").GetString()!);
    }
}
