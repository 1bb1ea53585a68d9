using BillingPortal.Capabilities.RatingUsage;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Store.Rating;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.RatingUsage;

/// <summary>Usage reported in quantities, over HTTP and in the store.</summary>
public sealed class UsageReportTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task Usage_is_rated_charged_and_explained_and_rated_again_by_a_preview(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync("Acme", ChargingModel.Postpaid);
        var sub = await portal.OrganizationAsync("Sub", shape: o => o.ParentId = acme.Id.Value);
        await RatesAsync(portal, acme.Id.Value, sub.Id.Value);
        var program = await portal.ProgramAsync(Role.Developer, acme.Id);

        var made = await ReportAsync(acme.Uuid, """{"service":"data","ratezone":"Europe","quantity":"120.5"}""", "k1");
        made.Status.ShouldBe(201, made.Text);
        (made["included"], made["charged"], made["unit"], made["amount"], made["carried_out"], made["entry"]).ShouldBe(("100", "20.5", "MB", "0.1793750205", "0.0000000205", $"{acme.Id}/1"));
        made.Body.GetProperty("parts").EnumerateArray().Select(part => $"{part.GetProperty("by")} {part.GetProperty("quantity")} x {part.GetProperty("rate")}")
            .ShouldBe(["inclusive_volume 100 x 0", "custom_rate 20.5 x 0.008750001"]);
        (await ReportAsync(acme.Uuid, """{"service":"data","ratezone":"Europe","quantity":"120.5"}""", "k1")).Text.ShouldBe(made.Text);
        (await ReportAsync(acme.Uuid, """{"service":"data","quantity":1}""", "k1"))["code"].ShouldBe("key_reused");
        (await program.ReadAsync(made.Response.Headers.Location!.ToString())).Text.ShouldBe(made.Text);

        // What comes to no millionth is kept all the same, and carried.
        var little = await ReportAsync(acme.Uuid, """{"service":"data","ratezone":"Europe","quantity":"0.00001"}""", "k2");
        (little.Status, little["amount"], little["carried_out"], little["entry"]).ShouldBe((201, "0.00000008750001", "0.00000010800001", ""), little.Text);
        foreach (var (body, status, code) in new[]
        {
            ("""{"service":"fax","quantity":1}""", 422, "no_rate"), ("""{"service":"data","quantity":0}""", 400, "invalid_request"), ("""{"service":"data","quantity":-1}""", 400, "invalid_request"),
            ("""{"service":"data","quantity":"0.000000000001"}""", 400, "invalid_request"), ("""{"service":"data"}""", 400, "invalid_request"),
            ("""{"service":"data","quantity":"1e9999999"}""", 400, "invalid_request"), ("""{"service":"data","quantity":999999999999999999}""", 400, "too_large"),
            ("""{"service":"data","quantity":1,"occurred_at":"2999-01-01T00:00:00Z"}""", 422, "in_future"), ("[]", 400, "malformed_json"),
        })
        {
            var answer = await ReportAsync(acme.Uuid, body, portal.Ledger.NextKey());
            (answer.Status, answer["code"]).ShouldBe((status, code), body + answer.Text);
        }

        // A consumer's usage is its payer's entry, by the consumer's own rates, under the consumer's own key.
        var consumed = await ReportAsync(sub.Uuid, """{"service":"data","quantity":5}""", "k1");
        (consumed.Status, consumed["amount"], consumed["entry"]).ShouldBe((201, "0.05", $"{acme.Id}/2"), consumed.Text);

        // Facts of a disabled organization are charged; another tenant's is not found.
        var other = await portal.OrganizationAsync("Other");
        (await ReportAsync(other.Uuid, """{"service":"data","quantity":5}""", "k9")).Status.ShouldBe(404);
        await AgainAsync(portal, acme.Id.Value);

        Task<Answer> ReportAsync(Guid organization, string body, string key) => program.AskAsync(HttpMethod.Post, $"/organizations/{organization}/usage", body, key);
    }

    private static async Task AgainAsync(ApiPortal portal, long acme)
    {
        var period = BillingPeriod.Of(Instant.Now(TimeProvider.System), "UTC");
        var command = new RateAgain(Ledger.Tester, "again", new(acme)) { Period = period, Limit = Ledger.Micros(1_000_000) };
        var unchanged = (await portal.Ledger.Writer.PreviewAsync(command, CancellationToken.None)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        unchanged.ChangesNothing.ShouldBeTrue();

        await SqlAsync(portal, $"UPDATE custom_rate SET rate = '0.5' WHERE organization_id = {acme}");
        var preview = (await portal.Ledger.Writer.PreviewAsync(command, CancellationToken.None)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        preview.Entries.Single().NetAmount.ShouldBe(-10_070_630);
        var receipt = (await portal.Ledger.Writer.RunAsync(command, Agreement.To(preview), CancellationToken.None)).ShouldBeOfType<Outcome<Receipt>.Done>().Value;
        receipt.Entries.Single().Reason.ShouldBe("usage_rated_again");
        (await portal.Ledger.Writer.PreviewAsync(command with { Key = "once more" }, CancellationToken.None)).ShouldBeOfType<Outcome<Preview>.Done>().Value.ChangesNothing.ShouldBeTrue();
        (await portal.Ledger.DoneAsync(command)).Replayed.ShouldBeTrue();

        // Rating a consumer's usage again gives back in its payer's ledger.
        var consumer = new RateAgain(Ledger.Tester, "sub", new(acme + 1)) { Period = period, Payer = new(acme), Limit = Ledger.Micros(1_000_000) };
        await SqlAsync(portal, "UPDATE tariff_rate SET rate = '0.002'");
        var given = await portal.Ledger.DoneAsync(consumer);
        (await portal.Ledger.RunAsync(consumer with { Key = "split", Limit = 1 })).ShouldBeOfType<Outcome<Receipt>.Done>("by the same rates it gives nothing back").Value.Entries.ShouldBeEmpty();
        (given.Entries.Single().Organization.Value, given.Entries.Single().NetAmount, given.Entries.Single().Kind).ShouldBe((acme, 40_000, EntryKind.ChargeCredit));

        // Who pays now is another: what was paid is still given back where it was paid.
        await SqlAsync(portal, $"UPDATE organization SET payer_id = NULL WHERE id = {acme + 1}; UPDATE tariff_rate SET rate = '0.001';");
        (await portal.Ledger.RefusedAsync(consumer with { Key = "now", Payer = null })).Code.ShouldBe(RefusalCode.PayerChanged);
        var finance = await new StoreOf(portal.Ledger.Database).PersonAsync("finance", "FINANCE");
        var back = (await portal.Services.GetRequiredService<RatingAgain>().PreviewAsync(finance, new(acme + 1), new RateAgainForm(period), "back", CancellationToken.None)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        (back.Entries.Single().Organization.Value, back.Entries.Single().NetAmount).ShouldBe((acme, 5_000));
        var corrected = consumer with { Key = "back", Payer = null, Charged = [new(acme)] };
        (await portal.Ledger.RunAsync(corrected with { Key = "beyond", Limit = 44_999 })).ShouldBeOfType<Outcome<Receipt>.NeedsApproval>("what was given back before counts towards the day");
        (await portal.Ledger.DoneAsync(corrected with { Limit = 45_000 })).Entries.Single().Organization.Value.ShouldBe(acme);
        (await portal.Ledger.DoneAsync(corrected)).Replayed.ShouldBeTrue();
        var law = await new RatingLaw(portal.Ledger.Options).CheckAsync(CancellationToken.None);
        (law.Holds, law.Over).ShouldBe((true, 2), law.Finding);
    }

    private static Task RatesAsync(ApiPortal portal, long acme, long sub) => SqlAsync(portal,
        $"""
        INSERT INTO tariff (name, currency, standard, created_at, created_by) VALUES ('Standard', 'USD', TRUE, 0, 'test');
        INSERT INTO tariff_rate (tariff_id, service, ratezone, unit, rate, starts_on, created_at, created_by) VALUES (1, 'data', '', 'MB', '0.01', 200001, 0, 'test');
        INSERT INTO custom_rate (organization_id, service, ratezone, volume, rate, currency, starts_on, state, created_at, created_by)
          VALUES ({acme}, 'data', 'Europe', '0', '0.008750001', 'USD', 200001, 0, 0, 'test');
        INSERT INTO inclusive_volume (organization_id, service, ratezone, volume, starts_on, created_at, created_by) VALUES ({acme}, 'data', '', '100', 200001, 0, 'test');
        UPDATE organization SET payer_id = {acme} WHERE id = {sub};
        """);

    private static async Task SqlAsync(ApiPortal portal, string sql)
    {
        await using var store = await portal.StoreAsync();
        await using var command = (await JournalReading.OpenAsync(store, CancellationToken.None)).CreateCommand();
#pragma warning disable CA2100 // constants of this test
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
