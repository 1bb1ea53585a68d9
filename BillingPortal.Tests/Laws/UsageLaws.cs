using BillingPortal.Domain.Billing;
using BillingPortal.Tests.Domain.Billing;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Laws;

public sealed class UsageLaws
{
    private static readonly Gen<UsageGroup> Groups =
        from provider in Gen.Elements("AWS", "Oracle")
        from account in Gen.Elements("1", "2")
        from sub in Gen.Elements(null, "11", "12")
        from service in Gen.Elements("S3", "EC2")
        from month in Gen.Choose(8, 10)
        select new UsageGroup(new(provider, account, sub), service, new BillingPeriod(202400 + month));

    /// <summary>Eleven decimals as in real files, with the exact halves of a millionth that rounding is decided by.</summary>
    private static readonly Gen<ExactAmount> Amounts = Gen.OneOf(
        from digits in Gen.Choose(-2_000_000_000, 2_000_000_000) select ExactAmount.Parse(FormattableString.Invariant($"{digits}E-11")),
        from halves in Gen.Choose(-9, 9) select ExactAmount.Parse(FormattableString.Invariant($"{halves * 5}E-7")));

    private static readonly Gen<(UsageGroup Group, ExactAmount Amount)> Rows =
        from @group in Groups from amount in Amounts select (@group, amount);

    private static readonly Arbitrary<List<List<(UsageGroup Group, ExactAmount Amount)>>> Deliveries = Rows.ListOf().ListOf()
        .Select(files => files.Select(f => f.ToList()).ToList()).ToArbitrary();

    [Fact]
    public void What_is_posted_plus_what_is_carried_equals_the_files_to_the_last_decimal() =>
        Prop.ForAll(Deliveries, files => files.Aggregate(UsageLedger.Empty, (ledger, file) => ledger.Deliver(file)).IsExact).QuickCheckThrowOnFailure();

    [Fact]
    public void No_carry_is_more_than_half_a_millionth() =>
        Prop.ForAll(Deliveries, files => files.Aggregate(UsageLedger.Empty, (ledger, file) => ledger.Deliver(file)).Carries.Values
            .All(c => c <= ExactAmount.Parse("5E-7") && c >= ExactAmount.Parse("-5E-7"))).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_in_another_order_are_the_same_delivery() =>
        Prop.ForAll(Rows.ListOf().ToArbitrary(), rows =>
        {
            var ledger = UsageLedger.Empty.Deliver(rows);
            return ledger.Deliver(rows.AsEnumerable().Reverse()).Charges.IsEmpty
                && UsageLedger.Empty.Deliver(rows.AsEnumerable().Reverse()).Charges.SequenceEqual(ledger.Charges);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_was_delivered_in_between_the_last_delivery_decides() =>
        Prop.ForAll(Deliveries, files =>
        {
            var everything = files.SelectMany(f => f).ToList();
            var detour = files.Aggregate(UsageLedger.Empty, (ledger, file) => ledger.Deliver(file)).Deliver(everything);
            var direct = UsageLedger.Empty.Deliver(everything);
            return detour.Total == direct.Total
                && ExactAmount.FromMicros(detour.Posted) + detour.Carried == ExactAmount.FromMicros(direct.Posted) + direct.Carried;
        }).QuickCheckThrowOnFailure();
}
