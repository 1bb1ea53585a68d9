using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using Shouldly;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class UsageChargingTests
{
    private static readonly UsageIdentity Acme = new("AWS", "1", "11");
    private static readonly BillingPeriod September = new BillingPeriod(202409);

    [Fact]
    public void A_remainder_below_a_millionth_is_carried_to_the_next_month_of_the_same_service()
    {
        var charges = UsageLedger.Empty.Deliver(
            (Group("S3", September), "0.0000014"), (Group("S3", September.Next), "0.0000012"), (Group("EC2", September.Next), "0.0000012")).Charges;

        charges.Select(c => (c.Group.Service, c.Group.Period, c.PostedMicros, c.CarriedOut.ToString())).ShouldBe(
        [
            ("S3", September, 1, "0.0000004"),
            ("EC2", September.Next, 1, "0.0000002"),
            ("S3", September.Next, 2, "-0.0000004"),
        ]);
    }

    [Fact]
    public void A_remainder_is_posted_once_it_amounts_to_a_millionth()
    {
        var ledger = UsageLedger.Empty.Deliver((Group("S3", September), "0.0000004"));
        ledger.Posted.ShouldBe(0);

        ledger.Deliver((Group("S3", September.Next), "0.0000004")).Posted.ShouldBe(1);
    }

    [Fact]
    public void A_delivery_again_changes_nothing()
    {
        var ledger = UsageLedger.Empty.Deliver((Group("S3", September), "12.34567891234"));

        ledger.Deliver((Group("S3", September), "12.34567891234")).Charges.ShouldBeEmpty();
    }

    [Fact]
    public void A_changed_delivery_posts_only_the_differences_and_takes_back_what_it_no_longer_has()
    {
        var ledger = UsageLedger.Empty
            .Deliver((Group("S3", September), "10"), (Group("EC2", September), "20"), (Group("SQS", September), "3"))
            .Deliver((Group("S3", September), "10"), (Group("EC2", September), "19.5"), (Group("EKS", September), "1"));

        ledger.Charges.Select(c => (c.Group.Service, c.PostedMicros)).ShouldBe([("EC2", -500_000), ("EKS", 1_000_000), ("SQS", -3_000_000)]);
        ledger.Charges.Single(c => c.Group.Service == "SQS").LastCharge.ShouldBe(September.StartIn(TimeZoneInfo.Utc));
    }

    [Fact]
    public void A_delivery_of_another_month_takes_nothing_back()
    {
        var ledger = UsageLedger.Empty.Deliver((Group("S3", September), "10")).Deliver((Group("S3", September.Next), "4"));

        ledger.Posted.ShouldBe(14_000_000);
    }

    [Fact]
    public void A_charge_beyond_money_throws()
    {
        var half = ExactAmount.FromMicros(long.MaxValue);
        Should.Throw<OverflowException>(() => Carry.Round(half + half, default));
    }

    private static UsageGroup Group(string service, BillingPeriod period) => new(Acme, service, period);
}
