using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using BillingPortal.Capabilities.Invoicing;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Printing;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using Bunit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.Invoicing;

/// <summary>What a page shows, an export holds, an API answers, an invoice prints and the journal booked are the same number.</summary>
public sealed class SameNumbersTests(TestDatabases databases) : InvoicingTest(databases)
{
    private static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    [Theory]
    [BothDatabases]
    public async Task One_invoice_has_the_same_figures_on_its_page_in_csv_ubl_json_and_the_journal(DatabaseKind kind)
    {
        await using var database = await OpenAsync(kind);
        var house = House;
        await house.IssueAsync();
        await using var portal = new Portal(database, Clock);
        var (_, email) = await portal.PersonAsync(Role.Finance);
        using var visitor = await portal.VisitAsync(email);

        var path = $"/organizations/{house.Northwind}/invoices/1";
        var csv = Rows(await TextAsync(visitor, path + ".csv"));
        var ubl = XDocument.Parse(await TextAsync(visitor, path + ".xml"));
        var (json, _) = await JsonAsync(portal, house);
        var page = Page("");
        var booked = await BookedAsync(house);

        // Sums.
        foreach (var (code, inUbl, expected) in new[] { ("gross", "LineExtensionAmount", "731.53"), ("net", "TaxExclusiveAmount", "671.53"), ("total", "TaxInclusiveAmount", "812.55"), ("due", "PayableAmount", "812.55") })
        {
            json.GetProperty("totals").GetProperty(code).GetString().ShouldBe(expected);
            csv.Single(row => row[0] == "total" && row[5] == code)[12].ShouldBe(expected);
            ubl.Descendants(Cbc + inUbl).First().Value.ShouldBe(expected);
            page.FindAll(".totals data").Select(data => data.GetAttribute("value")).ShouldContain(expected);
        }

        // Lines, exact and rounded.
        string[] amounts = ["412.37", "88.10", "231.06"];
        csv.Where(row => row[0] == "line").Select(row => row[12]).ShouldBe(amounts);
        csv.Where(row => row[0] == "line").Select(row => row[4]).Last().ShouldBe("'=Fjord Werke");
        csv.Where(row => row[0] == "line").Select(row => row[11]).ShouldBe(["412.373118", "88.10", "231.06"]);
        json.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("amount").GetString()).ShouldBe(amounts);
        ubl.Descendants().Where(element => element.Name.LocalName == "InvoiceLine").Select(line => line.Element(Cbc + "LineExtensionAmount")!.Value).ShouldBe(amounts);
        page.FindAll(".lines tr:not(.secsum) td.num data").Select(data => data.GetAttribute("value")).ShouldBe(amounts);
        page.FindAll(".lines .sec th").Select(head => head.TextContent).ShouldBe([$"Northwind Hosting, {house.Northwind}", $"=Fjord Werke, {house.Fjord}"]);

        // Credits and tax.
        csv.Single(row => row[0] == "credit")[12].ShouldBe("-60.00");
        json.GetProperty("credits")[0].GetProperty("amount").GetString().ShouldBe("60.00");
        ubl.Descendants(Cbc + "AllowanceTotalAmount").Single().Value.ShouldBe("60.00");
        csv.Single(row => row[0] == "tax")[12..16].ShouldBe(["141.02", "S", "21", "671.53"]);
        json.GetProperty("taxes")[0].GetProperty("amount").GetString().ShouldBe("141.02");
        ubl.Descendants(Cbc + "TaxAmount").First().Value.ShouldBe("141.02");

        // The journal: what the entry booked, and what the page says it did.
        booked[AccountKind.InvoicedReceivable].ShouldBe(-812_550_000);
        booked[AccountKind.TaxPayable].ShouldBe(141_020_000);
        booked[AccountKind.UnbilledReceivable].ShouldBe(671_533_118);
        booked[AccountKind.Rounding].ShouldBe(-3_118);
        csv.Single(row => row[5] == "rounding")[12].ShouldBe("-0.003118");
        page.FindAll(".plain tbody td data").Select(data => data.GetAttribute("value")).ShouldBe(
            booked.OrderBy(posting => posting.Key).Select(posting => new Money(posting.Value, Currency.Of("EUR")).ToDecimalString()));
        En16931.Broken(ubl).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_for_the_printer_needs_nothing_but_itself_and_is_printed_where_a_chromium_is()
    {
        await using var database = await OpenAsync();
        var house = House;
        await house.IssueAsync();
        await using var portal = new Portal(database, Clock);
        var press = new InvoicePrintPanel.Press(portal.Services, portal.Services.GetRequiredService<IWebHostEnvironment>(), PdfPrinters.Of(new ConfigurationBuilder().Build(), TimeProvider.System), NullLoggerFactory.Instance);
        var view = (await new GetInvoice(house.Stores, Clock).RunAsync(house.Finance, house.Northwind, 1, CancellationToken.None)).ShouldBeOfType<Outcome<InvoiceView>.Done>().Value;

        var html = await press.HtmlAsync(view, CancellationToken.None);

        html.ShouldStartWith("<!doctype html>");
        html.ShouldContain("812.55");
        html.ShouldContain("=Northwind Hosting B.V.");
        foreach (var reaching in new[] { " src=", " href=", "url(", "<script", "@import" })
        {
            html.ShouldNotContain(reaching);
        }

        var printed = await press.PrintAsync(view, CancellationToken.None);
        if (press.Lacks is { } lacking)
        {
            lacking.ShouldContain("Chromium");
        }
        else
        {
            Encoding.ASCII.GetString(printed.ShouldBeOfType<Outcome<byte[]>.Done>().Value[..5]).ShouldBe("%PDF-");
        }

        PdfPrinters.Of(new ConfigurationBuilder().AddInMemoryCollection([new("Printing:Chromium", "/nowhere/chromium")]).Build(), Clock).Lacks.ShouldNotBeNull().ShouldContain("/nowhere/chromium");
    }

    private static async Task<(JsonElement Body, int Status)> JsonAsync(Portal portal, InvoicedHouse house)
    {
        await using var store = house.Stores.CreateDbContext();
        var uuid = await store.Organizations.Where(o => o.Id == house.Northwind.Value).Select(o => o.Uuid).SingleAsync();
        var outcome = await portal.Services.GetRequiredService<GetInvoice>().RunAsync(house.Finance, uuid, 1, CancellationToken.None);
        var answer = InvoiceAnswer.Of(outcome.ShouldBeOfType<Outcome<InvoiceView>.Done>().Value);
        return (JsonDocument.Parse(JsonSerializer.Serialize(answer, BillingPortal.Web.Api.ApiJson.Options)).RootElement, 200);
    }

    private static async Task<Dictionary<AccountKind, long>> BookedAsync(InvoicedHouse house)
    {
        await using var store = house.Stores.CreateDbContext();
        var seq = await store.Invoices.Where(i => i.OrganizationId == house.Northwind.Value && i.Ordinal == 1).Select(i => i.Seq).SingleAsync();
        var entry = (await EntryReading.FindAsync(store, house.Northwind, seq!.Value, CancellationToken.None))!.Entry;
        return entry.Postings.ToDictionary(posting => posting.Account.Kind, posting => posting.Amount);
    }

    private static async Task<string> TextAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF');
    }

    private static string[][] Rows(string csv) => [.. csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
}
