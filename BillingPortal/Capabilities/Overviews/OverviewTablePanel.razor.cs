using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Web.Layout;
using BillingPortal.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>The overview's table: a row for each organization, totals of all that match, currency by currency.</summary>
public sealed partial class OverviewTablePanel : ComponentBase
{
    [CascadingParameter]
    private ViewZone? View { get; set; }

    private string InCurrency => Currency is null ? "" : ", " + Currency;

    private string MonthName => new DateOnly(Month.Number / 100, Month.Number % 100, 1).ToString("MMM yyyy", CultureInfo.InvariantCulture);

    private string Range
    {
        get
        {
            var zone = View?.Current ?? TimeZoneInfo.Utc;
            return $"{List.Rows[0].Name} to {List.Rows[^1].Name}. As of {TimeText.Write(ReadAt, zone, TimeForm.Second)} {ViewZone.NameOf(zone)}";
        }
    }

    /// <summary>The plan's name: its code, capitalised.</summary>
    public static string PlanName(string code) => code.Length == 0 ? "" : char.ToUpperInvariant(code[0]) + code[1..];

    private static bool Owes(ListedOrganization row) => row.Model == ChargingModel.Postpaid || !row.Owed.IsZero;

    private string Of(CurrencyTotal total)
    {
        var culture = CultureInfo.CurrentCulture;
        return Totals!.Currencies.Count == 1
            ? $"All {total.Organizations.ToString("N0", culture)} that match"
            : $"{total.Organizations.ToString("N0", culture)} of {Totals.Counted.ToString("N0", culture)}, those in {total.Currency.Code}";
    }
}
