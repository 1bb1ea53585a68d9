using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Tests.Domain.Plans;

/// <summary>A catalogue with every kind of price in currencies of 0, 2 and 3 decimals, and short words for views of a subscription in it.</summary>
internal static class PlanWorld
{
    public static readonly PlanCatalogue Catalogue = new([.. SeededPlans.Catalogue.Versions.Where(version => version.Code is "free" or "enterprise"),
        Sold("standard", 1, PriceKind.Flat, PlanInterval.Month, 20), Sold("advanced", 2, PriceKind.Flat, PlanInterval.Month, 99) with { Terms = Trial(Sold("advanced", 2, PriceKind.Flat, PlanInterval.Month, 99).Terms) },
        Sold("weekly", 1, PriceKind.Flat, PlanInterval.Week, 7), Sold("yearly", 3, PriceKind.Flat, PlanInterval.Year, 1_200), Sold("daily", 1, PriceKind.Flat, PlanInterval.Day, 1),
        Sold("team", 2, PriceKind.PerUser, PlanInterval.Month, 13)]);

    public static readonly TaxTreatment Vat = new(TaxCategory.Standard, 1_900);

    public static PlanView On(string today, Subscription? subscription = null, bool card = true, string currency = "USD", bool finance = false) => new()
    {
        Subscription = subscription ?? Subscription.None(Catalogue.Of("free", 1)),
        Catalogue = Catalogue,
        Currency = Currency.Of(currency),
        Now = Instant.From(DateTimeOffset.Parse(today + "T12:00Z", System.Globalization.CultureInfo.InvariantCulture)),
        Today = DateOnly.ParseExact(today, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        HasCard = card,
        ByFinance = finance,
        Tax = Vat,
    };

    public static Transition.Taken Taken(this PlanView view, SubscriptionWish wish) => Transitions.Of(view, wish).ShouldBeOfType<Transition.Taken>();

    public static RefusalCode Refused(this PlanView view, SubscriptionWish wish) => Transitions.Of(view, wish).ShouldBeOfType<Transition.Refused>().Refusal.Code;

    public static Subscription Paying(string plan, string since, string currency = "USD", int seats = 1) =>
        On(since, currency: currency).Taken(new SubscriptionWish.Choose(plan, seats)).Next;

    public static Coupon Percent(string code, int basisPoints, CouponDuration duration, int? periods = null) =>
        new(code, new CouponTerms(basisPoints, ImmutableSortedDictionary<string, long>.Empty, duration, periods, []), null, null);

    public static IEnumerable<string> Figures(this PlanCharge charge) =>
        [.. charge.Lines.Select(line => $"{line.Text} | {line.Detail} | {Units(line.Amount)}"), $"{charge.TaxWords} | {Units(charge.TaxAmount)}", Units(charge.Total)];

    private static string Units(long micros) => Money.FormatMicros(micros, 2, System.Globalization.CultureInfo.InvariantCulture, grouped: false);

    private static PlanVersion Sold(string code, int rank, PriceKind kind, PlanInterval interval, long units) => new(code, 1, new Instant(0), new PlanTerms
    {
        Name = char.ToUpperInvariant(code[0]) + code[1..],
        Description = code,
        Rank = rank,
        Names = new PlanNames("business", "pro", "standard"),
        Price = new PlanPrice(kind, interval, new[] { ("USD", units * Money.Unit), ("JPY", units * 150 * Money.Unit), ("KWD", (units * 307_000) + 1_000) }
            .ToImmutableSortedDictionary(line => line.Item1, line => line.Item2, StringComparer.Ordinal)),
        MonthlyCredits = ImmutableSortedDictionary<string, long>.Empty.Add("USD", units * Money.Unit),
    });

    private static PlanTerms Trial(PlanTerms terms) => terms with { TrialDays = 14, UpgradeFrom = ["free", "standard"] };
}
