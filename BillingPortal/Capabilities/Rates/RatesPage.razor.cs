using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Rates;

/// <summary>By what an organization's usage is priced: its tariff, its own rates, volumes and packages on a timeline; and changing them.</summary>
public sealed partial class RatesPage(GetRates query, ChangingCustomRates rates, ChangingAllowances allowances, CurrentCaller current, ILogger<RatesPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<RatesView>> _rates = null!;
    private ImmutableArray<RateRow> _rows = [];
    private ElementReference _confirm;
    private OutcomeText? _words;
    private RateRow? _ending;
    private string? _done;
    private bool _focusConfirm;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private OrganizationId Id => new(Number);

    /// <inheritdoc />
    public void Dispose() => _rates.Dispose();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _rates = new(async cancel => await query.RunAsync(await current.GetAsync(), Id, cancel), StateHasChanged, log);
        await ReadAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusConfirm)
        {
            _focusConfirm = false;
            await _confirm.FocusAsync();
        }
    }

    private static string EndWords(RatesView view, RateRow row) => (row.Kind, row.State, view.MayChange) switch
    {
        (_, "to come", _) => "it has not begun, and never will.",
        (RateRowKind.Custom, _, _) => "usage reported from now on is priced without it. What was reported keeps its price.",
        (RateRowKind.Volume, _, true) => "usage reported from now on is charged. What was included stays included.",
        _ => "it ends with this month.",
    };

    private async Task ReadAsync()
    {
        await _rates.RunAsync();
        _rows = _rates.Value is Outcome<RatesView>.Done(var view) ? RateRow.Of(view) : [];
    }

    private void Ask(RateRow row) => (_ending, _focusConfirm, _done, _words) = (row, true, null, null);

    private async Task EndAsync(RateRow row)
    {
        _ending = null;
        var caller = await current.GetAsync();
        _words = row.Kind == RateRowKind.Custom
            ? OutcomeText.Of(await rates.RemoveAsync(caller, Id, row.Id, CancellationToken.None), "Nothing was changed.")
            : OutcomeText.Of(await allowances.EndAsync(caller, Id, row.Kind == RateRowKind.Package ? AllowanceKind.Package : AllowanceKind.Volume, row.Id, CancellationToken.None), "Nothing was changed.");
        _done = _words is null ? $"{row.KindName} {row.Id} {(row.Kind == RateRowKind.Custom ? "deleted" : "ended")}." : null;
        await ReadAsync();
    }

    private async Task DoneAsync(string words)
    {
        (_done, _words) = (words, null);
        await ReadAsync();
        StateHasChanged();
    }
}
