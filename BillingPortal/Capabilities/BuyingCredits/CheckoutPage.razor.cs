using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BuyingCredits;

/// <summary>Where a person pays a purchase that a program began: previewed, charged once, and then led on, with the host in view before leaving.</summary>
public sealed partial class CheckoutPage(GetCheckout get, PayingCheckout paying, CurrentCaller current, NavigationManager navigation, TimeProvider clock, ILogger<CheckoutPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<CheckoutFile>> _read = null!;
    private MoneyAct<CheckoutWish> _act = null!;
    private Preview? _booked;
    private long _card;
    private bool _looking;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>The purchase's id.</summary>
    [Parameter]
    public string Session { get; set; } = "";

    private OrganizationId Id => new(Number);

    private CheckoutFile? File => (_read.Value as Outcome<CheckoutFile>.Done)?.Value;

    /// <inheritdoc />
    public void Dispose()
    {
        _read.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _act = new(new LivePreview<CheckoutWish>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log), CommitAsync, StateHasChanged, clock, log)
        {
            WithoutEntry = true,
            OnPosted = _ => ReadAsync(),
        };
        _read = new(async cancel => await get.RunAsync(await current.GetAsync(), Id, Session, cancel), StateHasChanged, log);
        await ReadAsync();
    }

    /// <summary>Who comes back from a bank's page sees at once what it came to; the mere request for the page asks nobody.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && File?.Checkout.State is CheckoutState.AuthenticationNeeded or CheckoutState.Unknown)
        {
            await LookAsync();
        }
    }

    private static string Words(CheckoutFile file) => file.Amount.ToString(CultureInfo.CurrentCulture);

    private async Task ReadAsync()
    {
        await _read.RunAsync();
        if (File is { Checkout.State: CheckoutState.Open, Expired: false, Cards: [var first, ..] } file)
        {
            await ChooseAsync(file.Cards.Any(card => card.Id == _card) ? _card : first.Id);
        }
    }

    private Task ChooseAsync(long card)
    {
        _card = card;
        return card == 0 ? Task.CompletedTask : _act.Live.AskNowAsync(new CheckoutWish(Session, card, navigation.ToAbsoluteUri($"/organizations/{Number}/checkout/{Session}").ToString()));
    }

    private async Task LookAsync()
    {
        _looking = true;
        try
        {
            await paying.LookAsync(await current.GetAsync(), Id, Session, CancellationToken.None);
            await ReadAsync();
        }
        finally
        {
            _looking = false;
            StateHasChanged();
        }
    }

    private async Task<Outcome<Preview>> PreviewAsync(CheckoutWish wish, string key, CancellationToken cancel)
    {
        var outcome = await paying.PreviewAsync(await current.GetAsync(), Id, wish, key, cancel);
        return outcome.Then<Preview>(seen =>
        {
            _booked = seen.Booked;
            return new Outcome<Preview>.Done(seen.Claim);
        });
    }

    /// <summary>Leaving the page does not take a payment back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(CheckoutWish wish, Agreement agreement, string key) =>
        await paying.CommitAsync(await current.GetAsync(), Id, wish, agreement, key, CancellationToken.None);
}
