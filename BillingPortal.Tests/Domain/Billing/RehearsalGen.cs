using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Domain.Billing;

/// <summary>Rules of any kind and pasts with bursts, corrections, late usage and money paid in.</summary>
internal static class RehearsalGen
{
    private static readonly Instant From = At("2026-08-22T00:00Z");

    public static Gen<(AutoRecharge Recharge, SpendingCap Cap)> Rules =>
        from charging in Gen.Elements(true, true, true, false)
        from threshold in Gen.Choose(5, 120)
        from amount in Gen.Choose(5, 150)
        from limit in Gen.Elements<int?>(null, null, 60, 200, 500)
        from capOn in Gen.Elements(true, false)
        from capAmount in Gen.Elements(0, 40, 150, 600)
        from anchor in Gen.Elements<Instant?>(null, At("2026-01-31T09:30Z"), At("2030-08-15T00:00Z"))
        from soft in Gen.Elements(true, false, false)
        select (new AutoRecharge(charging, Units(threshold), Units(amount), limit is { } most ? Units(most) : null), new SpendingCap(capOn, Units(capAmount), anchor, soft));

    public static Gen<RehearsedPast> Pasts =>
        from opening in Gen.Choose(-20, 200)
        from model in Gen.Elements(ChargingModel.Prepaid, ChargingModel.Prepaid, ChargingModel.Prepaid, ChargingModel.Postpaid)
        from overdraft in Gen.Elements(false, false, true)
        from settles in Gen.Elements(0, 1, 90, 60 * 48)
        from zone in Gen.Elements("UTC", "Europe/Berlin", "Pacific/Apia")
        from usage in Movement.ListOf()
        select new RehearsedPast
        {
            From = From,
            Until = From.Plus(TimeSpan.FromDays(90)),
            Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            ChargingModel = model,
            AllowOverdraft = overdraft,
            Opening = Units(opening),
            Settles = TimeSpan.FromMinutes(settles),
            Usage = [.. usage.OrderBy(one => one.At)],
        };

    private static Gen<PastUsage> Movement =>
        from hours in Gen.Frequency((1, Gen.Choose(-600, -1)), (6, Gen.Choose(0, 90 * 24)), (3, Gen.Choose(200, 240)))
        from minutes in Gen.Choose(0, 59)
        from late in Gen.Elements(0, 0, 0, 5, 700)
        from kind in Gen.Choose(0, 5)
        from cents in Gen.Choose(1, 6_000)
        let at = From.Plus(TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(minutes))
        let amount = cents * 10_000L
        select new PastUsage(at, at.Plus(TimeSpan.FromHours(-late)), kind < 3 ? amount : 0, kind == 3 ? amount : kind == 4 ? -amount / 4 : 0, kind == 5 ? amount - Units(20) : 0);

    private static long Units(decimal units) => Money.Of(units, Currency.Usd).Micros;

    private static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
