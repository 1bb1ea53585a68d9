using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Charts;

/// <summary>
/// An amount over time as SVG drawn on the server: its course, a level it is compared with, marks where something happened and bands where
/// something lasted. Says in words what the picture shows; the figures stand in the table that its owner gives.
/// </summary>
public sealed partial class TimeChart : ComponentBase
{
    /// <summary>More marks than this stand so close that numbers would cover each other.</summary>
    private const decimal Nearest = 19;

    private readonly string _id = Ids.Next("chart");
    private TimePlot _plot = TimePlot.None;

    /// <summary>What is shown, with the period and the currency.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What one sees in it.</summary>
    [Parameter, EditorRequired]
    public string Description { get; set; } = "";

    /// <summary>Where it begins.</summary>
    [Parameter, EditorRequired]
    public Instant From { get; set; }

    /// <summary>Where it ends.</summary>
    [Parameter, EditorRequired]
    public Instant Until { get; set; }

    /// <summary>The zone of its days.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>The course: each amount holds from its moment to the next one's.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<TimePoint> Points { get; set; } = [];

    /// <summary>What it is compared with; null for nothing.</summary>
    [Parameter]
    public Money? Level { get; set; }

    /// <summary>Moments at which something happened, in order; numbered where there is room.</summary>
    [Parameter]
    public IReadOnlyList<Instant> Marks { get; set; } = [];

    /// <summary>Stretches that were bad.</summary>
    [Parameter]
    public IReadOnlyList<Stretch> Bands { get; set; } = [];

    /// <summary>Stretches during which everything stood still.</summary>
    [Parameter]
    public IReadOnlyList<Stretch> Halts { get; set; } = [];

    /// <summary>What the signs mean: list items.</summary>
    [Parameter]
    public RenderFragment? Legend { get; set; }

    /// <summary>The same as a table.</summary>
    [Parameter, EditorRequired]
    public RenderFragment? Table { get; set; }

    private bool Numbered => _plot.Marks.Zip(_plot.Marks.Skip(1)).All(pair => pair.Second - pair.First >= Nearest);

    /// <inheritdoc />
    protected override void OnParametersSet() => _plot = TimePlot.Of(this);

    private static string N(decimal value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}

/// <summary>An amount from a moment on.</summary>
/// <param name="At">The moment.</param>
/// <param name="Micros">Millionths.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct TimePoint(Instant At, long Micros);
