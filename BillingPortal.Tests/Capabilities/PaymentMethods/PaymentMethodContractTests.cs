using System.Text.Json;
using BillingPortal.Capabilities.TakingPaymentNews;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.PaymentMethods;

/// <summary>Contract 2's cards, as programs ask for them.</summary>
public sealed class PaymentMethodContractTests(TestDatabases databases)
{
    private const string Intent = "/org/payment/intent", Methods = "/org/payment/methods";

    [Theory, BothDatabases]
    public async Task A_card_is_begun_typed_at_the_provider_listed_and_removed(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (id, _) = await portal.OrganizationAsync();
        var admin = await portal.ProgramAsync(Role.Admin, id);
        (await admin.ReadAsync(Methods)).Text.ShouldBe("[]");

        var begun = await admin.AskAsync(HttpMethod.Post, Intent, content: null, "intent");
        begun.Status.ShouldBe(201, begun.Text);
        begun.Body.EnumerateObject().Select(field => field.Name).ShouldBe(["client_secret"]);
        begun.Response.Headers.Contains("X-Api-Call-Id").ShouldBeTrue();
        (await admin.AskAsync(HttpMethod.Post, Intent, content: null, "intent")).Text.ShouldBe(begun.Text);
        (await admin.AskAsync(HttpMethod.Post, Intent, "{}", "intent"))["error_code"].ShouldBe("key_reused");
        (await admin.AskAsync(HttpMethod.Post, Intent, "{}"))["client_secret"].ShouldNotBe(begun["client_secret"]);

        // A secret that is not right opens nothing; the right one takes the card, once, and the news enters it, once.
        var secret = begun["client_secret"]!;
        var desk = portal.Services.GetRequiredService<SandboxDesk>();
        (await desk.TakeAsync(secret[..^1] + (secret[^1] == '0' ? '1' : '0'), "4242424242424242", "12", "34", default)).ShouldBeNull();
        using (var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["number"] = "4242424242424242", ["month"] = "12", ["year"] = "34" }))
        {
            (await portal.CreateClient().AskAsync(HttpMethod.Post, "/sandbox/setup/" + secret, form)).Text.ShouldContain("The card was taken");
        }

        await DeliverAsync(portal);
        await DeliverAsync(portal);
        var list = await admin.ReadAsync(Methods);
        using var rows = JsonDocument.Parse(list.Text);
        var card = rows.RootElement.EnumerateArray().ShouldHaveSingleItem();
        card.EnumerateObject().Select(field => field.Name).ShouldBe(["billing_info", "card", "created_at", "id", "metadata", "type"]);
        card.GetProperty("card").GetRawText().ShouldBe(
            """{"brand":"visa","checks":{"address_line1_check":null,"address_postal_code_check":null,"cvc_check":null},"country":null,"exp_month":12,"exp_year":2034,"fingerprint":null,"funding":null,"last4":"4242"}""");
        card.GetProperty("billing_info").GetRawText().ShouldBe("""{"name":null,"phone":null,"address":{"street1":null,"street2":null,"city":null,"state":null,"zip":null,"country":null}}""");
        (card.GetProperty("type").GetString(), card.GetProperty("metadata").GetRawText()).ShouldBe(("card", "{}"));
        card.GetProperty("created_at").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");

        // Recharges charge it until it is removed; removing again with the same key is answered alike, with another it is not there.
        await using var store = await portal.StoreAsync();
        (await store.BillingRules.Where(rule => rule.OrganizationId == id.Value).Select(rule => rule.PaymentMethodId).SingleAsync()).ShouldNotBeNull();
        var path = $"{Methods}/{card.GetProperty("id").GetString()}";
        var removed = await admin.AskAsync(HttpMethod.Delete, path, content: null, "remove");
        (removed.Status, removed.Text).ShouldBe((204, ""));
        (await admin.AskAsync(HttpMethod.Delete, path, content: null, "remove")).Status.ShouldBe(204);
        (await admin.AskAsync(HttpMethod.Delete, path, content: null)).Status.ShouldBe(404);
        (await admin.ReadAsync(Methods)).Text.ShouldBe("[]");
        (await store.BillingRules.Where(rule => rule.OrganizationId == id.Value).Select(rule => rule.PaymentMethodId).SingleAsync()).ShouldBeNull();
        (await store.Database.SqlQuery<string>($"""SELECT body AS "Value" FROM sandbox_object WHERE kind = 'method'""").SingleAsync()).ShouldContain("\"Removed\":true");
    }

    [Fact]
    public async Task A_card_that_is_being_charged_stays_and_nobody_sees_or_removes_anothers()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var (id, _) = await portal.OrganizationAsync(shape: o => o.Slug = "acme");
        var (other, _) = await portal.OrganizationAsync("Other", shape: o => o.Slug = "other");
        var (admin, stranger, staff) = (await portal.ProgramAsync(Role.Admin, id), await portal.ProgramAsync(Role.Admin, other), await portal.ProgramAsync(Role.Staff, id));
        var entered = new NewCard("sandbox", "sbx_cus_1", "sbx_pm_1", "visa", "4242", 12, 2034);
        await portal.Ledger.DoneAsync(new AddCard(Ledger.Tester, "card", id, entered));
        await portal.Ledger.DoneAsync(new SetBillingRule(Ledger.Tester, "rule") { Wishes = [new RuleWish(id) { RechargeEnabled = true, Threshold = Ledger.Micros(20), Amount = Ledger.Micros(50) }] });
        await portal.Ledger.DoneAsync(new SubmitRecharge(Actor.System("engine"), "claim", id, 1));

        var busy = await admin.AskAsync(HttpMethod.Delete, Methods + "/sbx_pm_1", content: null);
        (busy.Status, busy["error_code"]).ShouldBe((422, "not_due"));
        busy.Body.EnumerateObject().Select(field => field.Name).ShouldBe(["error_code", "message", "request_id"]);
        (await stranger.AskAsync(HttpMethod.Delete, Methods + "/sbx_pm_1", content: null)).Status.ShouldBe(404);
        (await stranger.ReadAsync(Methods)).Text.ShouldBe("[]");
        (await staff.ReadAsync(Methods)).Text.ShouldContain("\"id\":\"sbx_pm_1\"");
        (await staff.AskAsync(HttpMethod.Delete, Methods + "/sbx_pm_1", content: null)).Status.ShouldBe(403);
        (await staff.AskAsync(HttpMethod.Post, Intent, content: null)).Status.ShouldBe(403);
        stranger.DefaultRequestHeaders.Add(OwnOrganization.SlugHeader, "acme");
        (await stranger.ReadAsync(Methods)).Status.ShouldBe(404);
        (await stranger.AskAsync(HttpMethod.Post, Intent, content: null)).Status.ShouldBe(404);
        foreach (var strange in new[] { "%F0%9F%A4%96", new string('a', 300), "7" })
        {
            (await admin.AskAsync(HttpMethod.Delete, $"{Methods}/{strange}", content: null)).Status.ShouldBeOneOf(400, 404);
        }

        (await admin.AskAsync(HttpMethod.Post, Intent, content: null, new string('k', 256)))["error_code"].ShouldBe("idempotency_key_invalid");
        (await admin.AskAsync(HttpMethod.Post, Intent, "a", type: "image/png")).Status.ShouldBe(415);
        (await admin.ReadAsync(Intent)).Status.ShouldBe(405);
        (await admin.AskAsync(HttpMethod.Post, Methods, "{}")).Status.ShouldBe(405);
        (await portal.CreateClient().ReadAsync(Methods)).Status.ShouldBe(401);
    }

    /// <summary>Delivers what is due, beside the portal's own delivery: both do it once.</summary>
    private static async Task DeliverAsync(ApiPortal portal)
    {
        var (outbox, take) = (portal.Services.GetRequiredService<SandboxOutbox>(), portal.Services.GetRequiredService<TakePaymentNews>());
        foreach (var due in await outbox.DueAsync(default))
        {
            (await take.RunAsync(due.Body, due.Signature, default)).ShouldBeTrue();
        }
    }
}
