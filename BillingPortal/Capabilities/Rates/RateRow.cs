using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Capabilities.Rates;

/// <summary>What kind of thing a row of an organization's rates is.</summary>
public enum RateRowKind
{
    /// <summary>A custom rate.</summary>
    Custom,

    /// <summary>An inclusive volume.</summary>
    Volume,

    /// <summary>A data package.</summary>
    Package,
}

/// <summary>A custom rate, a volume or a package as people read it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Id">Its number.</param>
/// <param name="Title">What it is for, as in "data in Europe".</param>
/// <param name="Figure">The price or the volume, as in "€0.005 a MB".</param>
/// <param name="Months">When it holds.</param>
/// <param name="State">What became of it: "holds", "to come", "ended", "never used", "expired".</param>
/// <param name="MayEnd">True where it can still be ended.</param>
public sealed record RateRow(RateRowKind Kind, long Id, string Title, string Figure, Months Months, string State, bool MayEnd)
{
    /// <summary>Tells it from the others.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Kind}-{Id}");

    /// <summary>The kind for people.</summary>
    public string KindName => Kind switch { RateRowKind.Custom => "Custom rate", RateRowKind.Volume => "Inclusive volume", _ => "Data package" };

    /// <summary>Everything that <paramref name="view"/> has but what was deleted before it began.</summary>
    public static ImmutableArray<RateRow> Of(RatesView view)
    {
        var rows = ImmutableArray.CreateBuilder<RateRow>();
        foreach (var rate in view.Book.CustomRates.Where(rate => rate.State != CustomRateState.Deleted))
        {
            var state = rate.State == CustomRateState.Expired ? "expired" : StateOf(rate.Months, view.Month);
            rows.Add(new(RateRowKind.Custom, rate.Id, NameOf(rate.Service, rate.Ratezone),
                RateText.Price(rate.Rate, view.Organization.Money, UnitOf(view, rate.Service, rate.Ratezone)) + (rate.Volume.IsZero ? "" : $" beyond {RateText.Number(rate.Volume)}"),
                rate.Months, state, state is "holds" or "to come"));
        }

        foreach (var allowance in view.Book.Allowances)
        {
            var state = allowance.EndedAt is not null ? "ended" : StateOf(allowance.Months, view.Month);
            var figure = $"{RateText.Number(allowance.Volume)} {UnitOf(view, allowance.Service, allowance.Ratezone)}".TrimEnd() + " a month";
            rows.Add(new(allowance.Kind == AllowanceKind.Package ? RateRowKind.Package : RateRowKind.Volume, allowance.Id,
                (allowance.Name.Length > 0 ? allowance.Name + ": " : "") + NameOf(allowance.Service, allowance.Ratezone),
                view.Prices.TryGetValue(allowance.Id, out var price) && allowance.Kind == AllowanceKind.Package
                    ? $"{figure} for {new Money(price * view.Organization.Money.MinorUnit, view.Organization.Money).ToString(CultureInfo.CurrentCulture)}" : figure,
                allowance.Months, state, state is "holds" or "to come"));
        }

        return [.. rows.OrderBy(row => row.Title, StringComparer.Ordinal).ThenBy(row => row.Kind).ThenBy(row => row.Months.From.Number).ThenBy(row => row.Id)];
    }

    internal static string NameOf(string service, string ratezone) => ratezone.Length == 0 ? service : $"{service} in {ratezone}";

    private static string UnitOf(RatesView view, string service, string ratezone) => view.Book.TariffRateFor(service, ratezone, view.Month)?.Unit ?? "";

    private static string StateOf(Months months, BillingPeriod month) => months.IsEmpty ? "never used"
        : months.Contains(month) ? "holds"
        : months.From.Number > month.Number ? "to come"
        : "ended";
}
