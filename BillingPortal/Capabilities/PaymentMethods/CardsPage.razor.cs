using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>An organization's cards: what may be known of them, which one recharges charge, what failed; added at the provider, chosen and removed after asking.</summary>
public sealed partial class CardsPage(
    ListCards list, AddingCard adding, ChangingCard changing, CurrentCaller current, NavigationManager navigation, ILogger<CardsPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<OrganizationCards>> _read = null!;
    private Asked? _asked;
    private ElementReference _confirm;
    private OutcomeText? _words;
    private string? _receipt;
    private bool _choose, _focusConfirm;
    private long? _shown;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>A page of the portal that was left for a card, and to which the new one leads back.</summary>
    [SupplyParameterFromQuery(Name = "returnTo")]
    public string? ReturnTo { get; set; }

    private OrganizationId Id => new(Number);

    private string? Back => ReturnAddress.Find(ReturnTo);

    /// <inheritdoc />
    public void Dispose() => _read.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _read = new(async cancel => await list.RunAsync(await current.GetAsync(), Id, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Number)
        {
            (_shown, _asked, _words, _receipt) = (Number, null, null, null);
            await _read.RunAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusConfirm)
        {
            _focusConfirm = false;
            await _confirm.FocusAsync();
        }
    }

    private static string TitleOf(CardLine card, CardAct act) => act == CardAct.Choose ? $"Charge {card.Name}?" : $"Remove {card.Name}?";

    private static string ButtonOf(CardLine card, CardAct act) => act == CardAct.Choose ? $"Charge {card.Name} from now on" : $"Remove {card.Name}";

    /// <summary>Goes to the provider's page, which comes back to the return page.</summary>
    private async Task AddAsync()
    {
        // Whoever comes from another page came for a card that is charged.
        var back = new UriBuilder(navigation.ToAbsoluteUri($"/organizations/{Number}/cards/return")) { Query = Back is { } from ? $"choose=true&returnTo={Uri.EscapeDataString(from)}" : _choose ? "choose=true" : "" }.Uri;
        var outcome = await adding.BeginAsync(await current.GetAsync(), Id, back, CancellationToken.None);
        _words = OutcomeText.Of(outcome, "No card was added.");
        if (outcome is Outcome<Uri>.Done { Value: var page })
        {
            navigation.NavigateTo(page.ToString(), forceLoad: true);
        }
    }

    /// <summary>Asks what the act would come to, and shows it.</summary>
    private async Task AskAsync((CardLine Card, CardAct Act) wish)
    {
        var key = $"card:{Guid.NewGuid():N}";
        var outcome = await changing.PreviewAsync(await current.GetAsync(), Id, wish.Card.Id, wish.Act, key, CancellationToken.None);
        (_receipt, _words) = (null, OutcomeText.Of(outcome, "Nothing was changed."));
        _asked = outcome is Outcome<Preview>.Done { Value: var preview } ? new Asked(wish.Card, wish.Act, preview, key) : null;
        _focusConfirm = _asked is not null;
    }

    /// <summary>Does what was shown. Where something else would come of it by now, that is shown in its place.</summary>
    private async Task CommitAsync()
    {
        if (_asked is not { } asked)
        {
            return;
        }

        _asked = null;
        var outcome = await changing.CommitAsync(await current.GetAsync(), Id, asked.Card.Id, asked.Act, Agreement.To(asked.Preview), asked.Key, CancellationToken.None);
        if (outcome is Outcome<Receipt>.Stale)
        {
            await AskAsync((asked.Card, asked.Act));
        }

        _words ??= OutcomeText.Of(outcome, "Nothing was changed.");
        if (outcome is Outcome<Receipt>.Done)
        {
            _receipt = asked.Act == CardAct.Remove ? $"Removed {asked.Card.Name}" : $"Recharges charge {asked.Card.Name} from now on";
            await _read.RunAsync();
        }
    }

    private sealed record Asked(CardLine Card, CardAct Act, Preview Preview, string Key);
}
