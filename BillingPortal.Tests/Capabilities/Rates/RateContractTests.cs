using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Rating;
using BillingPortal.Store.Rating;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Rates;

/// <summary>Contract 4's custom rates and inclusive volumes, walked over HTTP within one database.</summary>
public sealed class RateContractTests(TestDatabases databases)
{
    private static readonly BillingPeriod Now = BillingPeriod.Of(Instant.Now(TimeProvider.System), "UTC");

    [Theory]
    [BothDatabases]
    public async Task Rates_and_volumes_are_given_from_above_listed_ended_and_refused_with_the_contracts_codes(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var reseller = await portal.OrganizationAsync("Reseller", ChargingModel.Postpaid);
        var sub = await portal.OrganizationAsync("Sub", ChargingModel.Postpaid, o => o.ParentId = reseller.Id.Value);
        var other = await portal.OrganizationAsync("Other");
        var (above, own) = (await portal.ProgramAsync(Role.Admin, reseller.Id), await portal.ProgramAsync(Role.Admin, sub.Id));
        var root = $"/api/v1/organisation/{sub.Id}";
        var (rates, volumes) = ($"{root}/custom_rate", $"{root}/inclusive_volume");

        // A rate from this month on, open-ended; a later one ends it the month before.
        var first = await above.AskAsync(HttpMethod.Post, rates, """{"service":"data","ratezone":"Europe","rate":0.00875,"currency":{"code":"USD"},"unknown":1}""", "k1");
        first.Status.ShouldBe(201, first.Text);
        first.Text.ShouldBe($$$"""{"id":1,"tariff":null,"ratezone":"Europe","volume":0,"rate":0.00875,"service":"data","currency":{"code":"USD"},"start_date":"{{{Day(Now)}}}T00:00:00Z","end_date":null,"status":{"id":0,"description":"Active"}}""");
        (await above.AskAsync(HttpMethod.Post, rates, """{"service":"data","ratezone":"Europe","rate":0.00875,"currency":{"code":"USD"},"unknown":1}""", "k1")).Text.ShouldBe(first.Text);
        (await above.AskAsync(HttpMethod.Post, rates, $$"""{"service":"data","ratezone":"Europe","rate":"0.00825","start_date":"{{Day(Now.Next.Next)}}"}""")).Status.ShouldBe(201);
        var listed = await above.ReadAsync($"{rates}?sort=-id&per_page=1");
        (listed.Status, string.Join(',', listed.Response.Headers.GetValues("X-Total-Count"))).ShouldBe((200, "2"), listed.Text);
        listed.Text.ShouldStartWith("[{\"id\":2,");
        (await own.ReadAsync(rates)).Text.ShouldContain($"\"end_date\":\"{LastDay(Now.Next)}T23:59:59Z\"");

        // Volumes: given from above, ended by the organization itself with the month, from above at once.
        var given = await above.AskAsync(HttpMethod.Post, volumes, $$"""{"service":"data","volume":100,"end_date":"{{LastDay(Now.Next.Next)}}"}""");
        (given.Status, given["id"], given["volume"]).ShouldBe((201, "1", "100"), given.Text);
        (await above.AskAsync(HttpMethod.Post, volumes, $$"""{"service":"sms","volume":"5.5","start_date":"{{Day(Now.Next)}}"}""")).Status.ShouldBe(201);
        (await own.ReadAsync($"{volumes}/active")).Text.ShouldBe($"[{given.Text}]");
        (await own.AskAsync(HttpMethod.Delete, $"{volumes}/1", content: null)).Text.ShouldBe("{}");
        (await own.ReadAsync($"{volumes}/active")).Text.ShouldContain($"\"end_date\":\"{LastDay(Now)}T23:59:59Z\"");
        (await ActiveAsync(portal, sub.Id.Value)).ShouldBe(1);
        (await above.AskAsync(HttpMethod.Delete, $"{volumes}/1", content: null)).Status.ShouldBe(200);
        (await own.ReadAsync($"{volumes}/active")).Text.ShouldBe("[]");
        (await ActiveAsync(portal, sub.Id.Value)).ShouldBe(0);

        await RefusedAsync(above, own, root, other.Id.Value);

        // A started rate expires and stays to be seen; one to come is gone; neither is deleted twice.
        (await above.AskAsync(HttpMethod.Delete, $"{rates}/1", content: null)).Status.ShouldBe(200);
        (await above.AskAsync(HttpMethod.Delete, $"{rates}/2", content: null)).Status.ShouldBe(200);
        (await above.ReadAsync(rates)).Text.ShouldSatisfyAllConditions(text => text.ShouldContain("\"Expired\""), text => text.ShouldNotContain("\"id\":2"));
        (await above.AskAsync(HttpMethod.Delete, $"{rates}/1", content: null))["error_token"].ShouldBe("CannotBeDeleted");
        (await above.AskAsync(HttpMethod.Delete, $"{rates}/2", content: null)).Status.ShouldBe(404);
    }

