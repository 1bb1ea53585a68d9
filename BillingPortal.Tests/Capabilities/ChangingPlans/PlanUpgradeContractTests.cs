using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.ChangingPlans;

public sealed class PlanUpgradeContractTests(TestDatabases databases)
{
    private const string Free = "connect_only design api_keys visit_management settings_general settings_security settings_privacy admin_orgs admin_billing admin_members user_management";

    private const string Advanced = Free + " connect_and_sign multi_wallet api_tokens info_capture access_list chainalysis analytics_users analytics_visits captcha signin_with_email gating account_abstraction webhooks";

    [Theory, BothDatabases]
    public async Task Upgrading_tries_pays_and_answers_field_by_field_as_the_contract_says(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, uuid) = await portal.OrganizationAsync();
        var program = await portal.ProgramAsync(Role.Admin, acme);
        var route = $"/api/v0/organizations/{uuid}/billing";

        var free = await program.ReadAsync(route + "/subscription");
        (free.Status, free["planType"], free["inTrial"], free["hasPaymentMethod"], free["version"], free["shouldLockEnvironmentSwitch"], free["cancelAtPeriodEnd"])
            .ShouldBe((200, "free", "False", "False", "free-1", "True", "False"));
        Scopes(free).ShouldBe(Free);
        free.Body.TryGetProperty("currentBillingPeriod", out _).ShouldBeFalse();
        free["billingPortalUrl"]!.ShouldEndWith($"/organizations/{acme}/plan");
        free["billingPortalAddPaymentMethodUrl"]!.ShouldEndWith($"/organizations/{acme}/cards");
        (await program.AskAsync(HttpMethod.Post, route + "/subscription/cancel", content: null)).ShouldBeRefused(422, "not_subscribed");

        var trial = await program.AskAsync(HttpMethod.Put, route + "/upgrade", content: null, key: "up-1");
        (trial.Status, trial["planType"], trial["inTrial"], trial["trialDaysLeft"]).ShouldBe((200, "advanced", "True", "14"));
        Scopes(trial).ShouldBe(Advanced);
        trial["trialStart"]!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        trial["trialEnd"]!.ShouldEndWith("T00:00:00.000Z");
        var again = await program.AskAsync(HttpMethod.Put, route + "/upgrade", content: null, key: "up-1");
        again.Text.ShouldBe(trial.Text, "the same key replays the first answer");
        (await program.AskAsync(HttpMethod.Put, route + "/subscription/coupon", """{"coupon":"X"}""", "up-1")).ShouldBeRefused(422, "key_reused");

        var cancelled = await program.AskAsync(HttpMethod.Post, route + "/subscription/cancel", content: null);
        (cancelled.Status, cancelled["cancelAtPeriodEnd"]).ShouldBe((200, "True"));
        (await program.AskAsync(HttpMethod.Put, route + "/upgrade", content: null))["cancelAtPeriodEnd"].ShouldBe("False");

