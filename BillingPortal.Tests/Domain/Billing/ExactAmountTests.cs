using BillingPortal.Domain.Billing;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class ExactAmountTests
{
    [Theory]
    [InlineData("0.00000080000", "0.0000008")]
    [InlineData("-2.6137", "-2.6137")]
    [InlineData("+7", "7")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("-0.0", "0")]
    [InlineData("0E-999", "0")]
    [InlineData("1E-7", "0.0000001")]
    [InlineData("3.7254166666666665e-05", "0.000037254166666666665")]
    [InlineData("1.5E+3", "1500")]
    [InlineData("0.000000000000000000000001", "0.000000000000000000000001")]
    [InlineData("0.10000000000000000000000000000000000000000000000000000000000", "0.1")]
    [InlineData("000000000000000000000000000000000000000000000012", "12")]
    [InlineData("9223372036854.775807", "9223372036854.775807")]
    public void What_clouds_write_is_read_exactly(string written, string meant) =>
        ExactAmount.Parse(written).ToString().ShouldBe(meant);

    [Theory]
    [InlineData("", ExactAmountError.NotANumber)]
    [InlineData("-", ExactAmountError.NotANumber)]
    [InlineData(".", ExactAmountError.NotANumber)]
    [InlineData("1,5", ExactAmountError.NotANumber)]
    [InlineData("1 000", ExactAmountError.NotANumber)]
    [InlineData("$5", ExactAmountError.NotANumber)]
    [InlineData("1e", ExactAmountError.NotANumber)]
    [InlineData("1e5.0", ExactAmountError.NotANumber)]
    [InlineData("1.2.3", ExactAmountError.NotANumber)]
    [InlineData("NaN", ExactAmountError.NotANumber)]
    [InlineData("٣", ExactAmountError.NotANumber)]
    [InlineData("0.0000000000000000000000001", ExactAmountError.TooFine)]
    [InlineData("1E-25", ExactAmountError.TooFine)]
    [InlineData("1E-999999", ExactAmountError.TooFine)]
    [InlineData("1E15", ExactAmountError.TooLarge)]
    [InlineData("1E999999", ExactAmountError.TooLarge)]
    [InlineData("1111111111111111111111111111111111111111111", ExactAmountError.TooLarge)]
    public void What_cannot_be_kept_exactly_is_refused_with_the_reason(string written, ExactAmountError error) =>
        ExactAmount.TryParse(written, out _).ShouldBe(error);

    [Theory]
    [InlineData("0.0000005", 0)]
    [InlineData("0.0000015", 2)]
    [InlineData("0.0000025", 2)]
    [InlineData("-0.0000005", 0)]
    [InlineData("-0.0000015", -2)]
    [InlineData("0.000000500000000000000001", 1)]
    [InlineData("-0.000000500000000000000001", -1)]
    [InlineData("0.0000004999", 0)]
    [InlineData("1", 1_000_000)]
    public void An_amount_between_two_millionths_goes_to_the_nearer_and_from_the_middle_to_the_even(string amount, long micros) =>
        ExactAmount.Parse(amount).RoundHalfEven().ShouldBe(micros);

    [Fact]
    public void Text_and_amount_are_each_others_inverse() =>
        Prop.ForAll<long, long>((high, low) =>
        {
            var amount = ExactAmount.FromMicros(high) + ExactAmount.Parse(FormattableString.Invariant($"{low}E-24"));
            return ExactAmount.Parse(amount.ToString()) == amount;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sums_beyond_the_bounds_throw_and_never_wrap()
    {
        var large = ExactAmount.Parse("99999999999999");
        Should.Throw<OverflowException>(() => large + large);
        Should.Throw<OverflowException>(() => large.RoundHalfEven());
    }
}
