using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Domain.Invoices;

public sealed class ReckoningTests
{
    private static readonly OrganizationId Acme = new(10_700);
    private static readonly TaxTreatment German = new(TaxCategory.Standard, 1_900);

    /// <summary>The invoice of the design: its figures by the rules.</summary>
    [Fact]
    public void The_designs_invoice_comes_out_to_the_cent()
    {
        var (document, postings) = Reckon(Currency.Of("EUR"), German, ChargingModel.Postpaid, new PeriodFigures(202610)
        {
            Usage = [Used("Compute", 412_371_000), Used("Object storage", 88_102_118), Used("Database", 295_260_000), Used("Network", 25_460_000)],
            Monthly = 60_000_000,
            Promotional = 25_000_000,
            Bonus = 10_190_000,
            Cash = 200_000_000,
            Unbilled = 412_371_000 + 88_102_118 + 295_260_000 + 25_460_000 - 295_190_000,
        }, recurring: 99_000_000);
        (document.Gross, document.Net, document.Tax, document.Total, document.Due).ShouldBe((920_190_000, 825_000_000, 156_750_000, 981_750_000, 781_750_000));
        postings.ShouldBe(
        [
            "unbilled_receivable 526.003118", "invoiced_receivable -781.75", "plan_fees 99", "tax_payable 156.75", "rounding -0.003118",
        ]);
    }

    [Fact]
    public void An_invoice_that_credits_have_paid_to_the_end_leaves_no_cent_over_and_is_a_statement()
    {
        var (document, postings) = Reckon(Currency.Usd, German, ChargingModel.Postpaid, new PeriodFigures(202610)
        {
            Usage = [Used("A", 1_004_000), Used("B", 1_004_000), Used("C", 1_004_000)],
            Monthly = 3_012_000,
        });
        (document.Kind, document.Gross, document.Discount, document.Net).ShouldBe((InvoiceKind.Statement, 3_000_000, 3_000_000, 0));
        postings.ShouldBeEmpty();
    }

    [Fact]
    public void Under_half_a_cent_is_a_statement_whose_fractions_go_to_rounding()
    {
        var (document, postings) = Reckon(Currency.Usd, German, ChargingModel.Postpaid, new PeriodFigures(202409) { Usage = [Used("S3", 4_999)], Unbilled = 4_999 });
        document.Kind.ShouldBe(InvoiceKind.Statement);
        document.Rounding.ShouldBe(-4_999);
        postings.ShouldBe(["unbilled_receivable 0.004999", "rounding -0.004999"]);
    }

    [Fact]
    public void Prepaid_tax_draws_on_cash_and_the_rest_is_due()
    {
        var figures = new PeriodFigures(202610) { Usage = [Used("Compute", 100_000_000)], Cash = 100_000_000 };
        var (document, postings) = Reckon(Currency.Usd, German, ChargingModel.Prepaid, figures, cash: 12_345_678);
        (document.Tax, document.Prepaid, document.Due).ShouldBe((19_000_000, 112_340_000, 6_660_000));
        postings.ShouldBe(["cash -12.34", "invoiced_receivable -6.66", "tax_payable 19"]);
    }

    [Fact]
    public void A_month_that_gave_more_back_than_it_used_is_a_document_below_zero_with_its_tax_and_the_money_goes_to_the_balance()
    {
        var (document, postings) = Reckon(Currency.Usd, German, ChargingModel.Postpaid,
            new PeriodFigures(202610) { Usage = [Used("Compute", -50_000_000)], Unbilled = -50_000_000 }, recurring: 10_000_000);
        (document.Kind, document.Net, document.Tax, document.Due).ShouldBe((InvoiceKind.Invoice, -40_000_000, -7_600_000, 0));
        document.Prepayments.ShouldBe([new InvoicePrepayment("Returned to the balance", -47_600_000)]);
        postings.ShouldBe(["unbilled_receivable -50", "cash 47.6", "plan_fees 10", "tax_payable -7.6"]);
    }

