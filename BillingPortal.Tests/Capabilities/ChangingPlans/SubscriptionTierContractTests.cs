using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.ChangingPlans;

public sealed class SubscriptionTierContractTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task Tiers_are_read_chosen_and_agreed_as_contract_2_says_and_stand_in_the_balance(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, uuid) = await portal.OrganizationAsync();
        var (program, finance) = (await portal.ProgramAsync(Role.Admin, acme), await portal.ProgramAsync(Role.Finance));

        (await program.ReadAsync("/org/payment/subscriptions")).Text.ShouldBe(
            """{"modeling_app":{"description":"To try things out: usage is paid from the balance, nothing is charged for the plan.","features":[{"info":"Wallet connection"},{"info":"API keys"},{"info":"Members and organizations"}],"name":"free","pay_as_you_go_credits":"0.00","price":{"interval":"month","price":"0.00","type":"flat"},"support_tier":"community","training_data_behavior":"default_on","type":{"type":"individual"},"zoo_tools_included":["modeling_app"]}}""");
        var sold = (await program.ReadAsync("/pricing/subscriptions")).Body.GetProperty("modeling_app").EnumerateArray().ToList();
        sold.Select(tier => tier.GetProperty("name").GetString()).ShouldBe(["free", "pro", "team", "enterprise"]);
        sold[2].GetProperty("type").ToString().ShouldBe("""{"type":"organization","saml_sso":true}""");
        sold[3].GetProperty("price").ToString().ShouldBe("""{"type":"enterprise"}""");

        foreach (var (body, status, code) in new[]
        {
            ("""{"modeling_app":"gold"}""", 400, "invalid_request"), ("{}", 400, "invalid_request"), ("""{"modeling_app":"pro","pay_annually":true}""", 400, "invalid_request"),
            ("""{"modeling_app":"pro"}""", 422, "payment_method_needed"), ("""{"modeling_app":"enterprise"}""", 403, "forbidden"), ("[", 400, "malformed_json"),
        })
        {
            var refused = await program.AskAsync(HttpMethod.Put, "/org/payment/subscriptions", body);
            (refused.Status, refused["error_code"]).ShouldBe((status, code), body);
        }

        await PlanUpgradeContractTests.CardAsync(portal, acme);
        var chosen = await program.AskAsync(HttpMethod.Post, "/org/payment/subscriptions", """{"modeling_app":"pro"}""", "first");
        (chosen.Status, chosen.Body.GetProperty("modeling_app").GetProperty("name").GetString()).ShouldBe((201, "pro"));
        (await program.AskAsync(HttpMethod.Post, "/org/payment/subscriptions", """{"modeling_app":"pro"}""", "first")).Text.ShouldBe(chosen.Text);

        var pricing = $"/orgs/{uuid}/enterprise/pricing";
        (await program.AskAsync(HttpMethod.Put, pricing, """{"type":"enterprise"}""")).Status.ShouldBe(403);
        foreach (var wrong in new[] { """{"type":"gold"}""", """{"type":"flat","interval":"year"}""", """{"type":"flat","interval":"hour","price":"1"}""", """{"type":"flat","interval":"year","price":"0.001"}""", """{"type":"flat","interval":"year","price":"-1"}""" })
        {
            (await finance.AskAsync(HttpMethod.Put, pricing, wrong)).Status.ShouldBe(400, wrong);
        }

        (await finance.AskAsync(HttpMethod.Put, pricing, """{"type":"per_user","interval":"year","price":"1200.00"}""")).Status.ShouldBe(200);
        var balance = await finance.ReadAsync($"/orgs/{uuid}/payment/balance");
        balance.Body.GetProperty("modeling_app_enterprise_price").ToString().ShouldBe("""{"interval":"year","price":"1200.00","type":"per_user"}""");
        balance.Body.GetProperty("subscription_details").GetProperty("modeling_app").GetProperty("name").GetString().ShouldBe("pro");
        balance["subscription_id"]!.ShouldStartWith("sub_");
        balance["monthly_credits_remaining"].ShouldBe("20.00");
        var (_, euro) = await portal.OrganizationAsync("Euro", shape: o => o.Currency = "EUR");
        (await finance.AskAsync(HttpMethod.Put, $"/orgs/{euro}/enterprise/pricing", """{"type":"enterprise"}"""))["error_code"].ShouldBe("currency_not_supported");
    }
}
