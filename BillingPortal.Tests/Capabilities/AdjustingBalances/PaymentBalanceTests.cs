using System.Text.RegularExpressions;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.AdjustingBalances;

/// <summary>Contract 2's GET and PUT, as the contract's own page and rules have them.</summary>
public sealed partial class PaymentBalanceTests(TestDatabases databases)
{
    /// <summary>The page's own request, to the letter.</summary>
    private const string Sample =
        """
        {
          "monthly_credits_remaining": "93.39",
          "pre_pay_cash_remaining": "80.74",
          "pre_pay_credits_remaining": "68.50"
        }
        """;

    [Theory]
    [BothDatabases]
    public async Task The_pages_own_request_sets_what_remains_and_leaves_the_bonus_below_zero(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var finance = await portal.ProgramAsync(Role.Finance);

        var answer = await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), Sample);

        answer.Status.ShouldBe(200, answer.Text);
        (answer["monthly_credits_remaining"], answer["pre_pay_cash_remaining"], answer["pre_pay_credits_remaining"]).ShouldBe(("93.39", "80.74", "68.50"));
        await using var store = await portal.StoreAsync();
        var entry = await store.Entries.SingleAsync(e => e.OrganizationId == acme.Id.Value);
        (entry.Reason, entry.Via[..6]).ShouldBe(("balance_set_by_api", "token:"));
        var balances = await store.Accounts.Where(a => a.OrganizationId == acme.Id.Value).ToDictionaryAsync(a => (AccountKind)a.Kind, a => a.Balance);
        (balances[AccountKind.Monthly], balances[AccountKind.Cash], balances[AccountKind.Bonus]).ShouldBe((93_390_000, 80_740_000, -12_240_000));
    }

    [Theory]
    [BothDatabases]
    public async Task The_answer_has_the_pages_fields_and_no_others(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var finance = await portal.ProgramAsync(Role.Finance);

        var first = await finance.ReadAsync(Path(acme.Uuid));
        var put = await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), Sample);
        var after = await finance.ReadAsync(Path(acme.Uuid));

        string[] fields =
        [
            "created_at", "id", "map_id", "monthly_credits_remaining", "pre_pay_cash_remaining", "pre_pay_credits_remaining", "total_due", "updated_at", "subscription_details",
        ];
        foreach (var answer in new[] { first, put, after })
        {
            answer.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
            answer.Body.EnumerateObject().Select(field => field.Name).ShouldBe(fields);
            answer.Body.EnumerateObject().Where(field => field.Name != "subscription_details").ShouldAllBe(field => field.Value.ValueKind == System.Text.Json.JsonValueKind.String);
            answer["map_id"].ShouldBe(acme.Uuid.ToString());
            answer["id"].ShouldBe(first["id"]);
            answer["created_at"]!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        }

        Guid.Parse(first["id"]!).ShouldNotBe(acme.Uuid);
        (first["monthly_credits_remaining"], first["total_due"]).ShouldBe(("0.00", "0.00"));
        first["updated_at"].ShouldBe(first["created_at"]);
        after.Text.ShouldBe(put.Text);
        string.CompareOrdinal(after["updated_at"], after["created_at"]).ShouldBeGreaterThan(0);
    }

    [Theory]
    [BothDatabases]
    public async Task What_is_due_is_usage_not_yet_paid_and_not_net_of_credits(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var postpaid = await portal.OrganizationAsync("Postpaid", ChargingModel.Postpaid);
        var prepaid = await portal.OrganizationAsync("Prepaid");
        var support = await portal.ProgramAsync(Role.Support);
        await portal.Ledger.DoneAsync(portal.Ledger.Charge(postpaid.Id, 23.99m));
        await portal.Ledger.DoneAsync(portal.Ledger.Adjust(postpaid.Id, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(100))));
        await portal.Ledger.DoneAsync(portal.Ledger.Charge(prepaid.Id, 0.000_001m, ChargeMode.Fact));

        (await support.ReadAsync(Path(postpaid.Uuid)))["total_due"].ShouldBe("23.99");
        var overdrawn = await support.ReadAsync(Path(prepaid.Uuid));
        (overdrawn["total_due"], overdrawn["pre_pay_credits_remaining"]).ShouldBe(("0.000001", "0.00"));
    }

    /// <summary>Rules §4: unbilled with the tax that its invoice will have, drafts and open invoices with theirs, as they are paid; credits take nothing off.</summary>
    [Theory]
    [BothDatabases]
    public async Task What_is_not_invoiced_yet_is_due_with_its_tax_and_what_is_as_it_is_paid(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var clock = new FakeClock(new DateTimeOffset(2026, 9, 20, 12, 0, 0, TimeSpan.Zero));
        await using var ledger = new Ledger(portal.Ledger.Database, clock);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        var support = await portal.ProgramAsync(Role.Support);
        await using var store = await portal.StoreAsync();
        var path = Path(await store.Organizations.Select(o => o.Uuid).SingleAsync());
        async Task<string?> DueAsync() => (await support.ReadAsync(path))["total_due"];

        // 10.555 is rounded half-even to 10.56 as its line will be; 21 % of that is 2.2176, rounded 2.22. Without a country there is no tax.
        await ledger.DoneAsync(ledger.Charge(acme, 10.555m));
        (await DueAsync()).ShouldBe("10.555");
        await ledger.BilledInAsync(acme, "NL");
        (await DueAsync()).ShouldBe("12.775");
        await ledger.DoneAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(3))));
        (await DueAsync()).ShouldBe("12.775");

        clock.MoveTo(new DateTimeOffset(2026, 10, 2, 6, 0, 0, TimeSpan.Zero));
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        (await DueAsync()).ShouldBe("12.78", "a draft is due with its tax, rounded as it is printed");
        await ledger.DoneAsync(ledger.Issue(acme));
        await ledger.DoneAsync(ledger.Charge(acme, 1));
        (await DueAsync()).ShouldBe("12.78", "credits have paid the 1");
        await ledger.DoneAsync(ledger.Pay(acme, 12));
        (await DueAsync()).ShouldBe("0.78");
        await ledger.DoneAsync(ledger.Charge(acme, 12));
        (await DueAsync()).ShouldBe("12.88", "0.78 of the invoice, 10 that no credit paid, 2.10 of tax");
        (await support.AskAsync(HttpMethod.Put, path, """{"monthly_credits_remaining": 3}"""))["total_due"].ShouldBe("12.88");
    }

    [Theory]
    [BothDatabases]
    public async Task A_field_that_is_absent_or_null_stays_as_it_is(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var finance = await portal.ProgramAsync(Role.Finance);
        await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), """{"monthly_credits_remaining":10,"pre_pay_cash_remaining":100,"pre_pay_credits_remaining":120}""");

        await BecomesAsync("""{}""", "10.00", "100.00", "120.00");
        await BecomesAsync("""{"monthly_credits_remaining":null,"something_else":{"deep":[1]}}""", "10.00", "100.00", "120.00");
        await BecomesAsync("""{"monthly_credits_remaining":12.5}""", "12.50", "100.00", "120.00");
        await BecomesAsync("""{"pre_pay_cash_remaining":"90.000001","pre_pay_credits_remaining":null}""", "12.50", "90.000001", "120.00");
        await BecomesAsync("""{"pre_pay_credits_remaining":"0"}""", "12.50", "90.000001", "0.00");

        await using var store = await portal.StoreAsync();
        (await store.Entries.CountAsync(e => e.OrganizationId == acme.Id.Value)).ShouldBe(4);

        async Task BecomesAsync(string body, string monthly, string cash, string credits)
        {
            var answer = await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), body);
            (answer["monthly_credits_remaining"], answer["pre_pay_cash_remaining"], answer["pre_pay_credits_remaining"])
                .ShouldBe((monthly, cash, credits), answer.Text);
        }
    }

    [Theory]
    [BothDatabases]
    public async Task Every_error_has_the_contracts_shape_and_every_answer_its_calls_id(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var euros = await portal.OrganizationAsync("Euro", shape: o => o.Currency = "EUR");
        var other = await portal.OrganizationAsync("Other");
        var finance = await portal.ProgramAsync(Role.Finance);
        var support = await portal.ProgramAsync(Role.Support);
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);
        var reader = await portal.ProgramAsync(Role.Finance, scopes: "organizations:read");

        Is(await portal.CreateClient().ReadAsync(Path(acme.Uuid)), 401, "unauthorized");
        Is(await WithTokenAsync("bp_" + new string('A', 43)), 401, "unauthorized");
        Is(await WithTokenAsync("nonsense"), 401, "unauthorized");
        Is(await admin.ReadAsync(Path(acme.Uuid)), 403, "forbidden");
        Is(await admin.AskAsync(HttpMethod.Put, Path(acme.Uuid), Sample), 403, "forbidden");
        Is(await admin.ReadAsync(Path(other.Uuid)), 404, "not_found");
        Is(await admin.AskAsync(HttpMethod.Put, Path(other.Uuid), Sample), 404, "not_found");
        Is(await admin.ReadAsync(Path(ApiPortal.Nowhere)), 404, "not_found");
        Is(await reader.AskAsync(HttpMethod.Put, Path(acme.Uuid), Sample), 403, "forbidden");
        Is(await support.AskAsync(HttpMethod.Put, Path(acme.Uuid), Sample), 403, "forbidden");
        Is(await support.AskAsync(HttpMethod.Put, Path(acme.Uuid), """{"monthly_credits_remaining":1000.01}"""), 403, "approval_required");
        Is(await finance.AskAsync(HttpMethod.Put, Path(euros.Uuid), Sample), 400, "currency_not_supported");
        Is(await finance.ReadAsync(Path(euros.Uuid)), 400, "currency_not_supported");
        Is(await finance.ReadAsync("/orgs/acme-robotics/payment/balance"), 400, "invalid_request");
        Is(await finance.AskAsync(HttpMethod.Delete, Path(acme.Uuid), content: null), 405, "method_not_allowed");
        var ok = await finance.ReadAsync(Path(acme.Uuid));
        ok.Response.Headers.GetValues("X-Api-Call-Id").Single().ShouldMatch(Uuid().ToString());

        async Task<Answer> WithTokenAsync(string token)
        {
            var stranger = portal.CreateClient();
            stranger.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
            var answer = await stranger.ReadAsync(Path(acme.Uuid));
            answer.Response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
            answer["message"]!.ShouldContain("not known here");
            return answer;
        }

        static void Is(Answer answer, int status, string code)
        {
            answer.Status.ShouldBe(status, answer.Text);
            answer.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
            answer.Body.EnumerateObject().Select(field => field.Name).ShouldBe(["error_code", "message", "request_id"]);
            answer["error_code"].ShouldBe(code);
            answer["message"].ShouldNotBeNullOrWhiteSpace();
            answer["request_id"].ShouldBe(answer.Response.Headers.GetValues("X-Api-Call-Id").Single());
        }
    }

    private static string Path(Guid organization) => $"/orgs/{organization}/payment/balance";

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Uuid();
}
