using BillingPortal.Domain;
using BillingPortal.Web.Amounts;
using Bunit;
using Shouldly;

namespace BillingPortal.Tests.Web.Amounts;

public sealed class BucketsTests : WebTest
{
    [Fact]
    public void The_bar_says_in_words_what_it_draws_and_leaves_empty_buckets_out()
    {
        var bar = Show(new(BucketHue.Cash, "Cash", Usd(182.36m)), new(BucketHue.Bonus, "Bonus", Usd(0)), new(BucketHue.Overdraft, "Overdraft", Usd(-3.1m)));

        bar.Find("[role=img]").GetAttribute("aria-label").ShouldBe("Cash $182.36, Overdraft −$3.10");
        bar.FindAll("span").Select(span => span.GetAttribute("style")).ShouldBe(["flex:182.36", "flex:3.10"]);
    }

    [Fact]
    public void Sizes_are_written_for_the_browser_whatever_the_reader_reads()
    {
        Reader("de");

        Show(new BucketShare(BucketHue.Cash, "Cash", Usd(1.5m))).Find("span").GetAttribute("style").ShouldBe("flex:1.50");
    }

    [Fact]
    public void An_empty_bar_says_so() => Show().Find("[role=img]").GetAttribute("aria-label").ShouldBe("All buckets are empty");

    private IRenderedComponent<Buckets> Show(params BucketShare[] shares) => Render<Buckets>(bar => bar.Add(b => b.Shares, shares));

    private static Money Usd(decimal units) => Money.Of(units, Currency.Usd);
}
