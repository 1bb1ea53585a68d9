using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Tests.Domain.Invoices;

/// <summary>Credits that come after a month was closed, and invoices that are taken back: their base, their tax and the money.</summary>
public sealed class CarriedBaseTests
{
    private static readonly TaxTreatment German = new(TaxCategory.Standard, 1_900);

    /// <summary>Cash that paid beyond the total is the customer's cash, and lowers no base.</summary>
    [Fact]
    public void A_late_credit_lowers_the_base_once_and_what_was_paid_too_much_is_refundable()
    {
        var books = Invoiced(ChargingModel.Postpaid);
        books.TopUp(100_000_000);
        books.Charge(100_000_000);
        books.GiveBack(30_000_000, AccountKind.UnbilledReceivable, "Storage");
        Next(books);
        var october = books.Document(202610).Document;
        (october.Net, october.Tax, october.Due, books.State.Refundable).ShouldBe((70_000_000, 13_300_000, 0, 16_700_000));
        october.Prepayments.ShouldBe([new InvoicePrepayment("Cash", 100_000_000), new InvoicePrepayment("Returned to the balance", -16_700_000)]);

        books.Charge(116_700_000);
        Next(books);
        var november = books.Document(202611).Document;
        (november.Net, november.Prepaid).ShouldBe((116_700_000, 16_700_000));
        books.Held(AccountKind.TaxPayable).ShouldBe(54_470_000, "19 % of 100 - 30 + 100 + 116.70, month by month");
    }

    [Fact]
    public void A_month_with_nothing_but_a_late_credit_gives_its_tax_back_too()
    {
        var books = Invoiced(ChargingModel.Prepaid);
        var before = books.State.Refundable;
        books.GiveBack(30_000_000, AccountKind.Cash);
        Next(books);
        var credit = books.Document(202610);
        (credit.Document.Kind, credit.Document.Net, credit.Document.Tax, credit.Document.Due).ShouldBe((InvoiceKind.Invoice, -30_000_000, -5_700_000, 0));
        (books.State.Refundable - before, books.Held(AccountKind.UnbilledReceivable), books.Held(AccountKind.TaxPayable)).ShouldBe((35_700_000, 0, 13_300_000));
        books.Issue(202610);
        books.Document(202610).Status.ShouldBe(InvoiceStatus.Paid);
        books.Run(new CreditInvoice(Actor.System("test"), "credit", MonthBooks.Acme, 2) { Reason = "Again", Limit = long.MaxValue })
            .ShouldBeOfType<Decision.Refused>().Refusal.Message.ShouldStartWith("Nothing was billed by INV-");
    }

    /// <summary>Package, balance and tax of a voided invoice stand on the next one; its own month stays as it was closed.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_voided_stands_whole_on_the_next_document_or_on_its_months_new_one(bool reopened)
    {
        var books = new MonthBooks(ChargingModel.Postpaid, German) { Packages = { [202609] = 20_000_000 } };
        books.TopUp(40_000_000);
        books.Charge(90_000_000);
        Next(books);
        books.Issue(202609);
        var document = books.Document(202609).Document;
        (document.Net, document.Tax, document.Due).ShouldBe((110_000_000, 20_900_000, 90_900_000));
        books.Done(new VoidInvoice(Actor.System("test"), "void", MonthBooks.Acme, 1) { Reason = "Wrong", Limit = 90_900_000 });
        books.Entries[^1].Period.ShouldBe(202610, "September is closed");
        (books.Held(AccountKind.PlanFees), books.Held(AccountKind.TaxPayable)).ShouldBe((0, 0));

        if (reopened)
        {
            books.Done(new ReopenPeriod(Actor.System("test"), "reopen", MonthBooks.Acme, new BillingPeriod(202609)) { Reason = "Wrong" });
            books.Close(202609);
        }
        else
        {
            Next(books);
            books.Document(202610).Document.Lines.Single().Description.ShouldEndWith("voided: September 2026");
        }

        var again = books.Invoices[2].Document;
        (again.Net, again.Tax, again.Prepaid, again.Due).ShouldBe((110_000_000, 20_900_000, 40_000_000, 90_900_000));
        (books.Held(AccountKind.PlanFees), books.Held(AccountKind.UnbilledReceivable)).ShouldBe((20_000_000, 0));
        if (reopened)
        {
            Next(books);
            books.Invoices.Count.ShouldBe(2, "October has nothing of it any more");
        }
    }

