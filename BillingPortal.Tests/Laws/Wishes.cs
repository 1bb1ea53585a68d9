using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Laws;

/// <summary>Random wishes: small amounts beside large ones, so that buckets are crossed and emptied; about a third back-dated.</summary>
internal static class Wishes
{
    private static readonly AccountKind[] Given = [AccountKind.Monthly, AccountKind.Promotional, AccountKind.Cash, AccountKind.Bonus];

    private static Gen<long> Amount { get; } = Gen.OneOf(
        Gen.Choose(1, 50).Select(micros => (long)micros),
        Gen.Choose(1, 3_000).Select(cents => cents * 10_000L),
        Gen.Choose(1, 90_000_000).Select(micros => (long)micros));

    private static Gen<TimeSpan?> BackBy { get; } = Gen.Frequency(
        (2, Gen.Constant<TimeSpan?>(null)),
        (1, Gen.Choose(1, 40 * 24 * 60).Select(minutes => (TimeSpan?)TimeSpan.FromMinutes(minutes))));

    private static Gen<Wish> Charges(params ChargeMode[] modes) =>
        from mode in Gen.Elements(modes)
        from amount in Amount
        from back in BackBy
        select (Wish)new Wish.Charge(mode, amount, back);

    private static Gen<Wish> Grants { get; } =
        from amount in Amount
        from back in BackBy
        select (Wish)new Wish.Grant(amount, back);

    private static Gen<Wish> Payments { get; } =
        from amount in Amount
        from rate in Gen.Elements(0L, 200_000L, 333_333L)
        from back in BackBy
        select (Wish)new Wish.Pay(amount, rate, back);

    private static Gen<Wish> Adjustments { get; } =
        from change in Gen.OneOf(
            from bucket in Gen.Elements(Given)
            from amount in Amount
            from sign in Gen.Elements(1, 1, -1)
            select (Adjustment)new Adjustment.Add(bucket, amount * sign),
            from bucket in Gen.Elements(Given)
            from target in Amount
            select (Adjustment)new Adjustment.Set(bucket, target),
            from monthly in Amount
            from cash in Amount
            from credits in Amount
            from sent in Gen.Choose(1, 7)
            select (Adjustment)new Adjustment.SetRemaining(
                (sent & 1) != 0 ? monthly : null, (sent & 2) != 0 ? cash : null, (sent & 4) != 0 ? credits : null))
        from back in BackBy
        select (Wish)new Wish.Adjust(change, back);

    /// <summary>A history of anything.</summary>
    public static Arbitrary<Wish[]> Any { get; } = Histories(
        (4, Charges(ChargeMode.Request, ChargeMode.Fact)), (1, Grants), (1, Payments), (2, Adjustments));

    /// <summary>A history of what a person may undo: payments are refunded instead.</summary>
    public static Arbitrary<Wish[]> Undoable { get; } = Histories((4, Charges(ChargeMode.Request, ChargeMode.Fact)), (1, Grants), (2, Adjustments));

    /// <summary>A history in which nothing is reported as a fact: all is asked for first.</summary>
    public static Arbitrary<Wish[]> AskedFirst { get; } = Histories((4, Charges(ChargeMode.Request)), (1, Grants), (1, Payments), (1, Adjustments));

    private static Arbitrary<Wish[]> Histories(params (int Weight, Gen<Wish> Of)[] parts) =>
        Arb.From(
            from length in Gen.Choose(1, 14)
            from wishes in Gen.Frequency(parts).ArrayOf(length)
            select wishes,
            Shorter);

    /// <summary>A failing history is shown without the wishes that do not matter.</summary>
    private static IEnumerable<Wish[]> Shorter(Wish[] wishes) =>
        wishes.Length <= 1 ? [] : Enumerable.Range(0, wishes.Length).Select(left => wishes.Where((_, index) => index != left).ToArray());
}
