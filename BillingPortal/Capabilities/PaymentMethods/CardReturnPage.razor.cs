using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>
/// Where the provider's page comes back to. The card is entered once the circuit is up, never by the mere request for the page; loading it again
/// enters nothing twice.
/// </summary>
public sealed partial class CardReturnPage(ListCards list, AddingCard adding, CurrentCaller current, NavigationManager navigation, ILogger<CardReturnPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<OrganizationCards>> _read = null!;
    private AddedCard? _added;
    private OutcomeText? _words;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>The provider's id of the setup; absent where its page was left.</summary>
    [SupplyParameterFromQuery(Name = "setup")]
    public string? Setup { get; set; }

    /// <summary>True where recharges are to charge the new card in any case.</summary>
    [SupplyParameterFromQuery(Name = "choose")]
    public bool Choose { get; set; }

    /// <summary>A page of the portal that was left for the card.</summary>
    [SupplyParameterFromQuery(Name = "returnTo")]
    public string? ReturnTo { get; set; }

    private string? Back => ReturnAddress.Find(ReturnTo);

    /// <inheritdoc />
    public void Dispose() => _read.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        _read = new(async cancel => await list.RunAsync(await current.GetAsync(), new OrganizationId(Number), cancel), StateHasChanged, log);
        return _read.RunAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await FinishAsync();
            StateHasChanged();
        }
    }

    private async Task FinishAsync()
    {
        var outcome = await adding.FinishAsync(await current.GetAsync(), new OrganizationId(Number), Setup, Choose, CancellationToken.None);
        _words = OutcomeText.Of(outcome, "No card was added.");
        _added = (outcome as Outcome<AddedCard>.Done)?.Value;
        if (_added is { GoesOn: false } && Back is { } from)
        {
            // A recharge that goes on is said here first.
            navigation.NavigateTo(from, replace: true);
        }
    }
}