    [Fact]
    public void A_month_that_gave_money_back_is_not_opened_again_once_that_is_spent()
    {
        var books = Invoiced(ChargingModel.Prepaid);
        books.GiveBack(30_000_000, AccountKind.Cash);
        Next(books);
        books.Charge(books.State.Refundable - 1_000_000);
        books.Run(new ReopenPeriod(Actor.System("test"), "reopen", MonthBooks.Acme, new BillingPeriod(202610)) { Reason = "Wrong" })
            .ShouldBeOfType<Decision.Refused>().Refusal.Message.ShouldBe("Closing October 2026 gave $5.70 back to the balance, and $1.00 is left of it. Nothing was changed.");
    }

    [Fact]
    public void Money_beyond_an_invoice_is_on_the_balance_and_what_was_given_up_is_recovered()
    {
        var books = Invoiced(ChargingModel.Postpaid, paid: false);
        RecordPayment Pay(long amount) => new(Actor.System("test"), books.Key(), MonthBooks.Acme, 1) { Amount = amount, Limit = 50_000_000 };
        books.Run(Pay(200_000_000)).ShouldBeOfType<Decision.NeedsApproval>("81 beyond it");
        books.Done(Pay(19_000_000));
        books.Done(new WriteOffInvoice(Actor.System("test"), "gone", MonthBooks.Acme, 1) { Reason = "Insolvent", Limit = long.MaxValue });
        books.Done(Pay(60_000_000));
        (books.Invoices[1].Status, books.Invoices[1].WrittenOff).ShouldBe((InvoiceStatus.Uncollectible, 40_000_000));
        books.Done(Pay(45_000_000));
        (books.Invoices[1].Status, books.Invoices[1].Paid, books.Held(AccountKind.WriteOff), books.State.Refundable).ShouldBe((InvoiceStatus.Paid, 119_000_000, 0, 5_000_000));
        books.Done(Pay(1_000_000));
        books.State.Refundable.ShouldBe(6_000_000, "paid twice");
    }

    [Fact]
    public void Giving_up_ends_no_block_and_the_late_payment_does()
    {
        var books = Invoiced(ChargingModel.Postpaid, paid: false);
        books.Now = MonthBooks.At(2027, 1, 10);
        books.Done(new DunInvoice(Actor.System("test"), "dun", MonthBooks.Acme, 1));
        books.State.IsBlockedBy(BlockCause.Overdue).ShouldBeTrue();
        books.Done(new WriteOffInvoice(Actor.System("test"), "gone", MonthBooks.Acme, 1) { Reason = "Insolvent", Limit = long.MaxValue });
        books.State.IsBlockedBy(BlockCause.Overdue).ShouldBeTrue();
        books.Done(new RecordPayment(Actor.System("test"), "part", MonthBooks.Acme, 1) { Amount = 100_000_000 });
        books.State.IsBlockedBy(BlockCause.Overdue).ShouldBeTrue("19 are still given up");
        books.Done(new RecordPayment(Actor.System("test"), "late", MonthBooks.Acme, 1) { Amount = 19_000_000 });
        books.State.Blocked.ShouldBeNull();
    }

    [Fact]
    public void Cash_that_comes_back_repays_an_overdraft_first()
    {
        var books = Invoiced(ChargingModel.Prepaid);
        books.Charge(books.State.Refundable + 5_000_000);
        Repayment.First(books.State, [new(AccountKey.Of(AccountKind.Cash), 8_000_000), new(AccountKey.Of(AccountKind.RefundsAndDisputes), -8_000_000)])
            .Where(line => line.Amount != 0).Select(line => $"{line.Account} {line.Amount}").ShouldBe(["cash 3000000", "refunds_and_disputes -8000000", "overdraft 5000000"]);
    }