        var (rich, richUuid) = await portal.OrganizationAsync("Rich");
        await CardAsync(portal, rich);
        var payer = await portal.ProgramAsync(Role.Manager, rich);
        var paid = await payer.AskAsync(HttpMethod.Put, $"/api/v0/organizations/{richUuid}/billing/upgrade", content: null, key: "pay");
        (paid.Status, paid["planType"], paid["inTrial"], paid["hasPaymentMethod"], paid["shouldLockEnvironmentSwitch"]).ShouldBe((200, "advanced", "False", "True", "False"));
        var period = paid.Body.GetProperty("currentBillingPeriod");
        (period.GetProperty("startDate").GetString()!.EndsWith('Z'), period.GetProperty("endDate").GetString()!.EndsWith('Z'), period.GetProperty("usagesCount").GetInt32()).ShouldBe((true, true, 0));
        var unchanged = await payer.AskAsync(HttpMethod.Put, $"/api/v0/organizations/{richUuid}/billing/upgrade", content: null);
        unchanged.Text.ShouldBe(paid.Text, "upgrading again changes nothing");
    }

    [Theory, BothDatabases]
    public async Task Each_error_has_the_contracts_shape_and_organizations_show_and_change_what_they_are(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, uuid) = await portal.OrganizationAsync();
        var (program, staff) = (await portal.ProgramAsync(Role.Admin, acme), await portal.ProgramAsync(Role.Staff, acme));
        var route = $"/api/v0/organizations/{uuid}/billing";
        foreach (var coupon in new[] { "{}", """{"coupon":null}""", """{"coupon":1}""", """{"coupon":""}""", """{"coupon":" X"}""", $$"""{"coupon":"{{new string('x', 256)}}"}""" })
        {
            var refused = await program.AskAsync(HttpMethod.Put, route + "/subscription/coupon", coupon);
            refused.ShouldBeRefused(422, "invalid_fields");
            refused.Body.GetProperty("payload").GetProperty("fields")[0].GetProperty("field").GetString().ShouldBe("coupon");
        }

        (await program.AskAsync(HttpMethod.Put, route + "/subscription/coupon", """{"coupon":"NONE"}""")).ShouldBeRefused(422, "coupon_not_valid");
        (await program.AskAsync(HttpMethod.Put, route + "/subscription/coupon", "{")).ShouldBeRefused(400, null);
        (await program.AskAsync(HttpMethod.Put, $"/api/v0/organizations/{uuid.ToString().ToUpperInvariant()}/billing/upgrade", content: null)).ShouldBeRefused(400, null);
        (await portal.CreateClient().AskAsync(HttpMethod.Put, route + "/upgrade", content: null)).ShouldBeRefused(401, null);
        (await staff.AskAsync(HttpMethod.Put, route + "/upgrade", content: null)).ShouldBeRefused(403, null);
        (await program.AskAsync(HttpMethod.Put, $"/api/v0/organizations/{ApiPortal.Nowhere}/billing/upgrade", content: null)).ShouldBeRefused(404, "not_found");
        (await program.AskAsync(HttpMethod.Delete, route + "/upgrade", content: null)).ShouldBeRefused(405, "method_not_allowed");

        var list = await program.ReadAsync("/api/v0/organizations");
        var one = list.Body.GetProperty("organizations").EnumerateArray().ShouldHaveSingleItem();
        (one.GetProperty("id").GetGuid(), one.GetProperty("name").GetString(), one.GetProperty("role").GetString()).ShouldBe((uuid, "Acme Robotics", "admin"));
        var changed = await program.AskAsync(HttpMethod.Put, $"/api/v0/organizations/{uuid}", """{"name":"Acme","address":{"city":"Gent","country":"BE"},"websiteUrl":"x"}""");
        (changed.Status, changed["name"]).ShouldBe((200, "Acme"));
        (await program.ReadAsync($"/api/v0/organizations/{uuid}")).Body.GetProperty("address").GetProperty("city").GetString().ShouldBe("Gent");
        (await staff.AskAsync(HttpMethod.Put, $"/api/v0/organizations/{uuid}", """{"name":"Other"}""")).ShouldBeRefused(403, null);
    }

    private static string Scopes(Answer answer) => string.Join(' ', answer.Body.GetProperty("scope").EnumerateArray().Select(scope => scope.GetString()));

    internal static async Task CardAsync(ApiPortal portal, OrganizationId organization)
    {
        var gateway = portal.Services.GetRequiredService<IPaymentGateway>();
        var customer = await gateway.EnterCustomerAsync(organization, "Rich", "customer:" + organization, default);
        var setup = await gateway.BeginSetupAsync(customer, new Uri("/back", UriKind.Relative), "setup:" + organization, default);
        (await portal.Services.GetRequiredService<SandboxDesk>().TakeAsync(setup.Id, "4242424242424242", "12", "34", default))!.Value.Refusal.ShouldBeNull();
        var card = (await gateway.FindCardAsync(customer, setup.Id, default))!;
        await portal.Ledger.DoneAsync(new AddCard(Ledger.Tester, portal.Ledger.NextKey(), organization, new NewCard(gateway.Provider, customer, card.Method, card.Brand, card.Last4, card.ExpiryMonth, card.ExpiryYear)) { Choose = true });
    }
}

internal static class PlanErrorAnswers
{
    /// <summary><c>{error}</c> for 400, 401 and 403; <c>{error, code}</c> for everything else.</summary>
    public static void ShouldBeRefused(this Answer answer, int status, string? code)
    {
        answer.Status.ShouldBe(status, answer.Text);
        answer["error"].ShouldNotBeNullOrEmpty();
        answer["code"].ShouldBe(code);
        answer.Body.EnumerateObject().Select(field => field.Name).Except(["error", "code", "payload"], StringComparer.Ordinal).ShouldBeEmpty();
    }
}
