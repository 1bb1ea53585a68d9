using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.BillingConfigurations;

/// <summary>Contract 4, its billing configuration and prepaid balance field by field: what it answers, and every error code of its page.</summary>
public sealed class BillingConfigContractTests(TestDatabases databases)
{
    private static readonly (string Body, int Status, int Code)[] Refused =
    [
        ("""{"vatin": null}""", 422, 1403), ("""{"vatin": 12}""", 422, 1403), ($$"""{"vatin": "{{new string('1', 65)}}"}""", 422, 1404), ("{\"vatin\": \"a\\u0007b\"}", 422, 1403),
        ("""{"invoice_issuer_info": 1}""", 422, 1403), ($$"""{"invoice_issuer_info": "{{new string('i', 2001)}}"}""", 422, 1404),
        ("""{"id": null}""", 422, 1403), ("""{"id": "x"}""", 422, 1403), ("""{"id": 99999}""", 422, 1401), ("""{"id": 1.5}""", 422, 1403),
        ("""{"charging_model": null}""", 422, 1403), ("""{"charging_model": 1}""", 422, 1403), ("""{"charging_model": {}}""", 422, 1402), ("""{"charging_model": {"id": null}}""", 422, 1403),
        ("""{"charging_model": {"id": "1"}}""", 422, 1403), ("""{"charging_model": {"id": 2}}""", 422, 1401), ("""{"charging_model": {"id": 9e15}}""", 422, 1401),
        ("""{"payment_term": null}""", 422, 1403), ("""{"payment_term": {"id": 99}}""", 422, 1401), ("""{"vat_rate": null}""", 422, 1403), ("""{"vat_rate": {"id": 1}}""", 422, 1401),
        ("""{"payment_data": null}""", 422, 1403), ("""{"payment_data": []}""", 422, 1403), ($$$"""{"payment_data": {"a": "{{{new string('d', 2000)}}}"}}""", 422, 1404),
        ("{\"payment_data\": {\"a\": \"\\ud800\"}}", 422, 1403), ("""{"charging_model": 1, "payment_term": {}}""", 422, 1400),
        ("""[]""", 400, 1400), ("""{"vatin": """, 400, 1400), ("""{"vatin": "1", "vatin": "2"}""", 400, 1400),
    ];

    [Fact]
    public async Task A_patch_answers_an_empty_object_changes_what_was_sent_and_leaves_the_rest()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var (acme, _) = await portal.OrganizationAsync("Acme", ChargingModel.Postpaid);
        var finance = await portal.ProgramAsync(Role.Finance);
        var path = $"/api/v1/organisation/{acme}/billing_config";

        (await finance.ReadAsync(path)).Text.ShouldBe(
            $$"""{"id":{{acme}},"vatin":null,"invoice_issuer_info":null,"charging_model":{"id":0,"description":"Postpaid"},"payment_term":{"id":1,"description":"30 days"},"payment_data":null,"vat_rate":null}""");
        var sent = await finance.AskAsync(HttpMethod.Patch, path, """{"vatin": "12345678901", "charging_model": {"id": 1}, "payment_term": {"id": 2}, "colour": "unknown"}""", "k1");
        (sent.Status, sent.Text).ShouldBe((200, "{}"));
        (await finance.AskAsync(HttpMethod.Patch, path, """{"vatin": "12345678901", "charging_model": {"id": 1}, "payment_term": {"id": 2}, "colour": "unknown"}""", "k1")).Text.ShouldBe("{}");
        (await finance.AskAsync(HttpMethod.Patch, path, """{"vatin": "other"}""", "k1"))["error_code"].ShouldBe("1405");
        (await finance.AskAsync(HttpMethod.Patch, path, $$$"""{"id": {{{acme}}}, "invoice_issuer_info": "Sold by Müller 🧾 \u200Fشركة", "payment_data": {"iban": "=DE02", "n": {"deep": [1]}}, "vat_rate": {"id": 603} }""")).Status.ShouldBe(200);
        (await finance.AskAsync(HttpMethod.Patch, path, "{}")).Text.ShouldBe("{}");