    /// <summary>A thousand lines of 0.006 from cash: what the customer paid is the base, whatever the lines were rounded to.</summary>
    [Fact]
    public void What_a_balance_paid_is_stated_as_it_was_drawn()
    {
        var (document, postings) = Reckon(Currency.Usd, German, ChargingModel.Prepaid,
            new PeriodFigures(202610) { Usage = [.. Enumerable.Range(0, 1_000).Select(i => Used($"S{i}", 6_000))], Cash = 6_000_000 }, cash: 100_000_000);
        (document.Gross, document.Net, document.Tax, document.Prepaid).ShouldBe((10_000_000, 6_000_000, 1_140_000, 7_140_000));
        document.Discounts.Single().ShouldBe(new InvoiceDiscount("rounding", "Rounding of the lines", 4_000_000, German));
        postings.ShouldBe(["cash -1.14", "tax_payable 1.14"]);
    }

    [Fact]
    public void What_was_unbilled_before_a_switch_to_prepaid_is_due_and_takes_no_cash()
    {
        var (document, postings) = Reckon(Currency.Usd, German, ChargingModel.Prepaid, new PeriodFigures(202610)
        {
            Usage = [Used("Compute", 400_000_000)], Cash = 100_000_000, Unbilled = 300_000_000,
        }, cash: 300_000_000);
        (document.Total, document.Prepaid, document.Due).ShouldBe((476_000_000, 119_000_000, 357_000_000));
        postings.ShouldBe(["unbilled_receivable 300", "cash -19", "invoiced_receivable -357", "tax_payable 76"]);
    }

    [Fact]
    public void A_fee_on_account_stands_line_by_line_and_its_coupon_is_a_discount()
    {
        var (document, _) = Reckon(Currency.Usd, German, ChargingModel.Postpaid, new PeriodFigures(202610)
        {
            Unbilled = 70_000_000,
            Fees =
            [
                new RecurringCharge(Acme, "Acme", "Enterprise", 100_000_000) { Detail = "11 of 30 days" }, new RecurringCharge(Acme, "Acme", "Unused part", -20_000_000),
                new RecurringCharge(Acme, "Acme", "WELCOME", -10_000_000) { IsCoupon = true },
            ],
        });
        document.Lines.Select(line => (line.Description, line.Detail, line.Amount)).ShouldBe([("Enterprise", "11 of 30 days", 100_000_000), ("Unused part", "", -20_000_000)]);
        document.Discounts.Single().ShouldBe(new InvoiceDiscount("coupon", "WELCOME", 10_000_000, German));
        (document.Net, document.Due).ShouldBe((70_000_000, 83_300_000));
    }

    [Fact]
    public void Lines_taxes_and_total_equal_what_is_booked_for_any_month() =>
        Prop.ForAll(Months, month =>
        {
            var (document, drafts) = Reckon(month);
            var unit = month.Currency.MinorUnit;
            long Booked(AccountKind kind) => drafts.Where(line => line.Account.Kind == kind).Sum(line => line.Amount);
            drafts.Sum(line => line.Amount).ShouldBe(0);
            document.Lines.ShouldAllBe(line => line.Amount % unit == 0 && Math.Abs(line.Amount - line.Exact) * 2 <= unit);
            document.Gross.ShouldBe(document.Lines.Sum(line => line.Exact) + document.Rounding);
            document.Tax.ShouldBe(month.Tax.Of(document.Net, unit));
            (document.Kind == InvoiceKind.Statement).ShouldBe(document is { Net: 0, Due: 0 });
            Booked(AccountKind.InvoicedReceivable).ShouldBe(-document.Due);
            Booked(AccountKind.TaxPayable).ShouldBe(document.Tax);
            document.Due.ShouldBeGreaterThanOrEqualTo(0);
            document.Due.ShouldBe(document.Net + document.Tax - document.Prepaid);
            Booked(AccountKind.UnbilledReceivable).ShouldBe(month.Figures.Unbilled, "what is unbilled is billed, whichever its sign");
            Booked(AccountKind.PlanFees).ShouldBe(month.Recurring);
            Math.Abs(Booked(AccountKind.Rounding)).ShouldBeLessThanOrEqualTo(unit * (document.Lines.Length + document.Discounts.Length + 2) / 2);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static UsageFigure Used(string service, long exact) => new(Acme, "Acme", service, exact);

    private sealed record Month(Currency Currency, TaxTreatment Tax, ChargingModel Model, PeriodFigures Figures, long Recurring, long Cash);

    private static Arbitrary<Month> Months => (
        from currency in Gen.Elements("JPY", "USD", "EUR", "KWD").Select(Currency.Of)
        from rate in Gen.Elements(0, 550, 1_900, 2_550)
        from model in Gen.Elements(ChargingModel.Prepaid, ChargingModel.Postpaid)
        from usage in Gen.Choose(-200_000, 90_000_000).ListOf(4)
        from shares in Gen.Choose(0, 100).ArrayOf(5)
        from carried in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(-3_000_000, 3_000_000)))
        from fee in Gen.Choose(0, 40)
        from cash in Gen.Choose(0, 60_000_000)
        select Of(currency, new TaxTreatment(rate == 0 ? TaxCategory.Zero : TaxCategory.Standard, rate), model, usage, shares, carried, fee * currency.MinorUnit, cash)).ToArbitrary();

