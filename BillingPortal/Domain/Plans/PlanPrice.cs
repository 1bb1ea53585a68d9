using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Plans;

/// <summary>How a plan's price is reckoned. Stored: never renumber.</summary>
public enum PriceKind
{
    /// <summary>One price, whoever uses it.</summary>
    Flat = 1,

    /// <summary>A price for each seat.</summary>
    PerUser = 2,

    /// <summary>Agreed with finance for one organization; the catalogue names no figure.</summary>
    Enterprise = 3,
}

/// <summary>How long a plan's period is. Stored: never renumber.</summary>
public enum PlanInterval
{
    /// <summary>A local day.</summary>
    Day = 1,

    /// <summary>Seven local days.</summary>
    Week = 2,

    /// <summary>From a day of the month to the same day of the next, on a shorter month's last day where it has no such day.</summary>
    Month = 3,

    /// <summary>From a day of the year to the same day of the next; 29 February on the 28th of other years.</summary>
    Year = 4,
}

/// <summary>
/// What a plan costs before tax for one period, in each currency in which it is sold. A price that is agreed has no amounts until finance sets them.
/// </summary>
/// <param name="Kind">Flat, for each user, or agreed.</param>
/// <param name="Interval">How long the period is.</param>
/// <param name="Amounts">Millionths by currency code, whole minor units, never negative; empty where it is agreed.</param>
public sealed record PlanPrice(PriceKind Kind, PlanInterval Interval, ImmutableSortedDictionary<string, long> Amounts)
{
    /// <summary>The most seats that a subscription may have.</summary>
    public const int MostSeats = 100_000;

    /// <summary>An agreed price without a figure: whoever agreed it collects it elsewhere.</summary>
    public static PlanPrice Agreed { get; } = new(PriceKind.Enterprise, PlanInterval.Month, ImmutableSortedDictionary<string, long>.Empty);

    /// <summary>A price in one currency.</summary>
    public static PlanPrice Of(PriceKind kind, PlanInterval interval, Money amount) =>
        new(kind, interval, ImmutableSortedDictionary<string, long>.Empty.Add(amount.Currency.Code, amount.Micros));

    /// <summary>What one period costs with that many seats, millionths; null where it is not sold in that currency. An agreed price without a figure costs nothing here.</summary>
    public long? For(Currency currency, int seats) => Kind switch
    {
        PriceKind.Enterprise => 0,
        _ when !Amounts.ContainsKey(currency.Code) => null,
        PriceKind.PerUser => checked(Amounts[currency.Code] * seats),
        _ => Amounts[currency.Code],
    };

    /// <summary>True where the other says the same.</summary>
    public bool Is(PlanPrice? other) => other is not null && Kind == other.Kind && Interval == other.Interval && Amounts.SequenceEqual(other.Amounts);

    /// <summary>True where nothing is charged in any currency.</summary>
    public bool IsFree => Kind == PriceKind.Flat && Amounts.Values.All(amount => amount == 0);

    internal void Describe(CanonicalForm form)
    {
        form.Add((long)Kind).Add((long)Interval);
        foreach (var (currency, amount) in Amounts)
        {
            form.Add(currency).Add(amount);
        }
    }

    /// <summary>The interval's word for programs: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>.</summary>
    public static string CodeOf(PlanInterval interval) => interval switch
    {
        PlanInterval.Day => "day",
        PlanInterval.Week => "week",
        PlanInterval.Month => "month",
        _ => "year",
    };

    /// <summary>The kind's word for programs: <c>flat</c>, <c>per_user</c>, <c>enterprise</c>.</summary>
    public static string CodeOf(PriceKind kind) => kind switch
    {
        PriceKind.Flat => "flat",
        PriceKind.PerUser => "per_user",
        _ => "enterprise",
    };

    /// <summary>The interval of a word, or null.</summary>
    public static PlanInterval? IntervalOf(string? code) => Enum.GetValues<PlanInterval>().Cast<PlanInterval?>().FirstOrDefault(interval => CodeOf(interval!.Value) == code);
}
