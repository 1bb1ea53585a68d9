using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>What its parent's balance paid for an organization, as its own people may see it. The page stands in the address.</summary>
public sealed partial class PaidChargesPage(GetPaidCharges charges, CurrentCaller current, NavigationManager navigation, ILogger<PaidChargesPage> log)
    : ComponentBase, IDisposable
{
    private static readonly string[] Sorts = ["recorded"];

    private Fetching<Outcome<PaidChargesView>> _read = null!;
    private ListState _state = null!;
    private string _shown = "";

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private string Path => $"/organizations/{Number}/paid-charges";

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

    private static string WhatOf(PaidCharge charge) => charge.Kind switch
    {
        EntryKind.Charge => "Charge",
        EntryKind.ChargeCredit => "Given back: delivered again with less",
        _ => "A charge was undone",
    };

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var address = UrlState.From(navigation).Href;
        if (address != _shown && address.Split('?')[0] == Path)
        {
            Understand(address);
            _ = InvokeAsync(_read.RunAsync);
        }
    }

    private void Understand(string address) => (_shown, _state) = (address, ListState.Read(UrlState.From(navigation), Sorts, descending: true));

    private async Task<Outcome<PaidChargesView>?> ReadAsync(CancellationToken cancel) => await charges.RunAsync(await current.GetAsync(), new OrganizationId(Number),
        new JournalPlace(_state.Rows, JournalCursor.Parse(_state.After), JournalCursor.Parse(_state.Before)), cancel);
}