    private static Month Of(Currency currency, TaxTreatment tax, ChargingModel model, IEnumerable<int> usage, int[] shares, long carried, long fee, long cash)
    {
        var figures = usage.Select((exact, i) => Used($"Service {i}", exact)).ToImmutableArray();
        var left = figures.Sum(figure => figure.Exact);
        long Take(int share)
        {
            var taken = left * share / 100;
            left -= taken;
            return taken;
        }

        var drawn = new PeriodFigures(202610)
        {
            Usage = figures,
            Monthly = Take(shares[0]),
            Promotional = Take(shares[1]),
            Cash = Take(shares[2]),
            Bonus = Take(shares[3]),
            Overdraft = model == ChargingModel.Prepaid ? Take(100) : 0,
        };
        return new Month(currency, tax, model, drawn with { Unbilled = left + carried }, fee, cash);
    }

    private static (InvoiceDocument Document, ImmutableArray<PostingDraft> Postings) Reckon(Month month)
    {
        var state = new LedgerState
        {
            Organization = Acme,
            Currency = month.Currency,
            ChargingModel = month.Model,
            Accounts = ImmutableSortedDictionary<AccountKey, Account>.Empty.Add(AccountKey.Of(AccountKind.Cash), new Account(AccountKey.Of(AccountKind.Cash), month.Cash)),
        };
        var party = new InvoiceParty("Acme", [], "", "", "", "DE");
        var facts = new ClosingFacts(month.Figures, new InvoicingProfile("main", "UTC", party, party, PaymentTerm.Default, new TaxProfile("DE", "DE", null, false, null)),
            month.Recurring == 0 ? [] : [new RecurringCharge(Acme, "Acme", "Package", month.Recurring)], 1);
        var reckoned = new Reckoning(state, facts, month.Tax, new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31));
        return (reckoned.Document, reckoned.Postings);
    }

    private static (InvoiceDocument Document, string[] Postings) Reckon(
        Currency currency, TaxTreatment tax, ChargingModel model, PeriodFigures figures, long recurring = 0, long cash = 0)
    {
        var (document, postings) = Reckon(new Month(currency, tax, model, figures, recurring, cash));
        return (document, [.. postings.OrderBy(line => Order(line.Account.Kind))
            .Select(line => $"{line.Account} {(line.Amount / 1_000_000m).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)}")]);
    }

    private static int Order(AccountKind kind) => kind switch
    {
        AccountKind.UnbilledReceivable => 0,
        AccountKind.Cash => 1,
        AccountKind.InvoicedReceivable => 2,
        AccountKind.PlanFees => 3,
        AccountKind.TaxPayable => 4,
        _ => 5,
    };
}
