using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Capabilities.Invoicing;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.PublishingInvoices;

/// <summary>Invoices and credits as contracts 2, 3 and 4 answer them. The invoice is that of <see cref="SameNumbersTests"/>, whose page, print, CSV and UBL show the same figures.</summary>
public sealed class PublishedInvoicesTests(TestDatabases databases)
{
    private const string Own = "/org/payment/invoices", External = "/api/v2/external/billing/invoices", Credits = "/api/v2/external/billing/credits";

    [Theory, BothDatabases]
    public async Task An_invoice_has_the_journals_figures_in_every_contract_from_draft_to_paid(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        await using var house = await InvoicedHouse.OpenAsync(portal.Ledger.Database);
        var admin = await portal.ProgramAsync(Role.Admin, house.Northwind);
        var month = $"/api/v1/organisation/{house.Northwind}/billing/202610";

        var draft = await OnlyAsync(admin);
        (Text(draft, "number"), Text(draft, "status"), Text(draft, "pdf"), Text(draft, "amount_remaining")).ShouldBe((null, "draft", null, "812.55"));
        (await admin.ReadAsync(month))["invoice_number"].ShouldBe("");

        await house.IssueAsync();
        (await admin.ReadAsync(month)).Text.ShouldBe(
            $$$"""
            {"id":202610,"description":"October 2026","preliminary":false,"invoice_number":"INV-2026-0001","status":"open","currency":{"code":"EUR"},
            "parties":{"issuer":{"name":"Platform Operations B.V.","address":["Keizersgracht 241"],"postal_code":"1016 EA","city":"Amsterdam","state":"","country":"NL","vatin":"NL854321093B01"},
            "recipient":{"name":"=Northwind Hosting B.V.","address":["Damrak 1"],"postal_code":"1012 LG","city":"Amsterdam","state":"","country":"NL","vatin":"NL810433941B01"}},"monthly_recurring_charges":[],
            "traffic":[{"organisation":{"id":{{{house.Northwind}}},"name":"Northwind Hosting"},"service":"Compute","quantity":null,"unit":null,"amount":412.37},
            {"organisation":{"id":{{{house.Northwind}}},"name":"Northwind Hosting"},"service":"Object storage","quantity":null,"unit":null,"amount":88.1},
            {"organisation":{"id":{{{house.Fjord}}},"name":"=Fjord Werke"},"service":"Compute","quantity":null,"unit":null,"amount":231.06}],
            "items":[{"description":"Monthly credits","amount":-60}],"sub_total":671.53,"vat":[{"rate":21,"base":671.53,"amount":141.02,"description":""}],"total":812.55,"paid_before":0,"outstanding":812.55}
            """.ReplaceLineEndings(""));
        (await admin.ReadAsync(External)).Text.ShouldBe(
            $$$"""
            {"invoices":[{"id":"{{{house.Northwind}}}-1","created_at":"2026-11-02T06:00:00.000000Z","amount":812.55,"credits":60,"status":"open",
            "invoice_pdf":"http://localhost/organizations/{{{house.Northwind}}}/invoices/1.pdf","receipt_url":"http://localhost/organizations/{{{house.Northwind}}}/invoices/1","payment_intent_id":null}],"total_invoices":1}
            """.ReplaceLineEndings(""));
        (await admin.ReadAsync(Own)).Text.ShouldBe(
            $$$"""
            [{"id":"{{{house.Northwind}}}-1","number":"INV-2026-0001","status":"open","created_at":"2026-11-02T06:00:00.000000Z","currency":"EUR","description":"1 Oct 2026 to 31 Oct 2026","customer_email":"ap@nwh.example",
            "lines":[{"description":"Compute","amount":"412.37"},{"description":"Object storage","amount":"88.10"},{"description":"Compute","amount":"231.06"}],"subtotal":"671.53","tax":"141.02","total":"812.55",
            "amount_due":"812.55","amount_paid":"0.00","amount_remaining":"812.55","paid":false,"pdf":"http://localhost/organizations/{{{house.Northwind}}}/invoices/1.pdf","url":"http://localhost/organizations/{{{house.Northwind}}}/invoices/1"}]
            """.ReplaceLineEndings(""));
        await BookedAsync(portal, house, (AccountKind.InvoicedReceivable, -812.55m), (AccountKind.TaxPayable, 141.02m));

        // The portal's own answer, which the page, the CSV and the UBL equal.
        await using (var store = await portal.StoreAsync())
        {
            var uuid = await store.Organizations.Where(o => o.Id == house.Northwind.Value).Select(o => o.Uuid).SingleAsync();
            (await admin.ReadAsync($"/organizations/{uuid}/invoices/1")).Body.GetProperty("totals").GetRawText().ShouldBe(
                """{"gross":"731.53","discount":"60.00","net":"671.53","tax":"141.02","total":"812.55","prepaid":"0.00","due":"812.55","rounding":"-0.003118"}""");
        }

        await house.PayAsync(500);
        var part = await OnlyAsync(admin);
        (Text(part, "status"), Text(part, "amount_due"), Text(part, "amount_paid"), Text(part, "amount_remaining"), Text(part, "paid")).ShouldBe(("open", "812.55", "500.00", "312.55", "False"));
        (await admin.ReadAsync(External)).Text.ShouldContain("\"payment_intent_id\":\"SEPA-1\"");
        (await admin.ReadAsync(month)).Body.GetProperty("outstanding").GetDecimal().ShouldBe(312.55m);

        // Credited to the end: the credit note is not listed, the invoice is paid.
        await house.Ledger.DoneAsync(house.Ledger.Credit(house.Northwind, 1));
        var credited = await OnlyAsync(admin);
        (Text(credited, "status"), Text(credited, "total"), Text(credited, "amount_paid"), Text(credited, "amount_remaining"), Text(credited, "paid")).ShouldBe(("paid", "812.55", "500.00", "0.00", "True"));
        (await admin.ReadAsync(month)).Body.GetProperty("status").GetString().ShouldBe("paid");
        (await admin.ReadAsync(External + "?offset=1")).Text.ShouldBe("""{"invoices":[],"total_invoices":1}""");
    }

