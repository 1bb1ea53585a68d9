using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web.Explaining;

namespace BillingPortal.Tests.Web.Explaining;

public sealed class EntryWordsTests
{
    public EntryWordsTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en");

    [Fact]
    public void A_charge_tells_of_every_bucket_in_the_order_it_was_drawn()
    {
        var charge = Entry(EntryKind.Charge, (AccountKind.Promotional, -10, 0), (AccountKind.Cash, -40, 60), (AccountKind.Revenue, 50, 50));

        EntryWords.Steps(charge).Select(step => (step.Bucket, step.Words)).ShouldBe(
        [
            ("Monthly credits", "had nothing to give"), ("Promotional", "gave all it had"), ("Cash", "gave the rest"), ("Bonus", "was not needed"),
        ]);
    }

    [Fact]
    public void What_is_short_becomes_an_overdraft_after_every_bucket()
    {
        var fact = Entry(EntryKind.Charge, (AccountKind.Bonus, -10, 0), (AccountKind.Overdraft, -15, -15), (AccountKind.Revenue, 25, 25));

        EntryWords.Steps(fact)[^1].ShouldBe(new BucketStep("Overdraft", -15_000_000, 0, -15_000_000, "took what was short"));
        EntryWords.Steps(fact)[2].Words.ShouldBe("had nothing to give");
    }

    [Theory]
    [InlineData("The portal, from the command line", "The portal, from the command line, adjusted Acme: cash −$5.00.")]
    [InlineData("Jonas Weber", "Jonas Weber adjusted Acme: cash −$5.00.")]
    public void An_adjustment_is_a_sentence_about_who_did_it(string who, string sentence) =>
        EntryWords.Sentence(Entry(EntryKind.Adjustment, (AccountKind.Cash, -5, 0), (AccountKind.CashAdjustments, 5, 5)), Currency.Usd, "Acme", who).ShouldBe(sentence);

    [Theory]
    [InlineData(EntryKind.Invoice, "Mara closed October 2026 of Acme: invoiced receivable −$5.00.")]
    [InlineData(EntryKind.Payment, "Acme paid $5.00 of an invoice: invoiced receivable −$5.00.")]
    [InlineData(EntryKind.CreditNote, "Mara credited Acme $5.00 of an invoice: invoiced receivable −$5.00.")]
    [InlineData(EntryKind.WriteOff, "Mara gave up $5.00 that Acme owes: invoiced receivable −$5.00.")]
    [InlineData(EntryKind.Refund, "A refund of Acme: invoiced receivable −$5.00.")]
    public void What_happens_to_an_invoice_is_not_an_adjustment(EntryKind kind, string sentence) =>
        EntryWords.Sentence(Entry(kind, (AccountKind.InvoicedReceivable, -5, -5), (AccountKind.CashAdjustments, 5, 5)) with { Period = 202610, NetAmount = -5_000_000 }, Currency.Usd, "Acme", "Mara").ShouldBe(sentence);

    [Fact]
    public void Imported_usage_adds_up_to_its_last_decimal()
    {
        var entry = Entry(EntryKind.ChargeCredit, (AccountKind.UnbilledReceivable, 0.151898m, 0), (AccountKind.Revenue, -0.151898m, 0)) with
        {
            Detail = """{"rule":"give-back/1","import":3,"period":"2024-09","delivered":"-0.15189756178","before":"0","carried_out":"0.00000043822"}""",
        };

        var detail = EntryDetail.Of(entry);

        detail.Usage.ShouldBe(new ExactUsage(-0.15189756178m, 0, 0, -0.151898m, 0.00000043822m));
        (detail.Rule, detail.Version, detail.Import).ShouldBe(("Give back", "1", 3));
    }

    [Fact]
    public void A_plans_fee_is_explained_by_the_lines_that_were_agreed_to()
    {
        var entry = Entry(EntryKind.Fee, (AccountKind.PaymentsClearing, -30.15m, 0), (AccountKind.PlanFees, 25.34m, 0), (AccountKind.TaxPayable, 4.81m, 0)) with
        {
            Detail = """
                {"rule":"plan-fee/1","organization":10001,"plan":"advanced","version":1,"seats":1,"from":"2026-11-20","to":"2026-11-30","lines":[
                {"kind":"plan","text":"Advanced, 11 of 30 days","detail":"99.00 × 11 ⁄ 30","amount":36300000},{"kind":"unused","text":"Standard, unused 11 of 30 days","detail":"20.00 × 11 ⁄ 30, paid","amount":-7330000},
                {"kind":"coupon","text":"Coupon SCALE10","detail":"10 % of 99.00 × 11 ⁄ 30","amount":-3630000}],"tax":{"words":"VAT 19 %","amount":4810000},"payment":"pi_1"}
                """,
        };
        var fee = EntryDetail.Of(entry).Fee.ShouldNotBeNull();
        (fee.From, fee.To, fee.Plan, fee.TaxWords, fee.Tax, fee.Total).ShouldBe((new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 30), "advanced-1", "VAT 19 %", 4_810_000, 30_150_000));
        fee.Lines[1].ShouldBe(new FeeReckoningLine("Standard, unused 11 of 30 days", "20.00 × 11 ⁄ 30, paid", -7_330_000));
        EntryDetail.Of(entry with { Detail = entry.Detail.Replace("pi_1", "", StringComparison.Ordinal) }).Fee!.Tax.ShouldBeNull("what is owed is taxed on the month's invoice");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"rule\":7,\"import\":\"x\"}")]
    public void A_detail_that_is_not_understood_explains_nothing_and_breaks_nothing(string detail) =>
        EntryDetail.Of(Entry(EntryKind.Grant, (AccountKind.Monthly, 1, 1), (AccountKind.CreditsGranted, -1, -1)) with { Detail = detail }).Usage.ShouldBeNull();

    private static JournalEntry Entry(EntryKind kind, params (AccountKind Kind, decimal Amount, decimal After)[] postings) => new()
    {
        Organization = new OrganizationId(10_001), Seq = 1, Kind = kind, Reason = "goodwill", Comment = "", Actor = new Actor("system", "page"), Service = "", Detail = "{}",
        Period = 202_609, EffectiveAt = default, RecordedAt = default, Late = false, IdempotencyKey = "k", RequestHash = default, PreviousHash = default,
        NetAmount = 0, NetAfter = 0,
        Postings = [.. postings.Select(p => new Posting(AccountKey.Of(p.Kind), Micros(p.Amount), Micros(p.After)))],
    };

    private static long Micros(decimal units) => Money.Of(units, Currency.Usd).Micros;
}
