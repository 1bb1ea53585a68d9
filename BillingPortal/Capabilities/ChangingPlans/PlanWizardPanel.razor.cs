using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>
/// Changing the plan, step by step: compare, seats, payment method, coupon, what is due, confirm. The step stands in the address, what was chosen in the
/// browser's tab: Back, a card added elsewhere and a lost connection keep everything.
/// </summary>
public sealed partial class PlanWizardPanel(
    ChangingPlan changing, JournalWriter writer, CurrentCaller current, DraftKeeper drafts, NavigationManager navigation, IJSRuntime browser, TimeProvider clock,
    ILogger<PlanWizardPanel> log) : PlanChangePanel(changing, writer, current, clock, log)
{
    private PlanDraft? _draft;
    private PlanStep _step;
    private string? _error;
    private bool _focus;

    /// <summary>The step in the address.</summary>
    [Parameter, EditorRequired]
    public PlanStep Step { get; set; }

    /// <summary>A plan that the address chooses beforehand; null for none.</summary>
    [Parameter]
    public string? Plan { get; set; }

    /// <summary>The draft's key in the browser's tab.</summary>
    internal static string KeyOf(PlanStanding standing) => "plan/" + standing.Id;

    private string Href => $"/organizations/{Standing.Id}/plan";

    private ImmutableArray<PlanStep> Steps => _draft?.Steps(Standing) ?? [];

    private PlanStep? Before => Steps.IndexOf(Step) is > 0 and var at ? Steps[at - 1] : null;

    private PlanStep After => Steps[Math.Min(Steps.IndexOf(Step) + 1, Steps.Length - 1)];

    private PlanComparison Compared => PlanComparison.Of(Standing, CultureInfo.CurrentCulture);

    private bool WantsCard => _draft is { Trial: false } draft && (draft with { Coupon = "" }).Wish(Standing) is { } wish && Standing.WantsCard(wish);

    private bool MayGoOn => Step switch
    {
        PlanStep.Plan => Standing.View is not null,
        PlanStep.Payment => !WantsCard,
        PlanStep.Due => Outlook is not null && !IsStale && !Act.Closed,
        _ => true,
    };

    /// <summary>Another organization's money is not spent without its leave; ending a plan spends none.</summary>
    private bool MayCommit => Standing.MayPay || _draft?.Wish(Standing) is SubscriptionWish.Cancel;

    private string Aside => Outlook is { Today.Days: var days, Next.Period: { } period }
        ? string.Create(CultureInfo.InvariantCulture, $"whole days in {Web.Layout.ViewZone.NameOf(Standing.File.Organization.Zone)}: {PlanText.Day(days.Start)} to {PlanText.Day(days.Last)} is {days.Days} of {period.Days}")
        : $"whole days in {Web.Layout.ViewZone.NameOf(Standing.File.Organization.Zone)}";

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_step != Step && _draft is not null)
        {
            await ArriveAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            var kept = await drafts.FindAsync<PlanDraft>(KeyOf(Standing));
            _draft = Plan is null || kept?.Plan == Plan || Standing.VersionOf(Plan) is null ? kept ?? new PlanDraft() : PlanDraft.For(Standing, Plan);
            await ArriveAsync();
            StateHasChanged();
        }
        else if (_focus)
        {
            _focus = false;
            await browser.InvokeVoidAsync("portal.focus", "#plan-step");
        }
    }

    private string HrefOf(PlanStep step) => $"{Href}?step={PlanStepNames.CodeOf(step)}";

    /// <summary>A step that the draft does not lead to is left for the first one.</summary>
    private async Task ArriveAsync()
    {
        (_step, _error, _focus) = (Step, null, true);
        if (_draft?.Wish(Standing) is not { } wish || !Steps.Contains(Step))
        {
            if (Step != PlanStep.Plan)
            {
                navigation.NavigateTo(HrefOf(PlanStep.Plan), replace: true);
            }

            return;
        }

        await drafts.KeepAsync(KeyOf(Standing), _draft);
        if (Step is PlanStep.Due or PlanStep.Confirm)
        {
            await AskAsync(wish);
        }
    }

    private async Task KeepAsync(PlanDraft draft)
    {
        (_draft, _error) = (draft, null);
        await drafts.KeepAsync(KeyOf(Standing), draft);
    }

    private Task ChooseAsync((string Plan, bool Trial) choice) => KeepAsync(_draft is { } draft && draft.Plan == choice.Plan
        ? draft with { Trial = choice.Trial }
        : PlanDraft.For(Standing, choice.Plan, choice.Trial) with { Coupon = _draft?.Coupon ?? "" });

    private async Task NextAsync()
    {
        if (Step == PlanStep.Confirm)
        {
            await (MayCommit ? ConfirmAsync() : Task.CompletedTask);
        }
        else if (MayGoOn && (_error = await WrongAsync()) is null)
        {
            navigation.NavigateTo(HrefOf(After));
        }
    }

    /// <summary>What is wrong with what this step asks for; null where nothing is.</summary>
    private async Task<string?> WrongAsync()
    {
        var wish = _draft?.Wish(Standing);
        switch (Step)
        {
            case PlanStep.Plan:
                return wish is null ? "Choose a plan first." : null;
            case PlanStep.Seats when _draft is { } draft && (draft with { Coupon = "" }).Wish(Standing) is { } seats:
                return Standing.Foresee(seats) is Transition.Invalid wrong ? wrong.Errors[0].Message : null;
            case PlanStep.Coupon when wish?.CouponCode is not null:
                await AskAsync(wish);
                return Act.Refusal is { } refusal ? FieldErrors.Of(refusal)["Coupon"] : null;
            default:
                return null;
        }
    }
}