    [Theory, BothDatabases]
    public async Task A_month_is_preliminary_until_it_is_closed_and_void_after_its_invoice_was_until_it_is_opened_again(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var clock = new FakeClock(new DateTimeOffset(2026, 9, 20, 12, 0, 0, TimeSpan.Zero));
        await using var ledger = new Ledger(portal.Ledger.Database, clock);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        await ledger.BilledInAsync(acme, "DE", "DE136695976");
        await ledger.DoneAsync(ledger.Charge(acme, 10.555m));
        var finance = await portal.ProgramAsync(Role.Finance);
        async Task<string> MonthAsync()
        {
            var answer = await finance.ReadAsync($"/api/v1/organisation/{acme}/billing/202609");
            answer.Body.GetProperty("vat")[0].GetRawText().ShouldBe("""{"rate":0,"base":10.56,"amount":0,"description":"Reverse charge: the customer owes the VAT (Article 196, Directive 2006/112/EC)."}""");
            return string.Create(CultureInfo.InvariantCulture, $"{answer["preliminary"]} {answer["status"]} {answer["invoice_number"]} {answer["total"]} {answer["outstanding"]}");
        }

        (await MonthAsync()).ShouldBe("True open_month  10.56 10.56");
        clock.MoveTo(new DateTimeOffset(2026, 10, 2, 6, 0, 0, TimeSpan.Zero));
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        (await MonthAsync()).ShouldBe("False draft  10.56 10.56");
        await ledger.DoneAsync(ledger.Issue(acme));
        await ledger.DoneAsync(ledger.Void(acme));
        (await MonthAsync()).ShouldBe("False void INV-2026-0001 10.56 0");
        finance.DefaultRequestHeaders.Add(OwnOrganization.SlugHeader, "acme-robotics");
        var voided = await OnlyAsync(finance);
        (Text(voided, "status"), Text(voided, "amount_remaining"), Text(voided, "paid")).ShouldBe(("void", "0.00", "False"));
        await ledger.DoneAsync(ledger.Reopen(acme, 202609));
        (await MonthAsync()).ShouldBe("True open_month  10.56 10.56");
    }

    [Fact]
    public async Task Who_may_not_see_them_is_told_no_more_than_that_and_pages_are_counted_in_headers()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        await using var house = await InvoicedHouse.OpenAsync(portal.Ledger.Database);
        var stranger = await portal.OrganizationAsync("Stranger", shape: o => o.Slug = "stranger");
        var (own, fjord, other) = (await portal.ProgramAsync(Role.Admin, house.Northwind), await portal.ProgramAsync(Role.Admin, house.Fjord), await portal.ProgramAsync(Role.Admin, stranger.Id));
        var (developer, narrow) = (await portal.ProgramAsync(Role.Developer, house.Northwind), await portal.ProgramAsync(Role.Admin, house.Northwind, "organizations:read"));
        var months = $"/api/v1/organisation/{house.Northwind}/billing";

        foreach (var path in new[] { Own, External, Credits, months + "/202610", months })
        {
            (await own.ReadAsync(path)).Status.ShouldBe(200, path);
            (await developer.ReadAsync(path)).Status.ShouldBe(403, path);
            (await narrow.ReadAsync(path)).Status.ShouldBe(403, path);
            (await portal.CreateClient().ReadAsync(path)).Status.ShouldBe(401, path);
            (await own.AskAsync(HttpMethod.Post, path, "{}")).Status.ShouldBe(405, path);
            if (path.StartsWith(months, StringComparison.Ordinal))
            {
                (await other.ReadAsync(path))["error_code"].ShouldBe("1201", path);
                (await fjord.ReadAsync(path))["error_code"].ShouldBe("1201", path);
            }
        }

