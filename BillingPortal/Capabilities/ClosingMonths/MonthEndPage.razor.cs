using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>The end of a month: what to look at, what closing would make of every organization, the closing itself, and issuing what it made.</summary>
public sealed partial class MonthEndPage(
    GetMonthChecklist checklist, MonthWork work, CurrentCaller current, NavigationManager navigation, TimeProvider clock, ILogger<MonthEndPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<MonthChecklist>> _checks = default!;
    private (EndedMonth? Of, ImmutableHashSet<(long, int?)> Lines) _left = (null, []);
    private OutcomeText? _refused;
    private string? _month;
    private BillingPeriod? _read;
    private bool _wasRunning;

    /// <summary>The month, as 2024-09; the last one where absent.</summary>
    [SupplyParameterFromQuery]
    public string? Month { get; set; }

    /// <summary>Which lines: <c>odd</c>, <c>refused</c>; all where absent.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    /// <summary>The line after which the page begins.</summary>
    [SupplyParameterFromQuery]
    public string? After { get; set; }

    private BillingPeriod Period => MonthForm.Read(Month) ?? MonthForm.Last(clock);

    private string Name => Period.ToString(CultureInfo.InvariantCulture);

    private EndedMonth? Shown => work.Ended is { } ended && ended.Period == Period ? ended : null;

    /// <summary>What was left out of this run; of another one nothing was.</summary>
    private ImmutableHashSet<(long, int?)> Left => Shown is { } shown && ReferenceEquals(_left.Of, shown) ? _left.Lines : [];

    /// <inheritdoc />
    public void Dispose()
    {
        work.Changed -= WorkChanged;
        _checks.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _checks = new(async cancel => await checklist.RunAsync(await current.GetAsync(), Period, cancel), StateHasChanged, log);
        work.Changed += WorkChanged;
        _wasRunning = work.Running is not null;
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_read == Period)
        {
            return;
        }

        (_read, _month, _refused) = (Period, $"{Period}", null);
        await _checks.RunAsync();
    }

    private void WorkChanged(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        var running = work.Running is not null;
        if (_wasRunning && !running)
        {
            await _checks.RunAsync();
        }

        _wasRunning = running;
        StateHasChanged();
    });

    private void Choose() => navigation.NavigateTo("/month-end?month=" + Uri.EscapeDataString(_month ?? ""));

    private async Task LookAsync(MonthAct act)
    {
        _refused = OutcomeText.Of(await work.PreviewAsync(await current.GetAsync(), act, Period, chosen: null, CancellationToken.None), "Nothing was looked at.");
        _wasRunning = _refused is null;
    }

    private async Task CommitAsync(EndedMonth shown)
    {
        var chosen = shown with { Lines = [.. shown.Lines.Where(line => !Left.Contains((line.Organization.Value, line.Ordinal)))] };
        _refused = OutcomeText.Of(await work.CommitAsync(await current.GetAsync(), chosen, CancellationToken.None), "Nothing was changed.");
        _wasRunning = _refused is null;
    }

    private async Task CancelAsync() => _refused = OutcomeText.Of(await work.CancelAsync(await current.GetAsync(), CancellationToken.None), "Nothing was stopped.");

    private List<MonthLine> Chosen(EndedMonth shown) =>
        [.. shown.Lines.Where(line => line.State == LineState.Ready && !Left.Contains((line.Organization.Value, line.Ordinal)))];

    private string ActOf(EndedMonth shown, List<MonthLine> chosen)
    {
        var dues = MonthTotal.Of(chosen).Where(total => total.Due != 0).Select(total => new Money(total.Due, total.Currency).ToString(CultureInfo.CurrentCulture));
        var count = chosen.Count.ToString("N0", CultureInfo.CurrentCulture);
        var words = shown.Act == MonthAct.Close ? $"Close {Name} for {count} organization{(chosen.Count == 1 ? "" : "s")}" : $"Issue {count} invoice{(chosen.Count == 1 ? "" : "s")} of {Name}";
        return string.Join(", ", dues) is { Length: > 0 } due ? $"{words}: {due} to be paid" : words;
    }
}
