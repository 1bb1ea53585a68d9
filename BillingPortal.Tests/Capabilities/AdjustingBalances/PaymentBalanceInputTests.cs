using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.AdjustingBalances;

/// <summary>What contract 2's PUT reads as an amount, and what it does not.</summary>
public sealed class PaymentBalanceInputTests(TestDatabases databases)
{
    private static readonly string[] Fields = ["monthly_credits_remaining", "pre_pay_cash_remaining", "pre_pay_credits_remaining"];

    private static readonly (string Sent, string Remains)[] Good =
    [
        ("0", "0.00"), ("\"0\"", "0.00"), ("-0", "0.00"), ("12", "12.00"), ("\"12\"", "12.00"), ("12.5", "12.50"), ("\"12.50\"", "12.50"),
        ("1.234567", "1.234567"), ("\"1.234567\"", "1.234567"), ("\"1.2300000\"", "1.23"), ("1e2", "100.00"), ("1.5E-3", "0.0015"),
        ("0.1", "0.10"), ("\"0007.10\"", "7.10"), ("20000", "20000.00"),
    ];

    private static readonly string[] Bad =
    [
        "\"1.2345678\"", "1.2345678", "1e-7", "-1", "\"-0.01\"", "\"abc\"", "\"\"", "\" 1\"", "\"1 \"", "\"1\\n\"", "\"1,5\"", "\"1.\"", "\".5\"", "\"+1\"", "\"1e2\"", "\"NaN\"",
        "\"Infinity\"", "\"$5\"", "\"\u0663\"", "1e400", "-1e400", "9223372036855", "\"9223372036854.775808\"", "1e999999999", "\"" + new string('9', 200) + "\"",
        new string('9', 200), "true", "false", "{}", "[]", "[1]", "\"\\ud800\"",
    ];

    private static readonly string[] Malformed =
    [
        "", " ", "null", "[]", "1", "\"x\"", "{", "{\"monthly_credits_remaining\":}", "{\"monthly_credits_remaining\":NaN}", "{\"monthly_credits_remaining\":01}",
        "{\"monthly_credits_remaining\":1,}", "{'monthly_credits_remaining':1}", "{\"monthly_credits_remaining\":1,\"monthly_credits_remaining\":2}", "{}{}", "{}//",
        "{\"\\ud800\":1}",
    ];

    [Theory]
    [BothDatabases]
    public async Task Numbers_and_decimal_strings_are_read_exactly(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var finance = await portal.ProgramAsync(Role.Finance);
        foreach (var (sent, remains) in Good)
        {
            // Each its own organization and its own person: what each moves counts towards a limit.
            var acme = await portal.OrganizationAsync();
            var answer = await (await portal.ProgramAsync(Role.Finance)).AskAsync(HttpMethod.Put, Path(acme.Uuid), $$"""{"{{Fields[0]}}":{{sent}}}""");
            answer[Fields[0]].ShouldBe(remains, $"{sent}: {answer.Text}");
            (await finance.ReadAsync(Path(acme.Uuid)))[Fields[0]].ShouldBe(remains);
        }
    }

    [Theory]
    [BothDatabases]
    public async Task Anything_else_is_refused_by_the_fields_name_and_changes_nothing(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var finance = await portal.ProgramAsync(Role.Finance);
        foreach (var sent in Bad)
        {
            foreach (var field in Fields)
            {
                var answer = await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), $$"""{"{{field}}":{{sent}}}""");
                answer.Status.ShouldBe(400, $"{sent}: {answer.Text}");
                answer["message"]!.ShouldContain(field, customMessage: sent);
            }
        }

        foreach (var body in Malformed)
        {
            var answer = await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), body);
            (answer.Status, answer["error_code"]).ShouldBe((400, "malformed_json"), body);
        }

        (await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), new ByteArrayContent([.. "{\"x\":\""u8, 0xff, .. "\"}"u8]))).Status.ShouldBe(400);
        await using var store = await portal.StoreAsync();
        (await store.Entries.AnyAsync(e => e.OrganizationId == acme.Id.Value)).ShouldBeFalse();
    }

    [Theory]
    [BothDatabases]
    public async Task Several_wrong_fields_are_named_at_once(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var finance = await portal.ProgramAsync(Role.Finance);
        var answer = await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), """{"monthly_credits_remaining":"x","pre_pay_cash_remaining":true,"pre_pay_credits_remaining":1}""");
        answer["message"]!.ShouldContain("monthly_credits_remaining");
        answer["message"]!.ShouldContain("pre_pay_cash_remaining");
        answer["message"]!.ShouldNotContain("pre_pay_credits_remaining");
    }

    [Theory]
    [BothDatabases]
    public async Task A_body_may_be_labelled_text_plain_or_not_at_all_but_not_as_something_else(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var finance = await portal.ProgramAsync(Role.Finance);
        var body = """{"monthly_credits_remaining":"5"}""";
        foreach (var type in new[] { "text/plain;charset=UTF-8", "application/json; charset=utf-8", "application/json", "application/problem+json", null })
        {
            (await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), body, type: type)).Status.ShouldBe(200, type);
        }

        foreach (var type in new[] { "application/x-www-form-urlencoded", "application/xml", "application/json; charset=utf-16", "junk" })
        {
            var answer = await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), body, type: type);
            (answer.Status, answer["error_code"]).ShouldBe((415, "unsupported_media_type"), type);
        }

        var large = await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), $$"""{"padding":"{{new string('x', 20_000)}}"}""");
        (large.Status, large["error_code"]).ShouldBe((413, "body_too_large"));
        var marked = await finance.AskAsync(HttpMethod.Put, Path(acme.Uuid), "\uFEFF" + body);
        marked.Status.ShouldBe(200, marked.Text);
    }

    private static string Path(Guid organization) => $"/orgs/{organization}/payment/balance";
}
