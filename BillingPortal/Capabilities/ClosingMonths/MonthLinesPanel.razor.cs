using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Invoices;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>The lines of a run, a page at a time; which page and which lines stand in the address.</summary>
public sealed partial class MonthLinesPanel(NavigationManager navigation) : ComponentBase
{
    private const int Rows = 100;
    private List<MonthLine> _page = [];
    private bool _more;

    /// <summary>The run.</summary>
    [Parameter, EditorRequired]
    public EndedMonth Run { get; set; } = default!;

    /// <summary>Lines that are left out of what comes next.</summary>
    [Parameter]
    public ImmutableHashSet<(long, int?)> Left { get; set; } = [];

    /// <summary>Leaves out others.</summary>
    [Parameter]
    public EventCallback<ImmutableHashSet<(long, int?)>> LeftChanged { get; set; }

    /// <summary>Which lines: <c>odd</c>, <c>refused</c>; all where absent.</summary>
    [Parameter]
    public string? Show { get; set; }

    /// <summary>The line after which the page begins.</summary>
    [Parameter]
    public string? After { get; set; }

    private string Title => (Run.Act, Run.Committed) switch
    {
        (MonthAct.Close, false) => "What closing would make",
        (MonthAct.Close, true) => "What closing made",
        (_, false) => "Drafts to be issued",
        _ => "What was issued",
    };

    private IEnumerable<(string Code, string Words, int Count)> Filters =>
    [
        ("", "All", Run.Lines.Length),
        ("odd", "Out of the ordinary", Run.Lines.Count(line => line.Odd.Length > 0)),
        ("refused", Run.Committed ? "Not done" : "Refused", Run.Lines.Count(IsLeft)),
    ];

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var lines = Run.Lines.Where(line => Show switch { "odd" => line.Odd.Length > 0, "refused" => IsLeft(line), _ => true });
        if (After?.Split('-') is [var number, var ordinal] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var organization)
            && int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out var document))
        {
            lines = lines.Where(line => line.Organization.Value > organization || (line.Organization.Value == organization && (line.Ordinal ?? 0) > document));
        }

        _page = [.. lines.Take(Rows + 1)];
        _more = _page.Count > Rows;
        _page = _more ? _page[..Rows] : _page;
    }

    private static bool IsLeft(MonthLine line) => line.State is LineState.Refused or LineState.Stale or LineState.Unknown;

    /// <summary>What is refused has no figures; nothing is not zero.</summary>
    private static bool IsKnown(MonthLine line) => line.State != LineState.Refused || line.Lines > 0;

    private static (long, int?) KeyOf(MonthLine line) => (line.Organization.Value, line.Ordinal);

    private static string Cursor(MonthLine line) => FormattableString.Invariant($"{line.Organization.Value}-{line.Ordinal ?? 0}");

    private bool Counts(MonthLine line) => Run.Committed ? line.State == LineState.Done : line.State == LineState.Ready && !Left.Contains(KeyOf(line));

    private string Href(string? show, string? after) => UrlState.From(navigation).With("show", show).With("after", after).Href;

    private (State State, string Word) Look(MonthLine line) => line.State switch
    {
        LineState.Done => (State.Done, Run.Act == MonthAct.Close ? "Closed" : "Issued"),
        LineState.DoneBefore => (State.Done, "Done before"),
        LineState.Refused => (State.ActionNeeded, "Refused"),
        LineState.Stale => (State.Paused, "Changed meanwhile"),
        LineState.Unknown => (State.Unknown, "Outcome unknown"),
        _ when Run.Committed => (State.Waiting, "Not sent"),
        _ => (State.Waiting, Left.Contains(KeyOf(line)) ? "Left out" : "Ready"),
    };

    private static string Document(MonthLine line) => line.Number ?? (line.Kind switch
    {
        InvoiceKind.Invoice => "Draft invoice",
        InvoiceKind.Statement => "Statement",
        _ when line.State is LineState.Ready or LineState.Done => "None: nothing was used",
        _ => "",
    });
}
