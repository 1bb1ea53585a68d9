using System.Globalization;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using static BillingPortal.Tests.Capabilities.SubOrganizations.Family;

namespace BillingPortal.Tests.Capabilities.SubOrganizations;

/// <summary>Every limit of contract 1's page, and what is beyond them.</summary>
public sealed class BillingLimitTests(SharedApiPortal shared) : IClassFixture<SharedApiPortal>
{
    [Theory]
    [InlineData("auto_recharge.recharge_threshold", "4.99", 422)]
    [InlineData("auto_recharge.recharge_threshold", "5", 200)]
    [InlineData("auto_recharge.recharge_threshold", "5e0", 200)]
    [InlineData("auto_recharge.recharge_threshold", "500", 200)]
    [InlineData("auto_recharge.recharge_threshold", "500.01", 422)]
    [InlineData("auto_recharge.recharge_threshold", "-1", 422)]
    [InlineData("auto_recharge.recharge_threshold", "\"abc\"", 422)]
    [InlineData("auto_recharge.recharge_threshold", "\"20\"", 422)]
    [InlineData("auto_recharge.recharge_threshold", "null", 422)]
    [InlineData("auto_recharge.recharge_threshold", "true", 422)]
    [InlineData("auto_recharge.recharge_threshold", "20.0000001", 422)]
    [InlineData("auto_recharge.recharge_threshold", "1e400", 422)]
    [InlineData("auto_recharge.recharge_threshold", "NaN", 400)]
    [InlineData("auto_recharge.recharge_amount", "4.99", 422)]
    [InlineData("auto_recharge.recharge_amount", "5", 200)]
    [InlineData("auto_recharge.recharge_amount", "500", 200)]
    [InlineData("auto_recharge.recharge_amount", "500.01", 422)]
    [InlineData("auto_recharge.recharge_amount", "-1", 422)]
    [InlineData("auto_recharge.recharge_amount", "null", 422)]
    [InlineData("auto_recharge.enabled", "null", 422)]
    [InlineData("auto_recharge.enabled", "1", 422)]
    [InlineData("spending_cap.enabled", "\"true\"", 422)]
    [InlineData("spending_cap.amount", "0", 200)]
    [InlineData("spending_cap.amount", "100000", 200)]
    [InlineData("spending_cap.amount", "100000.00", 200)]
    [InlineData("spending_cap.amount", "100000.01", 422)]
    [InlineData("spending_cap.amount", "-1", 422)]
    [InlineData("spending_cap.amount", "-0.000001", 422)]
    [InlineData("spending_cap.amount", "\"abc\"", 422)]
    [InlineData("spending_cap.amount", "null", 422)]
    [InlineData("spending_cap.amount", "Infinity", 400)]
    [InlineData("spending_cap.reset_at", "\"2023-11-07T05:31:56Z\"", 200)]
    [InlineData("spending_cap.reset_at", "\"2199-01-31T00:00:00+02:00\"", 200)]
    [InlineData("spending_cap.reset_at", "\"2023-11-07\"", 422)]
    [InlineData("spending_cap.reset_at", "\"soon\"", 422)]
    [InlineData("spending_cap.reset_at", "null", 422)]
    [InlineData("spending_cap.reset_at", "1699335116", 422)]
    public async Task A_limit_is_kept_to_the_last_digit_and_the_field_is_named(string field, string value, int status)
    {
        var portal = shared.Portal;
        var (acme, east) = await PairAsync(portal);
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);
        var (part, name) = (field.Split('.')[0], field.Split('.')[1]);
        var body = "{\"auto_recharge\": {" + (part == "auto_recharge" ? "" : "}, \"spending_cap\": {") + $"\"{name}\": {value}" + "}}";

        var answer = await admin.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), body);

        answer.Status.ShouldBe(status, answer.Text);
        if (status == 200)
        {
            if (decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                answer.Body.GetProperty("billing").GetProperty(part).GetProperty(name).GetDecimal().ShouldBe(number);
            }

            return;
        }

        answer["code"].ShouldBe(status == 400 ? "malformed_json" : "invalid_fields");
        answer.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe([status == 400 ? "body" : field]);
        await using var store = await portal.StoreAsync();
        (await store.BillingRuleChanges.AnyAsync(change => change.OrganizationId == east.Id.Value)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{}""", "auto_recharge")]
    [InlineData("""{"auto_recharge": null}""", "auto_recharge")]
    [InlineData("""{"auto_recharge": []}""", "auto_recharge")]
    [InlineData("""{"auto_recharge": {}, "spending_cap": null}""", "spending_cap")]
    [InlineData("""{"auto_recharge": {"enabled": true}}""", "auto_recharge.recharge_threshold auto_recharge.recharge_amount")]
    [InlineData("""{"auto_recharge": {"enabled": true, "recharge_amount": 20}}""", "auto_recharge.recharge_threshold")]
    [InlineData("""{"auto_recharge": {}, "spending_cap": {"enabled": true}}""", "spending_cap.amount")]
    public async Task What_is_missing_is_named(string body, string fields)
    {
        var portal = shared.Portal;
        var (acme, east) = await PairAsync(portal);
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);

        var answer = await admin.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), body);

        (answer.Status, answer["code"]).ShouldBe((422, "invalid_fields"), answer.Text);
        answer.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(fields.Split(' '));
    }

    [Theory]
    [InlineData("USD", ChargingModel.Postpaid, "not_for_postpaid")]
    [InlineData("JPY", ChargingModel.Prepaid, "currency_not_supported")]
    public async Task Who_pays_afterwards_or_keeps_whole_units_only_is_refused(string currency, ChargingModel model, string code)
    {
        var portal = shared.Portal;
        var acme = await portal.OrganizationAsync();
        var east = await portal.OrganizationAsync("Acme East", model, o => (o.ParentId, o.Currency) = (acme.Id.Value, currency));
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);

        var answer = await admin.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), """{"auto_recharge": {"enabled": true, "recharge_threshold": 20, "recharge_amount": 20}}""", "key");

        (answer.Status, answer["code"]).ShouldBe((422, code), answer.Text);
        (await admin.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), """{"auto_recharge": {"enabled": true, "recharge_threshold": 20, "recharge_amount": 20}}""", "key")).Text.ShouldBe(answer.Text);
    }

    [Fact]
    public async Task Another_tenants_is_404_and_without_the_permission_it_is_403()
    {
        var portal = shared.Portal;
        var (acme, east) = await PairAsync(portal);
        var stranger = await portal.OrganizationAsync("Strangers");
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);
        const string Body = """{"auto_recharge": {}}""";

        (await admin.AskAsync(HttpMethod.Patch, Billing(stranger.Uuid, east.Uuid), Body)).Status.ShouldBe(404);
        (await admin.AskAsync(HttpMethod.Patch, Billing(acme.Uuid, stranger.Uuid), Body)).Status.ShouldBe(404);
        (await (await portal.ProgramAsync(Role.Admin, east.Id)).AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), Body)).Status.ShouldBe(404);
        (await (await portal.ProgramAsync(Role.Developer, acme.Id)).AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), Body)).Status.ShouldBe(403);
        (await (await portal.ProgramAsync(Role.Admin, acme.Id, "organizations:read")).AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), Body)).Status.ShouldBe(403);
        (await (await portal.ProgramAsync(Role.Support)).AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), Body)).Status.ShouldBe(403);
        (await portal.CreateClient().AskAsync(HttpMethod.Patch, Billing(acme.Uuid, east.Uuid), Body)).Status.ShouldBe(401);
    }

    private static string Billing(Guid parent, Guid sub) => $"/orgs/{parent}/orgs/{sub}/billing";
}