        var read = (await finance.ReadAsync(path)).Body;
        read.GetProperty("vatin").GetString().ShouldBe("12345678901");
        read.GetProperty("charging_model").GetProperty("id").GetInt32().ShouldBe(1);
        read.GetProperty("payment_term").GetRawText().ShouldBe("""{"id":2,"description":"14 days"}""");
        read.GetProperty("invoice_issuer_info").GetString().ShouldBe("Sold by Müller 🧾 \u200Fشركة");
        read.GetProperty("payment_data").GetRawText().ShouldBe("""{"iban":"=DE02","n":{"deep":[1]}}""");
        read.GetProperty("vat_rate").GetProperty("rate").GetDecimal().ShouldBe(19);
        (await finance.AskAsync(HttpMethod.Patch, path, """{"invoice_issuer_info": null, "payment_data": {}}""")).Status.ShouldBe(200);
        (await finance.ReadAsync(path)).Body.GetProperty("invoice_issuer_info").ValueKind.ShouldBe(JsonValueKind.Null);

        await using var store = await portal.StoreAsync();
        (await store.OrganizationEvents.OrderBy(e => e.Id).Select(e => e.Text).ToListAsync()).ShouldContain("Billing configuration updated: charging model Postpaid → Prepaid, payment term 30 days → 14 days.");
        (await store.BillingConfigChanges.OrderBy(change => change.Version).Select(change => change.Version).ToListAsync()).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Every_code_of_the_page_is_answered_where_it_says()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var (above, _) = await portal.OrganizationAsync("Reseller");
        var (acme, _) = await portal.OrganizationAsync("Acme", shape: o => o.ParentId = above.Value);
        var (owing, _) = await portal.OrganizationAsync("Owing", ChargingModel.Postpaid);
        var finance = await portal.ProgramAsync(Role.Finance);
        var reseller = await portal.ProgramAsync(Role.Admin, above);
        var own = await portal.ProgramAsync(Role.Admin, acme);
        var (root, config, balance) = ($"/api/v1/organisation/{acme}", $"/api/v1/organisation/{acme}/billing_config", $"/api/v1/organisation/{acme}/balance");

        await EachFieldIsRefusedAsync(finance, config);
        var (get, post, patch, delete) = (HttpMethod.Get, HttpMethod.Post, HttpMethod.Patch, HttpMethod.Delete);
        var unknown = portal.CreateClient();
        unknown.DefaultRequestHeaders.Authorization = new("Bearer", "bp_nobody");
        await AreAsync(
            (1101, portal.CreateClient(), get, config, null), (1102, unknown, get, config, null),
            (1104, own, patch, config, """{"payment_term": {"id": 2}}"""), (1104, reseller, patch, config, """{"vat_rate": {"id": 603}}"""),
            (1104, reseller, post, balance, """{"amount": 1}"""), (1104, finance, post, balance, """{"amount": 25001}"""), (1104, own, delete, balance, null),
            (1301, finance, get, root + "/balance/transaction?q=colour:red", null), (1301, finance, get, root + "/billing?page=two", null),
            (1302, finance, get, root + "/balance/transaction?sort=colour", null),
            (1402, finance, post, balance, "{}"), (1403, finance, post, balance, """{"amount": "much"}"""),
            (1404, finance, post, balance, """{"amount": 0}"""), (1404, finance, post, balance, """{"amount": 0.0000001}"""),
            (1401, finance, post, balance, """{"amount": 1, "type": {"id": 4}}"""), (1401, finance, post, balance, """{"amount": 1, "payment_option": {"id": 77}}"""),
            (1406, finance, post, balance, """{"amount": 1, "currency": {"code": "EUR"}}"""),
            (1406, finance, get, $"/api/v1/organisation/{owing}/balance", null), (1406, finance, delete, $"/api/v1/organisation/{owing}/balance", null),
            (1406, finance, post, $"/api/v1/organisation/{owing}/balance", """{"amount": 1}"""));
        foreach (var end in new[] { "billing_config", "balance", "balance/transaction", "balance/transaction/type", "balance/payment_option", "billing", "billing_config/vat_rate" })
        {
            await AreAsync((1201, finance, get, $"/api/v1/organisation/1.5/{end}", null), (1201, own, get, $"/api/v1/organisation/{owing}/{end}", null));
        }

