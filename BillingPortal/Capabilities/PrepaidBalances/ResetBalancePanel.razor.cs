using BillingPortal.Domain;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>Resets a prepaid balance, once it was asked for, as previewed.</summary>
public sealed partial class ResetBalancePanel(ResettingBalance resetting, CurrentCaller current, TimeProvider clock, ILogger<ResetBalancePanel> log) : ComponentBase, IDisposable
{
    private MoneyAct<ResetBalanceForm> _act = default!;
    private ResetBalanceForm _form = new();
    private bool _asked;

    /// <summary>Whose balance, and what the caller may do.</summary>
    [Parameter, EditorRequired]
    public PrepaidBalanceView About { get; set; } = default!;

    /// <summary>Raised when it was reset.</summary>
    [Parameter]
    public EventCallback OnPosted { get; set; }

    /// <inheritdoc />
    public void Dispose() => _act.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        var live = new LivePreview<ResetBalanceForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log);
        _act = new(live, CommitAsync, StateHasChanged, clock, log) { OnPosted = PostedAsync };
    }

    private async Task<Outcome<Preview>> PreviewAsync(ResetBalanceForm form, string key, CancellationToken cancel) =>
        await resetting.PreviewAsync(await current.GetAsync(), About.Id, form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(ResetBalanceForm form, Agreement agreement, string key) =>
        await resetting.CommitAsync(await current.GetAsync(), About.Id, form, agreement, key, CancellationToken.None);

    private void Ask()
    {
        _asked = true;
        _act.Turn();
        _act.Live.Ask(_form);
    }

    private void Change(string comment)
    {
        _form = new ResetBalanceForm(comment);
        _act.Turn();
        _act.Live.Ask(_form);
    }

    private void Leave()
    {
        (_asked, _form) = (false, new ResetBalanceForm());
        _act.Live.Clear();
        _act.Turn();
    }

    private async Task PostedAsync(PostedAct<ResetBalanceForm> posted)
    {
        (_asked, _form) = (false, new ResetBalanceForm());
        await OnPosted.InvokeAsync();
    }
}
