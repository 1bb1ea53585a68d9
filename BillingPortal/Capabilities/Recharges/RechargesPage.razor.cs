using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>An organization's recharges side by side, each with its cause. Everything chosen here stands in the address.</summary>
public sealed partial class RechargesPage(ListRecharges recharges, CurrentCaller current, NavigationManager navigation, ILogger<RechargesPage> log)
    : ComponentBase, IDisposable
{
    private static readonly string[] Sorts = ["number"];

    private Fetching<Outcome<RechargeList>> _read = null!;
    private ListState _state = null!;
    private RechargeForm _form = null!;
    private string _shown = "";

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private string Path => string.Create(CultureInfo.InvariantCulture, $"/organizations/{Number}/recharges");

    /// <inheritdoc />
    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _read.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        navigation.LocationChanged += Moved;
        _read = new(ReadAsync, StateHasChanged, log);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (UrlState.From(navigation).Href is var address && address != _shown)
        {
            _shown = address;
            Understand();
            await _read.RunAsync();
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var url = UrlState.From(navigation);
        if (url.Href != _shown && url.Href.Split('?')[0] == Path)
        {
            _shown = url.Href;
            Understand();
            _ = InvokeAsync(_read.RunAsync);
        }
    }

    private void Understand()
    {
        var url = UrlState.From(navigation);
        _state = ListState.Read(url, Sorts, descending: true);
        _form = new RechargeForm(key => url[key]);
    }

    private async Task<Outcome<RechargeList>?> ReadAsync(CancellationToken cancel) =>
        await recharges.RunAsync(await current.GetAsync(), new OrganizationId(Number), _form, _state.Rows, Key(_state.After), Key(_state.Before), cancel);

    private static long? Key(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
