using System.Text.Json;
using BillingPortal.Capabilities.Vouchers;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.Vouchers;

/// <summary>Contract 3's voucher, as programs ask for it.</summary>
public sealed class VoucherContractTests(TestDatabases databases)
{
    private const string Route = "/api/v2/external/voucher/validate";

    [Theory, BothDatabases]
    public async Task A_code_is_valid_for_whom_it_is_and_nothing_for_all_others(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (id, _) = await portal.OrganizationAsync(shape: o => o.Slug = "acme");
        var (other, _) = await portal.OrganizationAsync("Other");
        var (admin, stranger) = (await portal.ProgramAsync(Role.Admin, id), await portal.ProgramAsync(Role.Admin, other));
        var finance = new Caller("finance", "page");
        await using (var store = await portal.StoreAsync())
        {
            store.Users.Add(new() { Id = "finance", UserName = "finance", PlatformRole = Role.Finance.Code });
            await store.SaveChangesAsync();
        }

        var issuing = portal.Services.GetRequiredService<IssuingVoucher>();
        var voucher = (await issuing.IssueAsync(finance, new VoucherForm { Amount = "12.50", Note = "Fair", Email = "ada@acme.example", Organization = id.ToString() }, default)).ShouldBeOfType<Outcome<Voucher>.Done>().Value;
        var body = $$"""{"email":" Ada@ACME.example ","code":"{{Voucher.Grouped(voucher.Code).ToLowerInvariant()}}","extra":true}""";

        var valid = await admin.AskAsync(HttpMethod.Post, Route, body);
        valid.Status.ShouldBe(200, valid.Text);
        valid.Text.ShouldBe($$"""{"valid":true,"voucher_id":"{{voucher.Id}}","voucher_amount":12.5,"error":null}""");

        // Not theirs, not that email, never issued: word for word the same.
        var no = JsonSerializer.Serialize(RedeemVoucher.NotRedeemable);
        foreach (var (program, asked) in new[] { (stranger, body), (admin, body.Replace("Ada@", "Bob@", StringComparison.Ordinal)), (admin, """{"email":"ada@acme.example","code":"NEVERISSUED"}"""), (admin, """{"email":"ada@acme.example","code":"🤖"}"""), (admin, """{"email":"ada@acme.example","code":"=1+1"}""") })
        {
            (await program.AskAsync(HttpMethod.Post, Route, asked)).Text.ShouldBe($$"""{"valid":false,"voucher_id":null,"voucher_amount":null,"error":{{no}}}""");
        }

        await portal.Ledger.DoneAsync(new RedeemVoucher(Ledger.Tester, "redeem", id) { Code = voucher.Code, Email = "ada@acme.example" });
        (await admin.AskAsync(HttpMethod.Post, Route, body))["error"].ShouldBe(RedeemVoucher.Redeemed);
        (await stranger.AskAsync(HttpMethod.Post, Route, body))["error"].ShouldBe(RedeemVoucher.NotRedeemable);
        admin.DefaultRequestHeaders.Add(OwnOrganization.SlugHeader, "nobodys");
        (await admin.AskAsync(HttpMethod.Post, Route, body)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Every_field_that_cannot_be_accepted_is_named_with_its_reason()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var (id, _) = await portal.OrganizationAsync();
        var admin = await portal.ProgramAsync(Role.Admin, id);
        foreach (var (value, type) in new[]
        {
            ("null", "missing"), ("7", "string_type"), ("[\"a\"]", "string_type"), ("\"\"", "string_too_short"), ("\"  \"", "string_too_short"), ("\"a\\u0000b\"", "value_error"), ("\"\\ud83d\"", "string_type"),
            ($"\"{new string('a', 255)}\"", "string_too_long"),
        })
        {
            Wrong(await admin.AskAsync(HttpMethod.Post, Route, $$"""{"email":{{value}},"code":"WELCOME26"}""")).ShouldBe((422, "body email", type), value);
            Wrong(await admin.AskAsync(HttpMethod.Post, Route, $$"""{"email":"a@b.example","code":{{value}}}""")).ShouldBe((422, "body code", type), value);
        }

        Wrong(await admin.AskAsync(HttpMethod.Post, Route, """{"email":"no","code":"WELCOME26"}""")).ShouldBe((422, "body email", "value_error"));
        (await admin.AskAsync(HttpMethod.Post, Route, "{}")).Body.GetProperty("detail").GetArrayLength().ShouldBe(2);
        Wrong(await admin.AskAsync(HttpMethod.Post, Route, "[]")).ShouldBe((400, "body", "malformed_json"));
        Wrong(await admin.AskAsync(HttpMethod.Post, Route, "{}", type: "image/png")).Status.ShouldBe(415);
        Wrong(await admin.ReadAsync(Route)).Status.ShouldBe(405);
        Wrong(await portal.CreateClient().AskAsync(HttpMethod.Post, Route, "{}")).Status.ShouldBe(401);
        Wrong(await (await portal.ProgramAsync(Role.Staff, id)).AskAsync(HttpMethod.Post, Route, "{}")).Status.ShouldBe(403);
        Wrong(await (await portal.ProgramAsync(Role.Admin, id, "journal:read")).AskAsync(HttpMethod.Post, Route, "{}")).Status.ShouldBe(403);
    }

    private static (int Status, string Loc, string Type) Wrong(Answer answer)
    {
        answer.Status.ShouldBeGreaterThanOrEqualTo(400, answer.Text);
        var detail = answer.Body.GetProperty("detail")[0];
        detail.GetProperty("msg").GetString().ShouldNotBeNullOrEmpty();
        return (answer.Status, string.Join(' ', detail.GetProperty("loc").EnumerateArray().Select(part => part.GetString())), detail.GetProperty("type").GetString()!);
    }
}
