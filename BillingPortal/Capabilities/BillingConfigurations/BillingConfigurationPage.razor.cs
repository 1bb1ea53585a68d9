using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>How an organization is billed: form, live preview with what follows, save bound to what was shown, receipt and history in the page.</summary>
public sealed partial class BillingConfigurationPage(
    GetBillingConfiguration reading, ConfiguringBilling configuring, CurrentCaller current, DraftKeeper drafts, TimeProvider clock, ILogger<BillingConfigurationPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<BillingConfiguration>> _about = default!;
    private MoneyAct<BillingConfigurationForm> _act = default!;
    private BillingConfigurationForm _form = new(), _shown = new();
    private FieldErrors _wrong = FieldErrors.None;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private OrganizationId Id => new(Number);

    private string DraftKey => "billing-configuration/" + Id;

    private FieldErrors Errors => _wrong.Any ? _wrong
        : _act.Kept is { } kept ? FieldErrors.Of(kept)
        : _act.Refusal is { } refusal ? FieldErrors.Of(refusal)
        : FieldErrors.None;

    /// <inheritdoc />
    public void Dispose()
    {
        _about.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var live = new LivePreview<BillingConfigurationForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log);
        _act = new(live, CommitAsync, StateHasChanged, clock, log) { OnPosted = SavedAsync, WithoutEntry = true };
        _about = new(ReadAsync, StateHasChanged, log);
        await _about.RunAsync();
        _form = _shown;
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await drafts.FindAsync<BillingConfigurationForm>(DraftKey) is { } draft && draft != _form)
        {
            await ChangeAsync(draft);
            StateHasChanged();
        }
    }

    private async Task<Outcome<BillingConfiguration>?> ReadAsync(CancellationToken cancel)
    {
        var outcome = await reading.RunAsync(await current.GetAsync(), Id, cancel);
        if (outcome is Outcome<BillingConfiguration>.Done(var about))
        {
            _shown = BillingConfigurationForm.Of(about.Config, about.Organization.ChargingModel);
        }

        return outcome;
    }

    private async Task<Outcome<Preview>> PreviewAsync(BillingConfigurationForm form, string key, CancellationToken cancel) =>
        await configuring.PreviewAsync(await current.GetAsync(), Id, form.Over(_shown), key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(BillingConfigurationForm form, Agreement agreement, string key) =>
        await configuring.CommitAsync(await current.GetAsync(), Id, form.Over(_shown), agreement, key, CancellationToken.None);

    private async Task ChangeAsync(BillingConfigurationForm form)
    {
        _form = form;
        _act.Turn();
        var errors = BillingConfigurationFormRules.Instance.Errors(form);
        _wrong = FieldErrors.Of<Preview>(new Outcome<Preview>.Invalid(errors));
        if (errors.IsEmpty && form != _shown)
        {
            _act.Live.Ask(form);
        }
        else
        {
            _act.Live.Clear();
        }

        await drafts.KeepAsync(DraftKey, form);
    }

    private Task AskAsync() => _wrong.Any || _form == _shown ? Task.CompletedTask : _act.Live.AskNowAsync(_form);

    private async Task SavedAsync(PostedAct<BillingConfigurationForm> saved)
    {
        await drafts.ForgetAsync(DraftKey);
        await _about.RunAsync();
        _form = _shown;
    }
}