    private static async Task RefusedAsync(HttpClient above, HttpClient own, string root, long other)
    {
        var (rates, volumes) = ($"{root}/custom_rate", $"{root}/inclusive_volume");
        foreach (var (program, method, path, body, status, code) in new (HttpClient, HttpMethod, string, string, int, int)[]
        {
            (own, HttpMethod.Post, rates, """{"service":"data","rate":0}""", 403, 1104),
            (own, HttpMethod.Post, volumes, """{"service":"data","volume":5}""", 403, 1104),
            (own, HttpMethod.Delete, $"{rates}/1", "", 403, 1104),
            (own, HttpMethod.Get, $"/api/v1/organisation/{other}/custom_rate", "", 404, 1201),
            (own, HttpMethod.Get, "/api/v1/organisation/1.1/custom_rate", "", 404, 1201),
            (above, HttpMethod.Delete, $"{rates}/99", "", 404, 1201),
            (above, HttpMethod.Delete, $"{volumes}/x", "", 404, 1201),
            (above, HttpMethod.Get, $"{rates}?sort=price", "", 422, 1302),
            (above, HttpMethod.Get, $"{rates}?q=price:1", "", 422, 1301),
            (above, HttpMethod.Post, rates, """{"service":"data"}""", 422, 1402),
            (above, HttpMethod.Post, rates, """{"rate":true}""", 422, 1400),
            (above, HttpMethod.Post, rates, """{"service":"data","rate":"much"}""", 422, 1403),
            (above, HttpMethod.Post, rates, """{"service":"data","rate":-1}""", 422, 1404),
            (above, HttpMethod.Post, rates, """{"service":"data","rate":1,"start_date":"2026-11-02"}""", 422, 1404),
            (above, HttpMethod.Post, rates, """{"service":"data","rate":1,"start_date":"soon"}""", 422, 1403),
            (above, HttpMethod.Post, rates, """{"service":"data","rate":1,"currency":{"code":"EUR"}}""", 422, 1401),
            (above, HttpMethod.Post, rates, """{"service":"data","rate":1,"tariff":{"id":77}}""", 422, 1401),
            (above, HttpMethod.Post, rates, $$"""{"service":"data","ratezone":"Europe","rate":"0.00825","start_date":"{{Day(Now.Next.Next)}}"}""", 409, 1405),
            (above, HttpMethod.Post, rates, "[]", 400, 1400),
            (above, HttpMethod.Post, volumes, """{"service":"data","volume":0}""", 422, 1404),
            (above, HttpMethod.Post, volumes, """{"service":"data","volume":1,"start_date":"2020-01-01"}""", 422, 1404),
            (above, HttpMethod.Delete, $"{volumes}/1", "", 409, 1407),
        })
        {
            var answer = await (body.Length == 0 ? program.AskAsync(method, path, content: null) : program.AskAsync(method, path, body));
            (answer.Status, answer["error_code"]).ShouldBe((status, code.ToString(CultureInfo.InvariantCulture)), $"{method} {path} {body}: {answer.Text}");
        }
    }

    private static async Task<int> ActiveAsync(ApiPortal portal, long organization)
    {
        await using var store = await portal.StoreAsync();
        return (await ActiveAllowances.ReadAsync(await JournalReading.OpenAsync(store, CancellationToken.None), new(organization), Now)).Length;
    }

    private static string Day(BillingPeriod month) => new Months(month).StartsOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string LastDay(BillingPeriod month) => new Months(month, month).EndsOn!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
