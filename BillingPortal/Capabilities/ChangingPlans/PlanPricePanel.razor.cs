using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Amounts;
using Microsoft.JSInterop;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>Finance agrees a price with one organization: previewed, and committed as it was shown.</summary>
public sealed partial class PlanPricePanel(ChangingPlan changing, JournalWriter writer, CurrentCaller current, IJSRuntime browser, TimeProvider clock, ILogger<PlanPricePanel> log)
    : PlanChangePanel(changing, writer, current, clock, log)
{
    private PriceKind _kind = PriceKind.Flat;
    private PlanInterval _interval = PlanInterval.Month;
    private string? _text, _error;
    private Money? _amount;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (Standing.Subscription.Agreed is { } agreed)
        {
            (_kind, _interval) = (agreed.Kind, agreed.Interval);
            _amount = agreed.Amounts.TryGetValue(Standing.Currency.Code, out var amount) ? new Money(amount, Standing.Currency) : null;
            _text = _amount?.ToDecimalString();
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await browser.InvokeVoidAsync("portal.focus", "#plan-step");
        }
    }

    private void Take(MoneyReading reading)
    {
        _amount = reading.Money;
        Change();
    }

    /// <summary>What was shown is of another price.</summary>
    private void Change()
    {
        _error = null;
        Forget();
    }

    private async Task ReadAsync()
    {
        if (_kind != PriceKind.Enterprise && _amount is null)
        {
            _error = "An amount is needed.";
            return;
        }

        await AskAsync(new SubscriptionWish.Agree(_kind == PriceKind.Enterprise ? PlanPrice.Agreed : PlanPrice.Of(_kind, _interval, _amount!.Value)));
    }
}