    [Fact]
    public void A_refused_refund_repays_what_was_overdrawn_meanwhile_and_one_that_was_paid_after_all_takes_its_bonus_again()
    {
        var books = new MonthBooks(ChargingModel.Prepaid, German);
        var topUp = new TopUp(Actor.System("test"), "paid", MonthBooks.Acme) { Amount = 100_000_000, BonusRate = 200_000 };
        books.Done(topUp);
        var booked = books.Post(new EntryDraft(EntryKind.Refund, ReasonCode.Refunded,
        [
            new(AccountKey.Of(AccountKind.Cash), -50_000_000), new(AccountKey.Of(AccountKind.Bonus), -10_000_000),
            new(AccountKey.Of(AccountKind.CreditsGranted), 10_000_000), new(AccountKey.Of(AccountKind.RefundsAndDisputes), 50_000_000),
        ]), topUp with { Key = "refund" });
        books.Charge(75_000_000);
        var intent = new RefundIntent(1)
        {
            State = RefundState.Submitted, Recharge = 1, Provider = "sandbox", PaymentId = "p", Amount = 50_000_000, Forfeited = 10_000_000, CreatedAt = books.Now, BookedSeq = booked.Seq,
        };
        (long, long, long) Held() => (books.Held(AccountKind.Cash), books.Held(AccountKind.Bonus), books.Held(AccountKind.Overdraft));
        Held().ShouldBe((0, 0, -15_000_000));

        books.Refund = new RefundFacts(null, "sandbox", 0, false, 2, intent, booked);
        books.Done(new SettleRefund(Actor.System("gateway"), MonthBooks.Acme, 1, new RefundOutcome.Refused("r", "closed", "The card is closed.")));
        Held().ShouldBe((35_000_000, 10_000_000, 0));
        books.State.Blocked.ShouldBeNull();

        books.Refund = books.Refund with { Intent = intent with { State = RefundState.Released } };
        books.Done(new SettleRefund(Actor.System("gateway"), MonthBooks.Acme, 1, new RefundOutcome.Paid("r")));
        Held().ShouldBe((0, 0, -15_000_000));
    }

    [Fact]
    public void An_agreement_is_to_lines_parties_and_tax_not_to_sums_alone()
    {
        var books = Invoiced(ChargingModel.Postpaid);
        var command = new IssueInvoice(Actor.System("test"), "issue", MonthBooks.Acme, 1);
        Digest Of(InvoiceDocument document) => command.DigestOf([(books.Invoices[1] with { Document = document }).Step(new InvoiceStep("closed", ""))]);
        var free = books.Invoices[1].Document with { Taxes = [new TaxLine(Taxation.ReverseCharge, 100_000_000, 0)] };
        Of(free with { Number = "INV-1", IssuedOn = new DateOnly(2026, 10, 4) }).ShouldBe(Of(free));
        Of(free with { Taxes = [new TaxLine(Taxation.Outside, 100_000_000, 0)] }).ShouldNotBe(Of(free));
        Of(free with { Lines = [free.Lines[0] with { Description = "Storage" }] }).ShouldNotBe(Of(free));
        Of(free with { Buyer = free.Buyer with { Country = "DE" } }).ShouldNotBe(Of(free));
    }

    /// <summary>September: 100 used, closed, issued and paid; a prepaid balance keeps 20.</summary>
    private static MonthBooks Invoiced(ChargingModel model, bool paid = true)
    {
        var books = new MonthBooks(model, German);
        if (model == ChargingModel.Prepaid)
        {
            books.TopUp(139_000_000);
        }

        books.Charge(100_000_000);
        Next(books);
        books.Issue(202609);
        if (books.Invoices[1].Outstanding is > 0 and var due && paid)
        {
            books.Done(new RecordPayment(Actor.System("test"), books.Key(), MonthBooks.Acme, 1) { Amount = due });
        }

        return books;
    }

    /// <summary>The month ends and is closed.</summary>
    private static void Next(MonthBooks books)
    {
        var month = BillingPeriod.Of(books.Now, "UTC");
        books.Now = MonthBooks.At(month.Next.Number / 100, month.Next.Number % 100, 3);
        books.Close(month.Number);
    }
}
