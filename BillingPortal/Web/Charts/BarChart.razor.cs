using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Web.Amounts;
using BillingPortal.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Charts;

/// <summary>
/// Amounts by day, stacked by series, as SVG drawn on the server: no script. Says in words what the picture shows, and has the same
/// figures as a table. What is below zero (a correction) is not drawn; the table has it.
/// </summary>
public sealed partial class BarChart : ComponentBase
{
    private const int W = 640, Left = 34;
    private readonly string _id = Ids.Next("chart");
    private BarPlot _plot = BarPlot.None;

    /// <summary>What is shown, with the period and the currency.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What one sees in it: the largest part, the peak.</summary>
    [Parameter, EditorRequired]
    public string Description { get; set; } = "";

    /// <summary>The currency of every amount.</summary>
    [Parameter, EditorRequired]
    public Currency Currency { get; set; }

    /// <summary>The series by rank, at most five; the fifth is meant for "other".</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Series { get; set; } = [];

    /// <summary>The days in order, also those without amounts.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ChartDay> Days { get; set; } = [];

    /// <inheritdoc />
    protected override void OnParametersSet() => _plot = BarPlot.Of(Days, Left, W);

    private string Total(int series) =>
        Days.Aggregate(Money.Zero(Currency), (sum, day) => sum + day.Parts[series]) is var total
            ? Money.FormatMicros(total.Micros, Currency.Digits, CultureInfo.CurrentCulture, grouped: true).Replace('-', '−')
            : "";

    private static string N(decimal value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}

/// <summary>One day's amounts.</summary>
/// <param name="Day">The day, in the page's zone.</param>
/// <param name="Parts">An amount for each series, in the series' order.</param>
public sealed record ChartDay(DateOnly Day, IReadOnlyList<Money> Parts)
{
    /// <summary>The day's sum, corrections included.</summary>
    public Money Sum(Currency currency) => Parts.Aggregate(Money.Zero(currency), (sum, part) => sum + part);
}
