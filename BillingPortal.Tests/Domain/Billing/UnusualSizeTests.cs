using BillingPortal.Domain.Billing;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class UnusualSizeTests
{
    [Fact]
    public void Ten_times_the_median_is_unusual_and_a_millionth_less_is_not()
    {
        var median = UnusualSize.Median([5_000_000, 1_000_000, 9_000_000]);
        median.ShouldBe(5_000_000);
        UnusualSize.Is(50_000_000, median).ShouldBeTrue();
        UnusualSize.Is(49_999_999, median).ShouldBeFalse();
    }

    [Fact]
    public void Too_few_amounts_say_nothing_about_what_is_ordinary()
    {
        UnusualSize.Median([5, 5]).ShouldBeNull();
        UnusualSize.Median([5, 5, 0]).ShouldBeNull();
        UnusualSize.Is(long.MaxValue, null).ShouldBeFalse();
    }

    [Fact]
    public void Of_an_even_number_the_lower_middle_is_the_median() => UnusualSize.Median([1, 2, 30, 40]).ShouldBe(2);
}
