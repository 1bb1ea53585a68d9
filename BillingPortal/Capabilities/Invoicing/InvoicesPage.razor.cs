using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>One organization's invoices, or all that the person may see. Everything chosen here stands in the address.</summary>
public sealed partial class InvoicesPage(ListInvoices invoices, CurrentCaller current, NavigationManager navigation, ILogger<InvoicesPage> log)
    : ComponentBase, IDisposable
{
    private static readonly string[] Sorts = ["made"];

    private Fetching<Outcome<InvoiceList>> _read = null!;
    private ListState _state = null!;
    private InvoiceForm _form = null!;
    private string _shown = "";

    /// <summary>The organization's number; absent for all.</summary>
    [Parameter]
    public long? Number { get; set; }

    private string Path => Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"/organizations/{number}/invoices") : "/invoices";

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
            Understand(address);
            await _read.RunAsync();
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var address = UrlState.From(navigation).Href;
        if (address != _shown && address.Split('?')[0] == Path)
        {
            Understand(address);
            _ = InvokeAsync(_read.RunAsync);
        }
    }

    private void Understand(string address)
    {
        var url = UrlState.From(navigation);
        _shown = address;
        _state = ListState.Read(url, Sorts, descending: true);
        _form = new InvoiceForm(key => url[key]);
    }

    private async Task<Outcome<InvoiceList>?> ReadAsync(CancellationToken cancel) => await invoices.RunAsync(
        await current.GetAsync(), Number is { } number ? new OrganizationId(number) : null, _form,
        new InvoicePlace(_state.Rows, InvoiceCursor.Parse(_state.After), InvoiceCursor.Parse(_state.Before)), cancel);
}
