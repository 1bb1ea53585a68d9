using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>An organization's plan: how it stands and what happened to it, and at its steps the way to another.</summary>
public sealed partial class PlanPage(
    GetPlanStanding reading, ChangingPlan changing, CurrentCaller current, DraftKeeper drafts, NavigationManager navigation, ILogger<PlanPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<PlanStanding>> _read = default!;
    private PlanDone? _done;
    private PlanDraft? _draft;
    private OutcomeText? _words;
    private bool _paying;
    private (long Number, string? Step)? _shown;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>The step; absent for the plan as it stands.</summary>
    [SupplyParameterFromQuery(Name = "step")]
    public string? Step { get; set; }

    /// <summary>A plan that is chosen beforehand.</summary>
    [SupplyParameterFromQuery(Name = "plan")]
    public string? Plan { get; set; }

    private OrganizationId Id => new(Number);

    private string Href => $"/organizations/{Number}/plan";

    private PlanStanding? Standing => _read.Value is Outcome<PlanStanding>.Done(var standing) ? standing : null;

    private bool IsWizard => PlanStepNames.Find(Step) is not null;

    private string Title => Step switch
    {
        null or "" => "Plan",
        "cancel" => "Cancel the plan",
        "resume" => "Keep the plan",
        "price" => "Agree a price",
        _ => "Change plan",
    };

    /// <inheritdoc />
    public void Dispose() => _read.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _read = new(async cancel => await reading.RunAsync(await current.GetAsync(), Id, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var (was, now) = (_shown, (Number, Step));
        if (was == now)
        {
            return;
        }

        _shown = now;
        if (was?.Number != Number || Step is null or "")
        {
            // What stands there was read before a step was taken: it may be another by now.
            await _read.RunAsync();
            await FindDraftAsync();
        }
        else if (was.Value.Step is null or "")
        {
            (_done, _words) = (null, null);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await FindDraftAsync();
            StateHasChanged();
        }
    }

    private Crumb[] Crumbs(Organization organization) =>
        [new("Organizations", "/"), new(organization.Name, $"/organizations/{Number}"), .. Step is null or "" ? Array.Empty<Crumb>() : [new Crumb("Plan", Href)]];

    private async Task FindDraftAsync() =>
        _draft = RendererInfo.IsInteractive && Standing is { } standing ? await drafts.FindAsync<PlanDraft>(PlanWizardPanel.KeyOf(standing)) : null;

    private async Task ThrowAwayAsync()
    {
        _draft = null;
        await drafts.ForgetAsync(PlanWizardPanel.KeyOf(Standing!));
    }

    private async Task DoneAsync(PlanDone done)
    {
        await ThrowAwayAsync();
        _done = done;
        navigation.NavigateTo(Href);
    }

    /// <summary>Pays what is owed. Each press is a payment of its own; while one is under way there is no second.</summary>
    private async Task PayAsync()
    {
        if (_paying)
        {
            return;
        }

        _paying = true;
        try
        {
            var outcome = await changing.PayNowAsync(await current.GetAsync(), Id, "pay:" + Guid.NewGuid().ToString("N"), CancellationToken.None);
            _words = OutcomeText.Of(outcome, "It is not paid.");
            _done = outcome is Outcome<PlanReceipt>.Done { Value.Fee: { } fee } ? new PlanDone(fee.Change.Text, fee, Replayed: false) : null;
            await _read.RunAsync();
        }
        finally
        {
            _paying = false;
        }
    }
}
