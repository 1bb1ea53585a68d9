using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Charging;

/// <summary>Charges requested by programs (rules §2).</summary>
public sealed class ChargesTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task A_charge_is_answered_with_its_entry_and_can_be_read_again(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        await portal.Ledger.DoneAsync(portal.Ledger.TopUp(acme.Id, 100, bonusRate: 200_000));
        await portal.Ledger.DoneAsync(new GrantCredits(Ledger.Tester, "grant", acme.Id) { Amount = Ledger.Micros(10) });
        var program = await portal.ProgramAsync(Role.Developer, acme.Id);

        var made = await program.AskAsync(HttpMethod.Post, Path(acme.Uuid), """{"service":"Compute","amount":"50","occurred_at":"2026-03-01T00:30:00+01:00"}""", "k1");

        made.Status.ShouldBe(201, made.Text);
        (made["id"], made["service"], made["amount"], made["currency"]).ShouldBe(($"{acme.Id}/3", "Compute", "50.00", "USD"));
        (made["occurred_at"], made["period"]).ShouldBe(("2026-02-28T23:30:00.000000Z", "2026-02"));
        made.Body.GetProperty("postings").EnumerateArray().Select(line => $"{line.GetProperty("account")} {line.GetProperty("amount")} {line.GetProperty("balance_after")}")
            .ShouldBe(["monthly -10.00 0.00", "cash -40.00 60.00"]);
        made.Body.GetProperty("balances").GetProperty("bonus").GetString().ShouldBe("20.00");
        var again = await program.ReadAsync(made.Response.Headers.Location!.ToString());
        again.Status.ShouldBe(200, again.Text);
        again.Text.ShouldBe(made.Text);
        var balance = await program.ReadAsync($"/organizations/{acme.Uuid}/balance");
        (balance["balance"], balance["value_held"], balance["charging_model"]).ShouldBe(("80.00", "80.00", "prepaid"));
        (await program.ReadAsync(Path(acme.Uuid) + "/1")).Status.ShouldBe(404);
        (await program.ReadAsync(Path(acme.Uuid) + "/x")).Status.ShouldBe(404);
    }

    [Theory]
    [BothDatabases]
    public async Task The_answer_is_no_where_the_balance_is_short_or_the_organization_stands_still(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var disabled = await portal.OrganizationAsync("Off", shape: o => o.Disabled = true);
        var postpaid = await portal.OrganizationAsync("Later", ChargingModel.Postpaid);
        var program = await portal.ProgramAsync(Role.Finance);
        await portal.Ledger.DoneAsync(portal.Ledger.TopUp(acme.Id, 10));

        var shortOf = await ChargeAsync(acme.Uuid, "10.000001");
        (shortOf.Status, shortOf["code"], shortOf["status"]).ShouldBe((422, "insufficient_balance", "422"));
        shortOf["detail"]!.ShouldContain("short of $0.000001");
        shortOf.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await ChargeAsync(acme.Uuid, "10")).Status.ShouldBe(201);
        await portal.Ledger.DoneAsync(portal.Ledger.Charge(acme.Id, 1, ChargeMode.Fact));
        (await ChargeAsync(acme.Uuid, "1"))["code"].ShouldBe("blocked");
        (await ChargeAsync(disabled.Uuid, "1"))["code"].ShouldBe("disabled");
        (await ChargeAsync(postpaid.Uuid, "9000000000000"))["amount"].ShouldBe("9000000000000.00");
        (await ChargeAsync(postpaid.Uuid, "9000000000000"))["code"].ShouldBe("too_large");
        (await program.AskAsync(HttpMethod.Post, Path(postpaid.Uuid), """{"service":"x","amount":1,"occurred_at":"2999-01-01T00:00:00Z"}""", "k"))["code"].ShouldBe("in_future");

        Task<Answer> ChargeAsync(Guid organization, string amount) =>
            program.AskAsync(HttpMethod.Post, Path(organization), $$"""{"service":"Compute","amount":{{amount}}}""", portal.Ledger.NextKey());
    }

    [Theory]
    [BothDatabases]
    public async Task Fields_that_cannot_be_meant_are_named(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var program = await portal.ProgramAsync(Role.Finance);
        foreach (var (body, field) in new[]
        {
            ("""{}""", "service"), ("""{"service":"x"}""", "amount"), ("""{"service":"","amount":1}""", "service"), ("""{"service":" ","amount":1}""", "service"),
            ("""{"service":7,"amount":1}""", "service"), ("""{"service":"a\u0000b","amount":1}""", "service"), ("""{"service":"\udc00","amount":1}""", "service"),
            ($$"""{"service":"{{new string('x', 201)}}","amount":1}""", "service"), ("""{"service":"x","amount":0}""", "amount"),
            ("""{"service":"x","amount":-1}""", "amount"), ("""{"service":"x","amount":"1.0000001"}""", "amount"),
            ("""{"service":"x","amount":1,"occurred_at":"2026-03-01"}""", "occurred_at"), ("""{"service":"x","amount":1,"occurred_at":"2026-03-01T00:00:00"}""", "occurred_at"),
            ("""{"service":"x","amount":1,"occurred_at":5}""", "occurred_at"), ("""{"service":"x","amount":1,"occurred_at":"0001-01-01T00:00:00+14:00"}""", "occurred_at"),
            ("""[]""", "body"),
        })
        {
            var answer = await program.AskAsync(HttpMethod.Post, Path(acme.Uuid), body, portal.Ledger.NextKey());
            answer.Status.ShouldBe(400, $"{body}: {answer.Text}");
            answer.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldContain(field, answer.Text);
        }

        var keyless = await program.AskAsync(HttpMethod.Post, Path(acme.Uuid), """{"service":"x","amount":1}""");
        (keyless.Status, keyless["code"]).ShouldBe((400, "idempotency_key_required"));
        (await program.AskAsync(HttpMethod.Post, Path(acme.Uuid), """{"service":"x","amount":1}""", new string('k', 256)))["code"].ShouldBe("idempotency_key_invalid");
    }

    [Theory]
    [BothDatabases]
    public async Task Only_those_who_may_charge_charge_and_only_their_own(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var reseller = await portal.OrganizationAsync("Reseller", ChargingModel.Postpaid);
        var sub = await portal.OrganizationAsync("Sub", ChargingModel.Postpaid, o => o.ParentId = reseller.Id.Value);
        var other = await portal.OrganizationAsync("Other", ChargingModel.Postpaid);
        var admin = await portal.ProgramAsync(Role.Admin, reseller.Id);
        var below = await portal.ProgramAsync(Role.Admin, sub.Id);
        var staff = await portal.ProgramAsync(Role.Staff, sub.Id);
        var support = await portal.ProgramAsync(Role.Support);
        var reader = await portal.ProgramAsync(Role.Admin, sub.Id, "organizations:read");

        (await StatusAsync(admin, reseller)).ShouldBe(201);
        (await StatusAsync(admin, sub)).ShouldBe(201);
        (await StatusAsync(admin, other)).ShouldBe(404);
        (await StatusAsync(below, sub)).ShouldBe(201);
        (await StatusAsync(below, reseller)).ShouldBe(404);
        (await StatusAsync(staff, sub)).ShouldBe(403);
        (await StatusAsync(support, sub)).ShouldBe(403);
        (await StatusAsync(reader, sub)).ShouldBe(403);
        (await StatusAsync(portal.CreateClient(), sub)).ShouldBe(401);
        (await below.ReadAsync($"/organizations/{reseller.Uuid}/balance")).Status.ShouldBe(404);
        (await reader.ReadAsync($"/organizations/{sub.Uuid}/balance")).Status.ShouldBe(200);
        (await below.ReadAsync(Path(reseller.Uuid) + "/1")).Status.ShouldBe(404);

        async Task<int> StatusAsync(HttpClient program, (BillingPortal.Domain.Organizations.OrganizationId Id, Guid Uuid) organization) =>
            (await program.AskAsync(HttpMethod.Post, Path(organization.Uuid), """{"service":"Compute","amount":1}""", portal.Ledger.NextKey())).Status;
    }

    private static string Path(Guid organization) => $"/organizations/{organization}/charges";
}
