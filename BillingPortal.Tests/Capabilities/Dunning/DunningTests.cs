using BillingPortal.Capabilities.ClosingMonths;
using BillingPortal.Capabilities.Dunning;
using BillingPortal.Capabilities.Invoicing;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Capabilities.ClosingMonths;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.Dunning;

public sealed class DunningTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task An_overdue_invoice_is_reminded_of_once_a_level_blocks_after_thirty_days_and_is_released_by_payment(DatabaseKind kind)
    {
        await using var house = await MonthHouse.OpenAsync(databases, kind);
        var acme = await house.UserAsync("Acme", 20);
        house.March();
        await house.DoAsync(MonthAct.Close, await house.LookAsync());
        await house.DoAsync(MonthAct.Issue, await house.LookAsync(MonthAct.Issue));
        var invoice = (await house.InvoicesAsync()).Single();
        var due = DateOnly.ParseExact(invoice.DueOn!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), "yyyyMMdd");
        var dunning = new DunOverdue(house.Stores, house.Ledger.Writer, house.Clock, NullLogger<DunOverdue>.Instance);
        var told = new List<(int Day, int Reminders, bool Blocked)>();
        foreach (var days in new[] { 0, 1, 2, 7, 8, 14, 29, 30, 31 })
        {
            house.Clock.MoveTo(new DateTimeOffset(due.AddDays(days), new TimeOnly(12, 0), TimeSpan.Zero));
            var acted = await dunning.RunAsync(CancellationToken.None);

            // Two nodes, or the next hour: nothing more.
            (await dunning.RunAsync(CancellationToken.None)).ShouldBe(0);
            told.Add((days, await RemindedAsync(), await house.IsBlockedAsync(acme)));
            acted.ShouldBe(days is 1 or 7 or 14 or 30 ? 1 : 0, days.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        told.ShouldBe([(0, 0, false), (1, 1, false), (2, 1, false), (7, 2, false), (8, 2, false), (14, 3, false), (29, 3, false), (30, 3, true), (31, 3, true)]);
        (await house.Ledger.RunAsync(house.Ledger.Charge(acme, 1))).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Blocked);
        await house.Ledger.DoneAsync(new RecordPayment(Ledger.Tester, "paid", acme, invoice.Ordinal) { Amount = invoice.Due });
        (await house.IsBlockedAsync(acme)).ShouldBeFalse();
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 1));

        async Task<int> RemindedAsync()
        {
            await using var store = house.Stores.CreateDbContext();
            return await store.Notifications.CountAsync(notice => notice.OrganizationId == acme.Value && notice.Kind == NoticeKind.InvoiceOverdue);
        }
    }

    [Fact]
    public async Task What_is_overdue_is_so_in_lists_reminders_and_the_checklist_at_one_moment_wherever_the_customer_is()
    {
        await using var house = await MonthHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        foreach (var zone in new[] { "Pacific/Auckland", "America/Los_Angeles" })
        {
            await house.UserAsync(zone[..7], 20, made => made.TimeZone = zone);
        }

        house.March();
        await house.DoAsync(MonthAct.Close, await house.LookAsync());
        await house.DoAsync(MonthAct.Issue, await house.LookAsync(MonthAct.Issue));
        var day = (await house.InvoicesAsync()).Select(invoice => invoice.DueOn!.Value).Distinct().Single();
        var due = new DateTimeOffset(day / 10_000, day / 100 % 100, day % 100, 0, 0, 0, TimeSpan.Zero);
        var dunning = new DunOverdue(house.Stores, house.Ledger.Writer, house.Clock, NullLogger<DunOverdue>.Instance);
        var listing = new ListInvoices(house.Stores, house.Clock);
        var checklist = new GetMonthChecklist(house.Stores, new PaymentOptions(PaymentOptions.Sandbox, Stripe: null), house.Clock);
        (string, int, int) Told(string uncollected, int listed, int reminded) => (uncollected, listed, reminded);

        // In Auckland the next day has begun, in Los Angeles it has not.
        house.Clock.MoveTo(due.AddHours(23.9));
        (await LookAsync()).ShouldBe(Told("No invoice is overdue.", 0, 0));
        house.Clock.MoveTo(due.AddHours(24.1));
        (await LookAsync()).ShouldBe(Told("Overdue: $40.00 in 2 invoices.", 2, 2));

        async Task<(string, int, int)> LookAsync()
        {
            var items = (await checklist.RunAsync(house.Finance, MonthHouse.February, default)).ShouldBeOfType<Outcome<MonthChecklist>.Done>().Value.Items;
            var list = (await listing.RunAsync(house.Finance, (BillingPortal.Domain.Organizations.OrganizationId?)null, new InvoiceForm(key => key == "overdue" ? "1" : null), new InvoicePlace(10), default))
                .ShouldBeOfType<Outcome<InvoiceList>.Done>().Value;
            return (items.Single(item => item.Title == "Uncollected").Text, list.Page.Lines.Length, await dunning.RunAsync(CancellationToken.None));
        }
    }
}
