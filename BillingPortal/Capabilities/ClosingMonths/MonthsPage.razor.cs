using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>An organization's months: closed or open, by whom, with which document; finance opens the last one again, for a reason.</summary>
public sealed partial class MonthsPage(GetPeriods periods, ReopeningPeriod reopening, CurrentCaller current, TimeProvider clock, ILogger<MonthsPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<OrganizationMonths>> _about = default!;
    private MoneyAct<ReopenForm> _act = default!;
    private string _reason = "";

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private OrganizationId Id => new(Number);

    private FieldErrors Errors => _act.Kept is { } kept ? FieldErrors.Of(kept) : _act.Refusal is { } refusal ? FieldErrors.Of(refusal) : FieldErrors.None;

    /// <inheritdoc />
    public void Dispose()
    {
        _about.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _act = new(new LivePreview<ReopenForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log), CommitAsync, StateHasChanged, clock, log)
        {
            WithoutEntry = true,
            OnPosted = _ =>
            {
                _reason = "";
                return _about.RunAsync();
            },
        };
        _about = new(async cancel => await periods.RunAsync(await current.GetAsync(), Id, cancel), StateHasChanged, log);
        await _about.RunAsync();
    }

    private bool HasEnded(OrganizationMonth month) => _about.Value is Outcome<OrganizationMonths>.Done { Value.Organization.Zone: var zone } && month.Period.EndIn(zone) <= Instant.Now(clock);

    private static string Name(int period) => new BillingPeriod(period).ToString(CultureInfo.InvariantCulture);

    private void Change(string? reason)
    {
        _reason = reason ?? "";
        _act.Turn();
        if (Wish() is { } wish)
        {
            _act.Live.Ask(wish);
        }
        else
        {
            _act.Live.Clear();
        }
    }

    private Task AskAsync() => Wish() is { } wish ? _act.Live.AskNowAsync(wish) : Task.CompletedTask;

    private ReopenForm? Wish() => _reason.Trim().Length > 0 && _about.Value is Outcome<OrganizationMonths>.Done { Value.Last.Period.Number: var period } ? new ReopenForm(period, _reason.Trim()) : null;

    private async Task<Outcome<Preview>> PreviewAsync(ReopenForm form, string key, CancellationToken cancel) => await reopening.PreviewAsync(await current.GetAsync(), Id, form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(ReopenForm form, Agreement agreement, string key) =>
        await reopening.CommitAsync(await current.GetAsync(), Id, form, agreement, key, CancellationToken.None);
}
