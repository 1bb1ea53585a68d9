using BillingPortal.Capabilities.ClosingMonths;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.ClosingMonths;

public sealed class ClosingMonthsTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task A_month_is_closed_as_shown_and_issued_and_what_changed_meanwhile_is_left_and_named(DatabaseKind kind)
    {
        await using var house = await MonthHouse.OpenAsync(databases, kind);
        var acme = await house.UserAsync("Acme", 20);
        var busy = await house.UserAsync("Busy", 7);
        var late = await house.UserAsync("Late", 3, made => made.TimeZone = "Pacific/Honolulu");
        var idle = await house.Ledger.OrganizationAsync(name: "Idle", shape: made => made.Slug = "idle");
        house.Clock.MoveTo(new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.Zero));
        var shown = await house.LookAsync();
        shown.Select(line => (line.Name, line.State, line.Kind, line.Net)).ShouldBe(
        [
            ("Acme", LineState.Ready, InvoiceKind.Invoice, Ledger.Micros(20)), ("Busy", LineState.Ready, InvoiceKind.Invoice, Ledger.Micros(7)),
            ("Late", LineState.Refused, null, 0), ("Idle", LineState.Ready, (InvoiceKind?)null, 0),
        ]);
        shown[2].Why.ShouldContain("Pacific/Honolulu");
        MonthTotal.Of(shown.Where(line => line.State == LineState.Ready)).Single().Net.ShouldBe(Ledger.Micros(27));

        // One used more of February after it was shown: only that one is left.
        await house.Ledger.DoneAsync(house.Ledger.Charge(busy, 1, ChargeMode.Fact) with { OccurredAt = Instant.Now(house.Clock).Plus(-TimeSpan.FromHours(3)) });
        var told = 0;
        var done = await house.DoAsync(MonthAct.Close, shown, () => Interlocked.Increment(ref told));
        done.Select(line => line.State).ShouldBe([LineState.Done, LineState.Stale, LineState.Refused, LineState.Done]);
        told.ShouldBe(3);
        done[1].Why.ShouldContain("changed since the preview");

        // The same wish once more, from somebody who saw the same: closed once.
        (await house.DoAsync(MonthAct.Close, shown)).Select(line => line.State).ShouldBe([LineState.DoneBefore, LineState.Stale, LineState.Refused, LineState.DoneBefore]);
        house.March();
        var rest = await house.LookAsync();
        rest.Select(line => (line.Name, line.Net)).ShouldBe([("Busy", Ledger.Micros(8)), ("Late", Ledger.Micros(3))]);
        (await house.DoAsync(MonthAct.Close, rest)).ShouldAllBe(line => line.State == LineState.Done);
        (await house.LookAsync()).ShouldBeEmpty();

        var drafts = await house.LookAsync(MonthAct.Issue);
        drafts.Select(line => line.Name).ShouldBe(["Acme", "Busy", "Late"]);
        var issued = await house.DoAsync(MonthAct.Issue, drafts);
        issued.Select(line => line.Number).Order().ShouldBe(["INV-2026-0001", "INV-2026-0002", "INV-2026-0003"]);
        (await house.InvoicesAsync()).Select(invoice => (invoice.OrganizationId, invoice.Status, invoice.Net)).ShouldBe(
            [(acme.Value, InvoiceStatus.Open, Ledger.Micros(20)), (busy.Value, InvoiceStatus.Open, Ledger.Micros(8)), (late.Value, InvoiceStatus.Open, Ledger.Micros(3))]);
        (await house.LookAsync(MonthAct.Issue)).ShouldBeEmpty();
        (await house.Ledger.StateAsync(idle)).ClosedUntil.Micros.ShouldBePositive("a month without anything is closed too");
    }

    [Theory, BothDatabases]
    public async Task The_journal_of_each_month_closes_with_what_the_next_opens_with_and_the_last_with_the_trial_balance(DatabaseKind kind)
    {
        await using var house = await MonthHouse.OpenAsync(databases, kind);
        var acme = await house.UserAsync("Acme", 20);
        await house.Ledger.DoneAsync(house.Ledger.TopUp(acme, 5, bonusRate: 200_000));
        await house.UserAsync("Euro", 4.5m, made => made.Currency = "EUR");
        house.March();
        await house.DoAsync(MonthAct.Close, await house.LookAsync());
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 2, ChargeMode.Fact));
        var sums = await new GetJournalSummary(house.Stores, house.Ledger.Options).RunAsync(house.Finance, MonthHouse.February, CancellationToken.None);
        var february = sums.ShouldBeOfType<Outcome<System.Collections.Immutable.ImmutableArray<PeriodSum>>.Done>().Value;
        var march = await PeriodSums.ReadAsync(house.Ledger.Options, MonthHouse.February.Next, CancellationToken.None);
        february.ShouldAllBe(sum => sum.Opening == 0);
        february.Select(sum => (sum.Kind, sum.Currency, sum.Closing)).ShouldBe(march.Select(sum => (sum.Kind, sum.Currency, sum.Opening)));
        february.Single(sum => sum.Kind == AccountKind.Revenue && sum.Currency == Currency.Usd).Credits.ShouldBe(Ledger.Micros(20));
        foreach (var month in new[] { february, march })
        {
            foreach (var currency in month.GroupBy(sum => sum.Currency))
            {
                currency.Sum(sum => sum.Closing).ShouldBe(0);
                currency.Sum(sum => sum.Debits).ShouldBe(currency.Sum(sum => sum.Credits));
            }
        }

        await using var store = house.Stores.CreateDbContext();
        (await store.Accounts.GroupBy(account => new { account.Kind, account.Currency }).Select(group => new { group.Key.Kind, group.Key.Currency, Sum = group.Sum(account => account.Balance) }).ToListAsync())
            .Select(sum => ((AccountKind)sum.Kind, Currency.Of(sum.Currency), sum.Sum)).ShouldBe(march.Select(sum => (sum.Kind, sum.Currency, sum.Closing)), ignoreOrder: true);
    }

    [Fact]
    public async Task A_closed_month_is_opened_again_for_a_reason_until_its_invoice_is_issued()
    {
        await using var house = await MonthHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        var acme = await house.UserAsync("Acme", 20);
        house.March();
        await house.DoAsync(MonthAct.Close, await house.LookAsync());
        var reopening = new ReopeningPeriod(house.Stores, house.Ledger.Writer);
        var admin = await house.Stores.PersonAsync("Renate", memberships: (acme.Value, "ADMIN"));
        (await reopening.PreviewAsync(admin, acme, new ReopenForm(202602, "Please"), "k", default)).ShouldBeOfType<Outcome<Preview>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Forbidden);
        (await reopening.PreviewAsync(house.Finance, acme, new ReopenForm(202602, " "), "k", default)).ShouldBeOfType<Outcome<Preview>.Invalid>();

        var form = new ReopenForm(202602, "A delivery was missing");
        var preview = (await reopening.PreviewAsync(house.Finance, acme, form, "k1", default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        (await reopening.CommitAsync(house.Finance, acme, form, Agreement.To(preview), "k1", default)).ShouldBeOfType<Outcome<Receipt>.Done>();
        var months = (await new GetPeriods(house.Stores).RunAsync(house.Finance, acme, default)).ShouldBeOfType<Outcome<OrganizationMonths>.Done>().Value;
        months.Months.Single().Closed.ShouldBeFalse();
        months.Months.Single().Steps.Select(step => (step.Code, step.By, step.Reason)).ShouldBe([("reopened", "Fiona", "A delivery was missing"), ("closed", "Fiona", "")]);

        await house.DoAsync(MonthAct.Close, await house.LookAsync());
        await house.DoAsync(MonthAct.Issue, await house.LookAsync(MonthAct.Issue));
        (await reopening.PreviewAsync(house.Finance, acme, form, "k2", default)).ShouldBeOfType<Outcome<Preview>.Refused>().Refusal.Message.ShouldContain("INV-2026-0001 is issued");
    }

    [Fact]
    public async Task A_run_goes_on_by_itself_one_at_a_time_and_can_be_stopped()
    {
        await using var house = await MonthHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        await house.UserAsync("Acme", 20);
        house.March();
        await using var work = house.Work();
        (await work.PreviewAsync(house.Finance, MonthAct.Close, MonthHouse.February, null, default)).ShouldBeOfType<Outcome<RunningMonth>.Done>();
        await work.EndAsync(default);
        var shown = work.Ended.ShouldNotBeNull();
        shown.Lines.Single().State.ShouldBe(LineState.Ready);
        var support = await house.Stores.PersonAsync("Sam", "SUPPORT");
        (await work.CommitAsync(support, shown, default)).ShouldBeOfType<Outcome<RunningMonth>.Refused>();

        // What is stopped before it was sent stays open, and can be done later as it was shown.
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        (await house.DoAsync(MonthAct.Close, shown.Lines, cancel: stopped.Token)).Single().State.ShouldBe(LineState.Ready);
        (await work.CommitAsync(house.Finance, shown, default)).ShouldBeOfType<Outcome<RunningMonth>.Done>();
        await work.EndAsync(default);
        (work.Running, work.Failure, work.Ended!.Committed, work.Ended.Lines.Single().State).ShouldBe((null, null, true, LineState.Done));
    }

    [Fact]
    public async Task The_checklist_names_what_to_look_at()
    {
        await using var house = await MonthHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        house.Clock.MoveTo(new DateTimeOffset(2026, 1, 10, 12, 0, 0, TimeSpan.Zero));
        await house.UserAsync("Acme", 20);
        house.Clock.MoveTo(new DateTimeOffset(2026, 2, 10, 12, 0, 0, TimeSpan.Zero));
        var beta = await house.UserAsync("Beta", 5);
        var checklist = new GetMonthChecklist(house.Stores, new PaymentOptions(PaymentOptions.Sandbox, Stripe: null), house.Clock);
        (await LooksAsync()).ShouldBe(["The month has ended: Mend", "Issuer: Good", "Usage files: Look", "Months before: Mend Acme", "Billing countries: Mend Beta", "VAT numbers: Good", "Drafts: Good", "Uncollected: Good", "Card payments: Look", "Laws of the books: Look"]);
        house.March();
        await house.Ledger.BilledInAsync(beta, "DE", "DE811907980");
        var looks = await LooksAsync();
        (looks[0], looks[4], looks[5]).ShouldBe(("The month has ended: Good", "Billing countries: Good", "VAT numbers: Look Beta"));
        var support = await house.Stores.PersonAsync("Sam", "SUPPORT");
        (await checklist.RunAsync(support, MonthHouse.February, default)).ShouldBeOfType<Outcome<MonthChecklist>.Refused>();

        async Task<List<string>> LooksAsync() => [.. (await checklist.RunAsync(house.Finance, MonthHouse.February, default)).ShouldBeOfType<Outcome<MonthChecklist>.Done>().Value.Items
            .Select(item => $"{item.Title}: {item.Look} {string.Join(' ', item.Some.Select(some => some.Name))}".TrimEnd())];
    }
}
