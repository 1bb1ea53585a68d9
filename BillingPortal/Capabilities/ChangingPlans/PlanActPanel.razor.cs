using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>Cancels the plan, or takes back a cancellation or a change that was planned.</summary>
public sealed partial class PlanActPanel(ChangingPlan changing, JournalWriter writer, CurrentCaller current, IJSRuntime browser, TimeProvider clock, ILogger<PlanActPanel> log)
    : PlanChangePanel(changing, writer, current, clock, log)
{
    /// <summary>True to cancel, false to resume.</summary>
    [Parameter, EditorRequired]
    public bool Cancels { get; set; }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await browser.InvokeVoidAsync("portal.focus", "#plan-step");
            await AskAsync(Cancels ? new SubscriptionWish.Cancel(TrialOnly: Standing.CancelsTrial) : new SubscriptionWish.Resume());
        }
    }
}
