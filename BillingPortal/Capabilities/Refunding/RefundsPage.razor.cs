using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Refunding;

/// <summary>An organization's refunds, and paying back to a card what is refundable: previewed, booked at once, then asked of the provider.</summary>
public sealed partial class RefundsPage(ListRefunds refunds, RefundingBalance refunding, CurrentCaller current, TimeProvider clock, ILogger<RefundsPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<RefundDesk>> _desk = default!;
    private MoneyAct<RefundForm> _act = default!;
    private string? _recharge, _text;
    private string _comment = "";
    private Money? _amount;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private OrganizationId Id => new(Number);

    private FieldErrors Errors => _act.Kept is { } kept ? FieldErrors.Of(kept) : _act.Refusal is { } refusal ? FieldErrors.Of(refusal) : FieldErrors.None;

    /// <inheritdoc />
    public void Dispose()
    {
        _desk.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _act = new(new LivePreview<RefundForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log), CommitAsync, StateHasChanged, clock, log)
        {
            OnPosted = _ =>
            {
                (_text, _amount, _comment) = (null, null, "");
                return _desk.RunAsync();
            },
        };
        _desk = new(async cancel => await refunds.RunAsync(await current.GetAsync(), Id, cancel), StateHasChanged, log);
        await _desk.RunAsync();
        _recharge ??= (_desk.Value as Outcome<RefundDesk>.Done)?.Value.Payments.FirstOrDefault()?.Recharge.ToString(CultureInfo.InvariantCulture);
    }

    private static string Text(long micros, RefundDesk desk) => new Money(micros, desk.Organization.Money).ToString(CultureInfo.CurrentCulture);

    private void Read(Money? amount)
    {
        _amount = amount;
        Ask();
    }

    private void Change(Action change)
    {
        change();
        _act.Turn();
        Ask();
    }

    private void Ask()
    {
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

    private RefundForm? Wish() => _amount is { Micros: > 0 } amount && long.TryParse(_recharge, NumberStyles.None, CultureInfo.InvariantCulture, out var recharge)
        ? new RefundForm(recharge, amount.Micros, _comment) : null;

    private async Task<Outcome<Preview>> PreviewAsync(RefundForm form, string key, CancellationToken cancel) => await refunding.PreviewAsync(await current.GetAsync(), Id, form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(RefundForm form, Agreement agreement, string key) =>
        await refunding.CommitAsync(await current.GetAsync(), Id, form, agreement, key, CancellationToken.None);
}
