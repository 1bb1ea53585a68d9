using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Creates a sub-organization. The draft, its UUID with it, is kept in the browser's tab until it is created.</summary>
public sealed partial class NewSubOrganizationPage(
    GetOrganizationSettings settings, CreateSubOrganization creating, CurrentCaller current, DraftKeeper drafts, NavigationManager navigation,
    ILogger<NewSubOrganizationPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<OrganizationSettings>> _parent = null!;
    private Draft _draft = new() { Uuid = Guid.NewGuid() };
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private bool _unknown;

    /// <summary>The parent's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private string DraftKey => "new-sub-organization/" + new OrganizationId(Number);

    /// <inheritdoc />
    public void Dispose() => _parent.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        _parent = new(async cancel => await settings.RunAsync(await current.GetAsync(), new OrganizationId(Number), cancel), StateHasChanged, log);
        return _parent.RunAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await drafts.FindAsync<Draft>(DraftKey) is { } draft)
        {
            _draft = draft;
            StateHasChanged();
        }
    }

    private static string Text(ChangeEventArgs change) => change.Value as string ?? "";

    private async Task KeepAsync(Draft draft)
    {
        _draft = draft;
        await drafts.KeepAsync(DraftKey, draft);
    }

    private Task KeepFeaturesAsync(FeatureSet features) => KeepAsync(_draft with { Codes = [.. features.Features.Select(feature => feature.Code)] });

    private async Task CreateAsync()
    {
        var form = new SubOrganizationForm
        {
            Uuid = _draft.Uuid,
            Model = _draft.Model,
            SubAccount = _draft.SubAccount,
            Profile = new OrganizationForm { Name = _draft.Name, Features = _draft.Features.Features.ToImmutableDictionary(feature => feature, _ => true) },
        };
        var outcome = await SubmitAsync(form);
        _errors = FieldErrors.Of(outcome);
        _words = OutcomeText.Of(outcome, "Nothing was created.");
        _unknown = outcome is Outcome<OrganizationId>.Unknown;
        if (outcome is Outcome<OrganizationId>.Done(var number))
        {
            await drafts.ForgetAsync(DraftKey);
            navigation.NavigateTo($"/organizations/{number}");
        }
    }

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<OrganizationId>> SubmitAsync(SubOrganizationForm form)
    {
        try
        {
            return await creating.RunAsync(await current.GetAsync(), new OrganizationId(Number), form, CancellationToken.None);
        }
#pragma warning disable CA1031 // whatever broke, it is not known whether it was created, and that is what the person must hear
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Broke(log, broken);
            return new Outcome<OrganizationId>.Unknown("The store did not answer.");
        }
    }

    [LoggerMessage(LogLevel.Error, "Creating a sub-organization broke")]
    private static partial void Broke(ILogger log, Exception broken);

    /// <summary>What is typed, as the browser's tab keeps it.</summary>
    private sealed record Draft
    {
        public Guid Uuid { get; init; }

        public string Name { get; init; } = "";

        public ChargingModel Model { get; init; } = ChargingModel.Prepaid;

        public string SubAccount { get; init; } = "";

        public ImmutableArray<string> Codes { get; init; } = [];

        public FeatureSet Features => Codes.Select(Feature.Find).OfType<Feature>().Aggregate(FeatureSet.None, (set, feature) => set.With(feature, true));
    }
}
