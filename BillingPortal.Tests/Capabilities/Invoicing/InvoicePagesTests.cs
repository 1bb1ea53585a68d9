using BillingPortal.Capabilities.Invoicing;
using BillingPortal.Capabilities.Notifying;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Invoices;
using BillingPortal.Notifications;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using Bunit;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.Invoicing;

/// <summary>Lists of invoices and the page of one, with everything that can be done there, over a real store.</summary>
public sealed class InvoicePagesTests(TestDatabases databases) : InvoicingTest(databases)
{
    private const string Button = ".confirm button.btn--primary";

    [Fact]
    public async Task A_draft_is_issued_with_the_next_number_and_stands_in_lists_by_it()
    {
        await using var database = await OpenAsync();
        var page = Page("?act=issue");
        page.Find("h1").TextContent.ShouldBe("Draft October 2026");
        page.Find(".head .btn--primary").TextContent.ShouldBe("Issue…");
        page.Markup.ShouldContain("No UBL: A draft has no number yet.");
        page.WaitForElement(Button).TextContent.ShouldBe("Issue the invoice of €812.55 to Northwind Hosting");

        await page.Find(Button).ClickAsync(new());

        page.WaitForElement(".receipt .t").TextContent.ShouldBe("Issued INV-2026-0001 to Northwind Hosting");
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("INV-2026-0001"));
        page.Find(".head .badge").TextContent.ShouldBe("Open, due in 30 days");
        var list = List("/invoices?status=open&period=2026-10&q=0001");
        list.Find("tbody th a").GetAttribute("href").ShouldBe($"/organizations/{House.Northwind}/invoices/1");
        list.FindAll(".chip").Select(chip => chip.TextContent).ShouldBe(["status Open", "period 2026-10", "named 0001"]);
        list.FindAll("a[download]").Select(a => a.GetAttribute("href")).ShouldContain("/invoices.csv?period=2026-10&q=0001&status=open");
        List("/invoices?overdue=1").Find(".state h3").TextContent.ShouldBe("No invoice matches");
        List("/invoices?period=soon").Find(".note").TextContent.ShouldContain("“soon” is not a month");
    }

    [Fact]
    public async Task A_payment_in_part_is_recorded_as_shown_and_the_rest_is_outstanding()
    {
        await using var database = await OpenAsync();
        await House.IssueAsync();
        var page = Page("?act=pay");
        page.Find("input.money").GetAttribute("value").ShouldBe("812.55");
        page.Find("input.money").Input("900");
        await RestAsync(page);
        page.WaitForAssertion(() => page.FindAll("tr.changed th").Select(head => head.TextContent).ShouldBe(["Cash", "Invoiced receivable"]));
        page.Find("input.money").Input("312.55");
        await RestAsync(page);
        page.WaitForAssertion(() => page.Find(Button).TextContent.ShouldBe("Record €312.55 paid for INV-2026-0001"));
        page.FindAll("tr.changed th").Select(head => head.TextContent).ShouldBe(["Invoiced receivable"]);

        await page.Find(Button).ClickAsync(new());

        page.WaitForElement(".receipt .t").TextContent.ShouldBe("Recorded €312.55 paid for INV-2026-0001");
        page.WaitForAssertion(() => page.Find(".big data").GetAttribute("value").ShouldBe("500.00"));
        House.Clock.MoveTo(new DateTimeOffset(2026, 12, 20, 6, 0, 0, TimeSpan.Zero));
        List("/invoices?overdue=1").Find("tbody .badge").TextContent.ShouldBe("Open, overdue by 18 days");
    }

    [Fact]
    public async Task A_part_of_a_line_is_credited_by_a_note_of_its_own_and_never_more_than_is_left()
    {
        await using var database = await OpenAsync();
        await House.IssueAsync();
        var page = Page("?act=credit");
        page.FindAll(".seg input")[1].Change(true);
        page.WaitForElements(".creditlines input.money").Count.ShouldBe(3);
        page.Find("textarea").Input("Charged twice");
        page.FindAll(".creditlines input.money")[1].Input("100");
        await RestAsync(page);
        page.WaitForElement(".note.n-bad").TextContent.ShouldContain("€88.10 of Object storage is left to take back.");
        page.FindAll(".creditlines input.money")[1].Input("8.10");
        await RestAsync(page);
        page.WaitForAssertion(() => page.Find(Button).TextContent.ShouldBe("Credit €8.10 before tax of INV-2026-0001"));

        await page.Find(Button).ClickAsync(new());

        page.WaitForElement(".receipt .t").TextContent.ShouldStartWith("Credited part or all of INV-2026-0001");
        page.WaitForAssertion(() => page.Find(".standing a").GetAttribute("href").ShouldBe($"/organizations/{House.Northwind}/invoices/2"));
        page.Find(".big data").GetAttribute("value").ShouldBe("802.75");
        await using var store = House.Stores.CreateDbContext();
        var note = (await InvoiceReading.FindAsync(store, House.Northwind, 2, CancellationToken.None))!.Document;
        En16931.Broken(UblDocument.Of(note)).ShouldBeEmpty();
        (note.Number, note.Net, note.Tax).ShouldBe(("CN-2026-0001", 8_100_000, 1_700_000));
    }

    [Fact]
    public async Task Sending_queues_one_mail_with_the_document_and_states_it()
    {
        await using var database = await OpenAsync();
        await House.IssueAsync();
        var page = Page("?act=send");
        page.Find("input[type=email]").GetAttribute("value").ShouldBe("ap@nwh.example");
        page.WaitForElement(Button).TextContent.ShouldBe("Send INV-2026-0001 to ap@nwh.example");

        await page.Find(Button).ClickAsync(new());

        page.WaitForElement(".receipt .t").TextContent.ShouldBe("INV-2026-0001 is on its way to ap@nwh.example");
        page.WaitForAssertion(() => page.Find(".head .badge").TextContent.ShouldBe("Sent, due in 30 days"));
        page.Markup.ShouldContain("Sent to ap@nwh.example.");
        var post = new PostOffice();
        await new SendMails(House.Stores, post, House.Clock, NullLogger<SendMails>.Instance).RunAsync(CancellationToken.None);
        var mail = post.Mails.ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Invoice INV-2026-0001: €812.55");
        mail.Body.ShouldContain("To be paid: €812.55 until 2 Dec 2026, to NL91ABNA0417164300, reference INV-2026-0001.");
        mail.Body.ShouldContain($"https://portal.example.test/organizations/{House.Northwind}/invoices/1");
        mail.Files.ShouldHaveSingleItem().Name.ShouldBe("INV-2026-0001.xml");
    }

    [Theory]
    [InlineData("void", "Void INV-2026-0001", "Voided INV-2026-0001", "Void")]
    [InlineData("write-off", "Give up €812.55 of INV-2026-0001", "Gave up what was outstanding of INV-2026-0001", "Uncollectible")]
    public async Task What_will_not_be_paid_is_voided_or_given_up_for_a_reason(string act, string button, string receipt, string badge)
    {
        await using var database = await OpenAsync();
        await House.IssueAsync();
        var page = Page("?act=" + act);
        page.FindAll(Button).ShouldBeEmpty();
        page.Find("textarea").Input("Bankrupt");
        await RestAsync(page);
        page.WaitForAssertion(() => page.Find(Button).TextContent.ShouldBe(button));

        await page.Find(Button).ClickAsync(new());

        page.WaitForElement(".receipt .t").TextContent.ShouldBe(receipt);
        page.WaitForAssertion(() => page.Find(".head .badge").TextContent.ShouldBe(badge));
        page.FindAll(".head a").Any(a => a.TextContent == "Record payment…").ShouldBe(act == "write-off", "a late payment is booked, of a void invoice none");
    }

    [Theory, BothDatabases]
    public async Task A_list_sums_up_what_is_outstanding_of_all_that_match_and_is_found_by_number_or_payer(DatabaseKind kind)
    {
        await using var database = await OpenAsync(kind);
        List("/invoices").FindAll("tfoot tr").ShouldBeEmpty();
        await House.IssueAsync();
        await House.PayAsync(12.5m);

        foreach (var query in new[] { "q=inv-2026-0", "q=1", "q=0001", "q=hosting", $"q={House.Northwind}", "status=open&kind=invoice&period=2026-10" })
        {
            var list = List("/invoices?" + query);
            list.FindAll("tbody tr").Count.ShouldBe(1, query);
            list.Find("tfoot th").TextContent.ShouldBe("To be paid, 1 open invoice in EUR");
            list.Find("tfoot data").GetAttribute("value").ShouldBe("800.05");
        }

        foreach (var nothing in new[] { "q=0002", "q=026-0001", "q=fjord", "q=%_", "q=inv-2025" })
        {
            List("/invoices?" + nothing).Find(".state h3").TextContent.ShouldBe("No invoice matches", nothing);
        }
    }

    [Fact]
    public async Task An_invoice_leads_to_its_month_and_its_files_whatever_their_kind()
    {
        await using var database = await OpenAsync();
        var page = Page("");
        page.FindAll($"a[href='/organizations/{House.Northwind}/months']").Select(a => a.TextContent).ShouldBe(["October 2026", "Open October 2026 again…"]);
        page.FindAll(".files a").Select(a => a.TextContent).ShouldBe(["CSV"]);
        await House.IssueAsync();
        Page("").FindAll(".files a").Select(a => a.TextContent).ShouldBe(["CSV", "UBL"]);
    }

    [Fact]
    public async Task Its_own_people_see_it_and_are_told_what_they_may_not_and_the_consumer_sees_nothing_of_it()
    {
        await using var database = await OpenAsync();
        await House.IssueAsync();
        SignIn(await House.Stores.PersonAsync("rita", null, (House.Northwind.Value, "ADMIN")));
        var page = Page("?act=pay");
        page.Find(".deniedact").TextContent.ShouldContain($"Needs permission {PermissionNames.Of(Permission.ManageInvoices)} on Northwind Hosting");
        page.FindAll(".actpanel").ShouldBeEmpty();
        List("/invoices").FindAll("tbody tr").Count.ShouldBe(1);

        SignIn(await House.Stores.PersonAsync("fred", null, (House.Fjord.Value, "ADMIN")));
        Page("").Find(".state h3").TextContent.ShouldContain("There is no such organization");
        List("/invoices").Find(".state h3").TextContent.ShouldBe("No invoices yet");
        (await new FindInvoices(House.Stores, House.Clock).RunAsync(House.Finance, "inv-2026", CancellationToken.None)).Length.ShouldBe(1);
        (await new FindInvoices(House.Stores, House.Clock).RunAsync(new Caller("fred", "page"), "inv-2026", CancellationToken.None)).ShouldBeEmpty();
    }

    private sealed class PostOffice : IMailSender
    {
        public string? Lacks => null;

        public List<OutgoingMail> Mails { get; } = [];

        public Task SendAsync(OutgoingMail mail, CancellationToken cancel)
        {
            Mails.Add(mail);
            return Task.CompletedTask;
        }
    }
}
