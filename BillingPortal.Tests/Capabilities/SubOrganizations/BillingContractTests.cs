using System.Runtime.CompilerServices;
using System.Text.Json;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using static BillingPortal.Tests.Capabilities.SubOrganizations.Family;

namespace BillingPortal.Tests.Capabilities.SubOrganizations;

/// <summary>Contract 1's own route, as its page has it: the page's request is sent, and every field of its answer is compared.</summary>
public sealed class BillingContractTests(TestDatabases databases)
{
    /// <summary>The page's own request, to the letter.</summary>
    private const string Sample =
        """
        {
          "auto_recharge": {
            "enabled": true,
            "recharge_threshold": 252.5,
            "recharge_amount": 252.5
          },
          "spending_cap": {
            "enabled": true,
            "amount": 50000,
            "reset_at": "2023-11-07T05:31:56Z"
          }
        }
        """;

    [Theory]
    [BothDatabases]
    public async Task The_pages_own_request_is_answered_with_every_field_of_the_pages_answer_and_no_other(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var above = await portal.OrganizationAsync("Above");
        var acme = await portal.OrganizationAsync(shape: o => o.ParentId = above.Id.Value);
        var east = await portal.OrganizationAsync("Acme East", shape: o => o.ParentId = acme.Id.Value);
        await FurnishAsync(portal, east.Id, acme.Id);
        var admin = await portal.ProgramAsync(Role.Admin, above.Id);

        var answer = await admin.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), Sample, type: "application/json");

        answer.Status.ShouldBe(200, answer.Text);
        answer.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var page = JsonDocument.Parse(await File.ReadAllTextAsync(System.IO.Path.Combine(Here(), "contract-1-answer.json"))).RootElement;
        Shape(answer.Body, "").ShouldBe(Shape(page, ""), ignoreOrder: false);
        var billing = answer.Body.GetProperty("billing");
        billing.GetProperty("auto_recharge").GetRawText().ShouldBe("""{"enabled":true,"recharge_threshold":252.5,"recharge_amount":252.5}""");
        var next = SpendingCalendar.WindowOf(portal.Ledger.Now, BillingPortal.Domain.Instant.From(new DateTimeOffset(2023, 11, 7, 5, 31, 56, TimeSpan.Zero)), TimeZoneInfo.Utc).End;
        billing.GetProperty("spending_cap").GetRawText().ShouldBe($$"""{"enabled":true,"amount":50000,"reset_at":"{{next.ToUtc():yyyy-MM-ddTHH:mm:ss}}Z"}""");
        (answer["id"], answer["type"], answer["plan"], answer["role"], answer["balance"], answer["promo_balance"], answer["spending_cap_used"])
            .ShouldBe((east.Uuid.ToString(), "TEAM", "free", "ADMIN", "93.5", "6.5", "10.000001"));
        answer.Body.GetProperty("parent_org").GetProperty("parent_org_id").GetGuid().ShouldBe(above.Uuid);
    }

    [Theory]
    [BothDatabases]
    public async Task What_is_absent_stays_and_the_same_key_is_answered_alike(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, east) = await PairAsync(portal);
        var manager = await portal.ProgramAsync(Role.Manager, acme.Id);
        await manager.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), Sample);

        var off = await manager.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), """{"auto_recharge": {"enabled": false, "more": 1}, "unknown": {}}""", "key");
        var changed = await manager.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), """{"auto_recharge": {"recharge_threshold": 5}, "spending_cap": {"amount": 0}}""");
        var again = await manager.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), """{"auto_recharge": {"enabled": false, "more": 1}, "unknown": {}}""", "key");
        var other = await manager.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), """{"auto_recharge": {"enabled": true}}""", "key");

        (off.Status, changed.Status, again.Text, other.Status, other["code"]).ShouldBe((200, 200, off.Text, 422, "key_reused"), off.Text);
        Rule(off).ShouldBe("""{"enabled":false,"recharge_threshold":252.5,"recharge_amount":252.5} {"enabled":true,"amount":50000}""");
        Rule(changed).ShouldBe("""{"enabled":false,"recharge_threshold":5,"recharge_amount":252.5} {"enabled":true,"amount":0}""");
        await using var store = await portal.StoreAsync();
        (await store.BillingRuleChanges.Where(change => change.OrganizationId == east.Id.Value).Select(change => change.Version).ToListAsync()).ShouldBe([1, 2, 3], ignoreOrder: true);
        (await portal.Ledger.RunAsync(portal.Ledger.Charge(east.Id, 1))).ShouldBeOfType<BillingPortal.Domain.Outcome<BillingPortal.Store.Receipt>.Refused>();
    }

    [Theory]
    [BothDatabases]
    public async Task Before_anything_was_set_the_answer_leaves_out_what_is_not_known(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, east) = await PairAsync(portal);
        var finance = await portal.ProgramAsync(Role.Finance);

        var answer = await finance.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), """{"auto_recharge": {}}""");

        answer.Status.ShouldBe(200, answer.Text);
        answer.Body.EnumerateObject().Select(field => field.Name).ShouldBe(
        [
            "id", "name", "verified", "disabled", "type", "plan", "balance", "promo_balance", "promo_balance_reset_at", "billing", "logo_url", "deleted", "created_at",
            "spending_cap_used", "updated_at", "features", "parent_org",
        ]);
        Rule(answer).ShouldBe("""{"enabled":false} {"enabled":false}""");
        (answer.Body.GetProperty("logo_url").ValueKind, answer.Body.GetProperty("promo_balance_reset_at").ValueKind).ShouldBe((JsonValueKind.Null, JsonValueKind.Null));
        answer.Body.GetProperty("billing").EnumerateObject().Select(field => field.Name).ShouldBe(["auto_recharge", "spending_cap"]);
    }

    private static string Billing(Guid parent, Guid sub) => $"/orgs/{parent}/orgs/{sub}/billing";

    private static string Rule(Answer answer)
    {
        var (recharge, cap) = (answer.Body.GetProperty("billing").GetProperty("auto_recharge"), answer.Body.GetProperty("billing").GetProperty("spending_cap"));
        var amount = cap.TryGetProperty("amount", out var set) ? ",\"amount\":" + set.GetRawText() : "";
        return $$"""{{recharge.GetRawText()}} {"enabled":{{cap.GetProperty("enabled").GetRawText()}}{{amount}}}""";
    }

    /// <summary>Every path with its type; true and false are one.</summary>
    private static IEnumerable<string> Shape(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Shape(field.Value, $"{path}.{field.Name}")),
        JsonValueKind.True or JsonValueKind.False => [path + ": boolean"],
        var kind => [$"{path}: {kind.ToString().ToLowerInvariant()}"],
    };

    /// <summary>Everything that the page's answer shows: contacts, a logo, a card that failed, credits, spend, and people told of all three.</summary>
    private static async Task FurnishAsync(ApiPortal portal, OrganizationId east, OrganizationId parent)
    {
        await portal.Ledger.DoneAsync(new GrantCredits(Ledger.Tester, portal.Ledger.NextKey(), east) { Amount = 16_500_001 });
        await portal.Ledger.DoneAsync(portal.Ledger.TopUp(east, 93.5m));
        await portal.Ledger.DoneAsync(portal.Ledger.Charge(east, 10.000001m));
        await portal.Ledger.DoneAsync(new AddCard(Ledger.Tester, portal.Ledger.NextKey(), east, new NewCard("sandbox", "cus_1", "pm_1", "visa", "4242", 12, 2099)));
        await using var store = await portal.StoreAsync();
        await store.Database.ExecuteSqlAsync($"UPDATE payment_method SET failed_at = 1, failed_message = 'Your card was declined.' WHERE organization_id = {east.Value}");
        await store.Database.ExecuteSqlAsync($"UPDATE billing_rule SET low_balance_at = 1, out_of_balance_at = 2, cap_alert_at = 3 WHERE organization_id = {east.Value}");
        await store.Organizations.Where(o => o.Id == east.Value || o.Id == parent.Value).ExecuteUpdateAsync(o => o
            .SetProperty(x => x.LogoUrl, "https://acme.example/logo.svg").SetProperty(x => x.ContactEmail, "a@b.example").SetProperty(x => x.ContactAddress, "1 Main Street")
            .SetProperty(x => x.TermsUrl, "https://acme.example/terms").SetProperty(x => x.PrivacyUrl, "https://acme.example/privacy"));
    }

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
