using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Store.Invoicing;

public sealed class ClosingTests(TestDatabases databases)
{
    private static readonly DateTimeOffset InSeptember = new(2026, 9, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset InOctober = new(2026, 10, 2, 6, 0, 0, TimeSpan.Zero);

    [Theory, BothDatabases]
    public async Task A_month_is_closed_once_issued_paid_and_credited_and_the_books_hold_it(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(InSeptember);
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        await ledger.BilledInAsync(acme, "NL");
        await ledger.DoneAsync(ledger.Charge(acme, 412.371m, service: "Compute"));
        await ledger.DoneAsync(ledger.Charge(acme, 88.102118m, service: "Storage"));
        (await ledger.RefusedAsync(ledger.Close(acme, 202609))).Message.ShouldContain("September 2026 ends on 1 Oct 2026");

        clock.MoveTo(InOctober);
        await ledger.DoneAsync(ledger.Charge(acme, 7, service: "Compute"));
        var closed = await ledger.DoneAsync(ledger.Close(acme, 202609));
        Ledger.Lines(closed.Entries.Single()).ShouldBe(["unbilled_receivable 500.473118", "invoiced_receivable -605.57", "tax_payable 105.10", "rounding -0.003118"]);
        (await ledger.DoneAsync(ledger.Close(acme, 202609))).Effects.ShouldBeEmpty("closing twice is closing once");
        (await ledger.RefusedAsync(ledger.Pay(acme, 1))).Message.ShouldBe($"Draft {acme}/1 is draft: only an issued invoice is paid. Nothing was changed.");
        (await ledger.RefusedAsync(ledger.Reverse(acme, 1))).Message.ShouldContain("credit note");

        await ledger.DoneAsync(ledger.Issue(acme));
        var (row, document) = await ledger.InvoiceAsync(acme);
        (row.Number, row.Status, row.Due, row.DueOn).ShouldBe(("INV-2026-0001", InvoiceStatus.Open, 605_570_000, 20261101));
        document.Lines.Select(line => (line.Description, line.Exact, line.Amount)).ShouldBe([("Compute", 412_371_000, 412_370_000), ("Storage", 88_102_118, 88_100_000)]);

        await ledger.DoneAsync(ledger.Pay(acme, 500));
        (await ledger.RefusedAsync(ledger.Credit(acme, 1, (2, 60), (2, 60)))).Message.ShouldStartWith("$88.10 of Storage is left to take back.");
        var credited = await ledger.DoneAsync(ledger.Credit(acme, 1, (2, 88.10m), (1, 11.90m)));
        Ledger.Lines(credited.Entries.Single()).ShouldBe(["cash 15.43", "invoiced_receivable 105.57", "tax_payable -21.00", "allowances -100.00"]);
        (row, _) = await ledger.InvoiceAsync(acme);
        (row.Status, row.Outstanding, row.Paid, row.Credited, row.CreditedTotal).ShouldBe((InvoiceStatus.Paid, 0, 500_000_000, 105_570_000, 121_000_000));
        var (note, noteDocument) = await ledger.InvoiceAsync(acme, 2);
        (note.Number, note.Total, noteDocument.Corrects!.Number).ShouldBe(("CN-2026-0001", 121_000_000, "INV-2026-0001"));

        await ledger.DoneAsync(ledger.Credit(acme, 1));
        var (rest, _) = await ledger.InvoiceAsync(acme, 3);
        (note.Net + rest.Net, note.Tax + rest.Tax).ShouldBe((row.Net, row.Tax), "all credit notes take back what was invoiced, to the last cent of tax");
        (await ledger.RefusedAsync(ledger.Credit(acme, 1))).Message.ShouldStartWith("All of INV-2026-0001 is credited.");
        (await ledger.HeldAsync(acme, AccountKind.UnbilledReceivable)).ShouldBe(-7m);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task Reopening_takes_the_draft_back_and_closing_again_bills_the_same_with_what_came_later(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(InSeptember);
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid, shape: o => o.TimeZone = "America/New_York");
        await ledger.DoneAsync(ledger.Charge(acme, 10));
        clock.MoveTo(InOctober);
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        var late = ledger.Charge(acme, 5, ChargeMode.Request) with { OccurredAt = Instant.From(InSeptember) };
        (await ledger.RunAsync(late)).ShouldNotBeOfType<Outcome<Receipt>.Done>("the month is closed");

        await ledger.DoneAsync(ledger.Reopen(acme, 202609));
        (await ledger.HeldAsync(acme, AccountKind.UnbilledReceivable)).ShouldBe(-10m);
        await ledger.DoneAsync(late with { Key = ledger.NextKey() });
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        var (row, document) = await ledger.InvoiceAsync(acme, 2);
        (row.Net, document.Lines.Length, row.Tax).ShouldBe((15_000_000, 1, 0));
        document.Taxes.Single().Tax.ShouldBe(Taxation.Undetermined);

        await ledger.DoneAsync(ledger.Issue(acme, 2));
        (await ledger.RefusedAsync(ledger.Reopen(acme, 202609))).Message.ShouldStartWith("INV-2026-0001 is issued for September 2026. Void it first");
        await ledger.DoneAsync(ledger.Void(acme, 2));
        (await ledger.HeldAsync(acme, AccountKind.UnbilledReceivable)).ShouldBe(-15m);
        await ledger.DoneAsync(ledger.Reopen(acme, 202609));
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        await ledger.DoneAsync(ledger.Issue(acme, 3));
        (await ledger.InvoiceAsync(acme, 3)).Row.Number.ShouldBe("INV-2026-0002", "a voided invoice keeps its number");
        await ledger.DoneAsync(ledger.WriteOff(acme, 3));
        (await ledger.HeldAsync(acme, AccountKind.InvoicedReceivable)).ShouldBe(0);
        await using var store = new StoreOf(database).CreateDbContext();
        (await store.PeriodEvents.OrderBy(e => e.Step).Select(e => e.Code).ToListAsync()).ShouldBe(["closed", "reopened", "closed", "reopened", "closed"]);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task A_payers_invoice_has_a_section_for_each_consumer_and_what_was_voided_is_carried_over(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(InSeptember);
        await using var ledger = new Ledger(database, clock);
        var (parent, west) = await ledger.FamilyAsync(ChargingModel.Postpaid);
        await ledger.UseParentBalanceAsync(west, parent);
        await ledger.DoneAsync(ledger.Charge(west, 3, service: "Compute") with { Payer = parent });
        await ledger.DoneAsync(ledger.Charge(parent, 2, service: "Storage"));
        await ledger.DoneAsync(new GrantCredits(Ledger.Tester, ledger.NextKey(), parent) { Amount = Ledger.Micros(1) });
        await ledger.DoneAsync(ledger.Charge(parent, 1.5m, service: "Storage"));
        clock.MoveTo(InOctober);
        await ledger.DoneAsync(ledger.Close(parent, 202609));
        await ledger.DoneAsync(ledger.Issue(parent));
        var (row, document) = await ledger.InvoiceAsync(parent);
        document.Lines.Select(line => (line.ConsumerName, line.Description, line.Amount)).ShouldBe([("Acme", "Storage", 3_500_000), ("Acme West", "Compute", 3_000_000)]);
        document.Discounts.Single().ShouldBe(new InvoiceDiscount("monthly", "Monthly credits", 1_000_000, Taxation.Undetermined));
        row.Due.ShouldBe(5_500_000);

        await ledger.DoneAsync(ledger.Void(parent));
        clock.MoveTo(InOctober.AddMonths(1));
        await ledger.DoneAsync(ledger.Close(parent, 202610));
        (await ledger.InvoiceAsync(parent, 2)).Document.Lines.Single().ShouldSatisfyAllConditions(
            line => line.Kind.ShouldBe(InvoiceLineKind.CarriedOver), line => line.Amount.ShouldBe(5_500_000));
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task Numbers_run_without_gaps_under_thirty_two_closers(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(InSeptember);
        await using var here = new Ledger(database, clock);
        await using var elsewhere = new Ledger(database, clock);
        var organizations = new List<OrganizationId>();
        for (var number = 0; number < 32; number++)
        {
            organizations.Add(await here.OrganizationAsync(ChargingModel.Postpaid, $"Organization {number}"));
            await here.DoneAsync(here.Charge(organizations[^1], number == 7 ? 0.001m : 1 + number));
        }

        clock.MoveTo(InOctober);
        await Task.WhenAll(organizations.SelectMany((organization, number) => new[] { here, elsewhere }.Select(ledger => Task.Run(async () =>
        {
            // Twice each, by two processes: each is closed and issued once.
            await ledger.DoneAsync(new ClosePeriod(Ledger.Tester, $"close {ledger.GetHashCode()}", organization, new BillingPeriod(202609)));
            if (number != 7)
            {
                await ledger.DoneAsync(new IssueInvoice(Ledger.Tester, $"issue {ledger.GetHashCode()}", organization, 1));
            }
        }))));
        await using var store = new StoreOf(database).CreateDbContext();
        var invoices = await store.Invoices.ToListAsync();
        invoices.Count.ShouldBe(32);
        invoices.Where(invoice => invoice.Number is not null).Select(invoice => invoice.Number!).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1, 31).Select(number => $"INV-2026-{number:0000}"));
        invoices.Single(invoice => invoice.Number is null).Kind.ShouldBe(InvoiceKind.Statement);
        await here.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task An_overdue_invoice_is_reminded_of_three_times_blocks_after_thirty_days_and_payment_releases(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(InSeptember);
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        await ledger.DoneAsync(ledger.Charge(acme, 40));
        clock.MoveTo(InOctober);
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        await ledger.DoneAsync(ledger.Issue(acme));
        var told = new List<string>();
        for (var day = 0; day <= 65; day++)
        {
            var done = await ledger.DoneAsync(new DunInvoice(Actor.System("dunning"), ledger.NextKey(), acme, 1));
            told.AddRange(done.Effects.OfType<Effect.SetInvoice>().Select(effect => $"{clock.GetUtcNow():MM-dd} {effect.Step.Code}"));
            clock.Advance(TimeSpan.FromDays(1));
        }

        told.ShouldBe(["11-02 reminded", "11-08 reminded", "11-15 reminded", "12-01 blocked"]);
        (await ledger.StateAsync(acme)).IsBlockedBy(BlockCause.Overdue).ShouldBeTrue();
        await ledger.DoneAsync(ledger.Pay(acme, 39));
        (await ledger.StateAsync(acme)).IsBlockedBy(BlockCause.Overdue).ShouldBeTrue("a dollar is still owed");
        await ledger.DoneAsync(ledger.Pay(acme, 1));
        (await ledger.StateAsync(acme)).Blocked.ShouldBeNull();
    }
}
