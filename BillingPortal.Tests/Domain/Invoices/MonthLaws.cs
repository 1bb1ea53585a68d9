using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Domain.Invoices;

/// <summary>
/// Over any run of months: every supply and every credit stands on one document, with tax; the customer's money is conserved; nothing is stuck
/// (decision 0023). Months here are used and paid from anywhere, corrected late, closed early or late, voided, opened again, paid too much.
/// </summary>
public sealed class MonthLaws
{
    private static readonly AccountKind[] Credits = [AccountKind.Monthly, AccountKind.Promotional, AccountKind.Bonus];
    private static readonly AccountKind[] Money = [AccountKind.Cash, AccountKind.Overdraft, AccountKind.UnbilledReceivable, AccountKind.InvoicedReceivable];

    [Fact]
    public void What_is_billed_is_what_was_supplied_and_nobodys_money_is_lost() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed => Live(seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    private static void Live(int seed)
    {
        var dice = new Random(seed);
        var tax = new TaxTreatment(TaxCategory.Standard, dice.Next(3) == 0 ? 550 : 1_900);
        var books = new MonthBooks((ChargingModel)dice.Next(2), tax, Currency.Of(dice.Next(4) == 0 ? "JPY" : "USD"));
        var (open, month) = (new BillingPeriod(202609), new BillingPeriod(202609));
        for (var step = 0; step < 6; step++, month = month.Next)
        {
            books.Now = MonthBooks.At(month.Number / 100, month.Number % 100, 2);
            Use(books, dice);
            while (open.Number < month.Number && (step == 5 || dice.Next(4) > 0))
            {
                books.Close(open.Number);
                Settle(books, dice, open);
                open = books.State.ClosedUntil == open.EndIn(TimeZoneInfo.Utc) ? open.Next : open;
                Hold(books, open, seed);
            }

            Use(books, dice);
            books.Packages[month.Number] = dice.Next(3) == 0 ? dice.Next(1, 40) * books.Unit : 0;
        }

        while (open.Number < month.Number)
        {
            books.Now = MonthBooks.At(month.Number / 100, month.Number % 100, 3);
            books.Close(open.Number);
            open = open.Next;
        }

        Hold(books, open, seed);
        books.Held(AccountKind.UnbilledReceivable).ShouldBe(-books.Figures(999912).Voided.Sum(voided => voided.Unbilled), $"nothing is stuck, seed {seed}");
    }

    private static void Use(MonthBooks books, Random dice)
    {
        for (var i = dice.Next(4); i > 0; i--)
        {
            var (amount, service) = (dice.Next(1, 9_000_000) * (dice.Next(2) == 0 ? 1L : 40L), dice.Next(2) == 0 ? "Compute" : "Storage");
            switch (dice.Next(7))
            {
                case 0:
                    books.TopUp(amount * 2);
                    break;
                case 1:
                    books.Done(new GrantCredits(Actor.System("test"), books.Key(), MonthBooks.Acme) { Amount = amount });
                    break;
                case 2 or 3:
                    var to = dice.Next(5) switch { 0 => AccountKind.Monthly, 1 => AccountKind.Bonus, 2 or 3 => AccountKind.Cash, _ => AccountKind.UnbilledReceivable };
                    var overdrawn = -books.Held(AccountKind.Overdraft);
                    books.GiveBack(to == AccountKind.Cash && overdrawn > 0 ? Math.Min(amount, overdrawn) : amount, to == AccountKind.Cash && overdrawn > 0 ? AccountKind.Overdraft : to, service);
                    break;
                case 4 when dice.Next(3) == 0:
                    books.State = books.State with { ChargingModel = 1 - books.State.ChargingModel };
                    break;
                default:
                    books.Charge(amount, service);
                    break;
            }
        }
    }

    /// <summary>What becomes of a draft: issued, paid short, exactly, too much or not; voided; its month opened again.</summary>
    private static void Settle(MonthBooks books, Random dice, BillingPeriod period)
    {
        if (books.Invoices.Values.LastOrDefault(invoice => invoice.Document.Period == period.Number && invoice.Status != InvoiceStatus.Void) is not { } document || dice.Next(6) == 0)
        {
            return;
        }

        var actor = Actor.System("test");
        if (document.Status == InvoiceStatus.Draft && dice.Next(5) > 0)
        {
            books.Issue(period.Number);
            document = books.Invoices[document.Ordinal];
        }

        switch (dice.Next(5))
        {
            case 0 when document.Status == InvoiceStatus.Open:
                books.Done(new VoidInvoice(actor, books.Key(), MonthBooks.Acme, document.Ordinal) { Reason = "Wrong", Limit = long.MaxValue });
                break;
            case 1 or 2 when document.Status == InvoiceStatus.Open:
                books.Done(new RecordPayment(actor, books.Key(), MonthBooks.Acme, document.Ordinal) { Amount = Math.Max(1, document.Outstanding / books.Unit * dice.Next(1, 5) / 3) * books.Unit });
                break;
            case 3:
                _ = books.Run(new ReopenPeriod(actor, books.Key(), MonthBooks.Acme, period) { Reason = "Once more" });
                break;
        }

        if (books.Invoices[document.Ordinal].Status == InvoiceStatus.Void && dice.Next(3) == 0)
        {
            _ = books.Run(new ReopenPeriod(actor, books.Key(), MonthBooks.Acme, period) { Reason = "Once more" });
        }
    }

    private static void Hold(MonthBooks books, BillingPeriod open, int seed)
    {
        long Sum(IEnumerable<JournalEntry> entries, params AccountKind[] kinds) =>
            entries.SelectMany(entry => entry.Postings).Where(line => kinds.Contains(line.Account.Kind)).Sum(line => line.Amount);
        var standing = books.Invoices.Values.Where(invoice => invoice.Status != InvoiceStatus.Void).ToList();
        var usage = books.Entries.Where(entry => entry.Kind is EntryKind.Charge or EntryKind.ChargeCredit).ToList();
        var closed = usage.Where(entry => entry.Period < open.Number).ToList();
        var waiting = books.Entries.Where(entry => entry.Period >= open.Number).Select(entry => VoidedInvoice.Read(entry.Detail)).OfType<VoidedInvoice>().ToList();
        var supplied = Sum(closed, AccountKind.Revenue) + Sum(closed, Credits) + books.Packages.Where(package => package.Key < open.Number).Sum(package => package.Value);
        var bounds = books.Unit * books.Invoices.Values.Sum(invoice => invoice.Document.Lines.Length + invoice.Document.Discounts.Length + 2);

        Math.Abs(standing.Sum(invoice => invoice.Document.Net) + waiting.Sum(voided => voided.Net) - supplied).ShouldBeLessThanOrEqualTo(bounds, $"bases, seed {seed}");
        standing.GroupBy(invoice => invoice.Document.Period).ShouldAllBe(group => group.Count() == 1, $"seed {seed}");
        standing.ShouldAllBe(invoice => invoice.Document.Tax == books.Tax.Of(invoice.Document.Net, books.Unit), $"seed {seed}");
        standing.ShouldAllBe(invoice => invoice.Document.Due >= 0 && (invoice.Document.Kind == InvoiceKind.Statement) == (invoice.Document.Net == 0 && invoice.Document.Due == 0), $"seed {seed}");
        books.Held(AccountKind.TaxPayable).ShouldBe(standing.Sum(invoice => invoice.Document.Tax), $"tax, seed {seed}");
        books.Held(AccountKind.InvoicedReceivable).ShouldBe(-standing.Sum(invoice => invoice.Outstanding), $"outstanding, seed {seed}");

        var came = -books.Held(AccountKind.PaymentsClearing);
        var unclosed = usage.Except(closed).ToList();
        var owed = standing.Sum(invoice => invoice.Document.Total) + waiting.Sum(voided => voided.Net - voided.Fees) + Sum(unclosed, AccountKind.Revenue) + Sum(unclosed, Credits);
        Math.Abs(Money.Sum(books.Held) - (came - owed)).ShouldBeLessThanOrEqualTo(bounds, $"money, seed {seed}");
        (books.Held(AccountKind.Cash) >= 0).ShouldBeTrue($"seed {seed}");
    }
}