        // A slug of somebody else's is no organization; whose usage another pays has no invoices of its own.
        other.DefaultRequestHeaders.Add(OwnOrganization.SlugHeader, "northwind-hosting");
        foreach (var path in new[] { Own, External, Credits })
        {
            (await other.ReadAsync(path)).Status.ShouldBe(404, path);
        }

        (await fjord.ReadAsync(Own)).Text.ShouldBe("[]");
        (await fjord.ReadAsync(External)).Text.ShouldBe("""{"invoices":[],"total_invoices":0}""");
        (await fjord.ReadAsync(Credits)).Text.ShouldBe("""{"available_credits":0,"used_credits":0,"total_credits_used":0,"remaining_credits":0,"monthly_free_credits":0,"purchased_credits":0,"signup_grant_claimed_at":null}""");
        foreach (var no in new[] { "202613", "202600", "2026-10", "october", "199912", "202501" })
        {
            var answer = await own.ReadAsync($"{months}/{no}");
            (answer.Status, answer["error_code"]).ShouldBe((404, "1201"), no);
        }

        foreach (var (query, loc) in new[] { ("?limit=0", "limit"), ("?limit=101", "limit"), ("?limit=ten", "limit"), ("?offset=-1", "offset") })
        {
            (await own.ReadAsync(External + query)).Text.ShouldStartWith($$"""{"detail":[{"loc":["query","{{loc}}"],"msg":""", Case.Sensitive, query);
        }

        var listed = await own.ReadAsync(months + "?per_page=1&page=2&sort=id");
        var count = (BillingPeriod.Of(Instant.Now(TimeProvider.System), "Europe/Amsterdam").Number is var now ? ((now / 100) - 2026) * 12 + (now % 100) - 9 : 0).ToString(CultureInfo.InvariantCulture);
        listed.Text.ShouldBe("""[{"id":202611,"description":"November 2026"}]""");
        foreach (var (header, value) in new[] { ("X-Total-Count", count), ("X-Total-Pages", count), ("X-Current-Page", "2"), ("X-Count-Per-Page", "1") })
        {
            listed.Response.Headers.GetValues(header).Single().ShouldBe(value, header);
        }
    }

    [Theory, BothDatabases]
    public async Task Credits_are_what_is_there_and_what_usage_drew(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var ledger = portal.Ledger;
        OrganizationId acme;
        await using (var before = new Ledger(ledger.Database, new FakeClock(new DateTimeOffset(2026, 9, 21, 0, 5, 0, TimeSpan.Zero))))
        {
            acme = await before.OrganizationAsync();
            await before.DoneAsync(new GrantCredits(Ledger.Tester, "grant", acme) { Amount = Ledger.Micros(10) });
            await before.DoneAsync(before.Charge(acme, 4.5m) with { Key = "september" });
        }

        await ledger.DoneAsync(ledger.TopUp(acme, 100, bonusRate: 200_000));
        var charged = await ledger.DoneAsync(ledger.Charge(acme, 30));
        await ledger.DoneAsync(ledger.Charge(acme, 20));
        await ledger.DoneAsync(ledger.Reverse(acme, charged.Entries.Single().Seq));

        var admin = await portal.ProgramAsync(Role.Admin, acme);
        (await admin.ReadAsync(Credits)).Text.ShouldBe(
            """{"available_credits":105.5,"used_credits":20,"total_credits_used":24.5,"remaining_credits":105.5,"monthly_free_credits":5.5,"purchased_credits":100,"signup_grant_claimed_at":"2026-09-21T00:05:00.000000Z"}""");
    }

    private static async Task<JsonElement> OnlyAsync(HttpClient program)
    {
        using var list = JsonDocument.Parse((await program.ReadAsync(Own)).Text);
        return list.RootElement.EnumerateArray().ShouldHaveSingleItem().Clone();
    }

    private static string? Text(JsonElement invoice, string field) => invoice.GetProperty(field) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;

    private static async Task BookedAsync(ApiPortal portal, InvoicedHouse house, params (AccountKind Kind, decimal Amount)[] expected)
    {
        await using var store = await portal.StoreAsync();
        var seq = await store.Invoices.Where(i => i.OrganizationId == house.Northwind.Value && i.Ordinal == 1).Select(i => i.Seq).SingleAsync();
        var entry = (await EntryReading.FindAsync(store, house.Northwind, seq!.Value, CancellationToken.None))!.Entry;
        entry.Postings.Select(posting => (posting.Account.Kind, posting.Amount / 1_000_000m)).ShouldBe([.. expected, .. new[] { (AccountKind.UnbilledReceivable, 671.533118m), (AccountKind.Rounding, -0.003118m) }], ignoreOrder: true);
    }
}
