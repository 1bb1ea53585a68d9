using BillingPortal.Capabilities.EditingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Tests.Capabilities.EditingPlans;

public sealed class PlanFormTests
{
    [Fact]
    public void A_plan_whose_price_is_agreed_is_finances_and_has_no_trial()
    {
        var terms = SeededPlans.Catalogue.Of("enterprise", 1).Terms;
        PlanForm.Of(terms).Over(terms).ShouldBeOfType<Outcome<PlanTerms>.Done>();
        Wrong((PlanForm.Of(terms) with { ByFinance = false }).Over(terms)).ShouldBe([nameof(PlanForm.ByFinance)]);
        Wrong((PlanForm.Of(terms) with { TrialDays = "14" }).Over(terms)).ShouldBe([nameof(PlanForm.TrialDays)]);
    }

    [Theory]
    [InlineData("USD 5.00, EUR 5.00", true)]
    [InlineData("USD 5.00, EUR 0", false)]
    [InlineData("EUR 0", false)]
    [InlineData("", false)]
    public void A_coupon_takes_something_off_in_each_currency_that_it_names(string off, bool good)
    {
        var read = new CouponForm { Code = "FIVE", Off = off }.Read(SeededPlans.Catalogue, new Instant(0));
        (read is Outcome<Coupon>.Done).ShouldBe(good);
    }

    private static IEnumerable<string> Wrong(Outcome<PlanTerms> outcome) => outcome.ShouldBeOfType<Outcome<PlanTerms>.Invalid>().Errors.Select(error => error.Field);
}