        (await finance.AskAsync(post, balance, """{"amount": 12, "external_payment_identifier": "p1"}""")).Text.ShouldBe("{}");
        await AreAsync((1405, finance, post, balance, """{"amount": 12, "external_payment_identifier": "p1"}"""), (1405, finance, post, balance, """{"amount": 13, "external_payment_identifier": "p1"}"""));
        await portal.Ledger.CardAsync(acme);
        await portal.Ledger.DoneAsync(portal.Ledger.Rule(Engine.Recharge(acme, 20, 50)));
        await AreAsync((1407, finance, delete, balance, null));
        (await finance.AskAsync(HttpMethod.Put, balance, "{}")).Status.ShouldBe(405);

        await using var store = await portal.StoreAsync();
        await store.ApiTokens.ExecuteUpdateAsync(token => token.SetProperty(t => t.ExpiresAt, 1L));
        await AreAsync((1103, finance, get, config, null));
    }

    [Fact]
    public async Task Too_many_calls_are_told_when_to_ask_again()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var (acme, _) = await portal.OrganizationAsync("Acme");
        await using var strict = portal.WithWebHostBuilder(builder => builder.UseSetting(RequestAllowance.Setting, "2"));
        var finance = strict.CreateClient();
        finance.DefaultRequestHeaders.Authorization = (await portal.ProgramAsync(Role.Finance)).DefaultRequestHeaders.Authorization;

        (await finance.ReadAsync($"/api/v1/organisation/{acme}/billing")).Status.ShouldBe(200);
        (await finance.ReadAsync($"/api/v1/organisation/{acme}/balance")).Status.ShouldBe(200);
        var answer = await finance.ReadAsync($"/api/v1/organisation/{acme}/balance");
        (answer.Status, answer["error_code"], answer["error_token"]).ShouldBe((429, "1105", "TooManyRequests"));
        answer.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task A_volume_keeps_it_from_being_prepaid_and_the_message_says_which_and_until_when()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var (acme, _) = await portal.OrganizationAsync("Acme", ChargingModel.Postpaid);
        var finance = await portal.ProgramAsync(Role.Finance);
        var month = BillingPeriod.Of(Instant.Now(TimeProvider.System), TimeZoneInfo.Utc).Number;
        await using var store = await portal.StoreAsync();
        await store.Database.ExecuteSqlAsync(
            $"INSERT INTO inclusive_volume (organization_id, service, ratezone, volume, starts_on, ends_on, created_at, created_by) VALUES ({acme.Value}, 'Data', 'Europe', '500', {month}, {month}, 0, 'x')");

        Task<Answer> SwitchAsync() => finance.AskAsync(HttpMethod.Patch, $"/api/v1/organisation/{acme}/billing_config", """{"vatin": "DE136695976", "charging_model": {"id": 1}}""");
        var refused = await SwitchAsync();
        (refused.Status, refused["error_code"], refused["error_token"]).ShouldBe((400, "1406", "NotAllowed"));
        refused["message"]!.ShouldMatch(@"^The inclusive volume \d+ of 500 Data in Europe is active until \d+ \w+ \d+\. End it before switching to prepaid\.");
        (await store.BillingDetails.AnyAsync()).ShouldBeFalse("all of it or nothing");

        await store.Database.ExecuteSqlAsync($"UPDATE inclusive_volume SET ended_at = 1");
        (await SwitchAsync()).Text.ShouldBe("{}");
    }

    [Fact]
    public async Task The_reseller_tops_up_by_transfer_resets_its_own_and_reads_transactions_in_pages()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var (above, _) = await portal.OrganizationAsync("Reseller");
        var (acme, _) = await portal.OrganizationAsync("Acme", shape: o => (o.ParentId, o.Currency) = (above.Value, "EUR"));
        var finance = await portal.ProgramAsync(Role.Finance);
        var reseller = await portal.ProgramAsync(Role.Admin, above);
        var balance = $"/api/v1/organisation/{acme}/balance";

        await finance.AskAsync(HttpMethod.Post, balance, """{"amount": 12, "external_payment_identifier": "ee72882", "payment_option": {"id": 1}, "type": {"id": 1}}""");
        await finance.AskAsync(HttpMethod.Post, balance, """{"amount": 3.5, "type": {"id": 2}}""");
        (await reseller.ReadAsync(balance)).Text.ShouldBe(
            """{"amount":15.5,"currency":{"code":"EUR"},"external_payment_identifier":null,"payment_option":null,"type":{"id":2,"description":"Credit note"}}""");
        var deleted = await reseller.AskAsync(HttpMethod.Delete, balance, content: null, key: "reset");
        (deleted.Status, deleted.Text).ShouldBe((200, "{}"));
        (await reseller.AskAsync(HttpMethod.Delete, balance, content: null, key: "reset")).Text.ShouldBe("{}");
        (await reseller.AskAsync(HttpMethod.Delete, balance, content: null)).Text.ShouldBe("{}");
        (await reseller.ReadAsync(balance)).Body.GetProperty("amount").GetDecimal().ShouldBe(0);

        var first = await reseller.ReadAsync(balance + "/transaction?per_page=2");
        first.Response.Headers.GetValues("X-Total-Count").Single().ShouldBe("3");
        first.Response.Headers.GetValues("X-Total-Pages").Single().ShouldBe("2");
        using var rows = JsonDocument.Parse(first.Text);
        rows.RootElement.EnumerateArray().Select(row => (row.GetProperty("amount").GetDecimal(), row.GetProperty("type").GetProperty("id").GetInt32())).ShouldBe([(-15.5m, 3), (3.5m, 2)]);
        (await reseller.ReadAsync(balance + "/transaction?q=type:1&sort=-amount")).Text.ShouldContain(
            "\"amount\":12,\"currency\":{\"code\":\"EUR\"},\"type\":{\"id\":1,\"description\":\"Top-up\"},\"payment_option\":{\"id\":1,\"description\":\"Bank transfer\"},\"external_payment_identifier\":\"ee72882\"}]");
        var periods = await reseller.ReadAsync($"/api/v1/organisation/{acme}/billing");
        periods.Text.ShouldMatch("""^\[\{"id":\d{6},"description":"\w+ \d{4}"\}\]$""");
        (await reseller.ReadAsync(balance + "/transaction/type")).Text.ShouldStartWith("""[{"id":1,"description":"Top-up"},{"id":2,"description":"Credit note"},{"id":3,"description":"Balance reset"}""");
        (await reseller.ReadAsync($"/api/v1/organisation/{acme}/billing_config/charging_model")).Text.ShouldBe("""[{"id":0,"description":"Postpaid"},{"id":1,"description":"Prepaid"}]""");
        (await reseller.ReadAsync($"/api/v1/organisation/{acme}/billing_config/payment_term")).Text.ShouldStartWith("""[{"id":1,"description":"30 days"}""");
    }

    private static async Task EachFieldIsRefusedAsync(HttpClient program, string path)
    {
        foreach (var (body, status, code) in Refused)
        {
            var answer = await program.AskAsync(HttpMethod.Patch, path, body);
            (answer.Status, answer["error_code"], answer["error_token"]).ShouldBe((status, code.ToString(CultureInfo.InvariantCulture), BillingError.Of(code).Token), body);
        }
    }

    private static async Task AreAsync(params (int Code, HttpClient Program, HttpMethod Method, string Path, string? Body)[] asked)
    {
        foreach (var (code, program, method, path, body) in asked)
        {
            var answer = body is null ? await program.AskAsync(method, path, content: null) : await program.AskAsync(method, path, body);
            (answer["error_code"], answer.Status).ShouldBe((code.ToString(CultureInfo.InvariantCulture), BillingError.Of(code).Status), $"{method} {path} {body}: {answer.Text}");
        }
    }
}
