using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>The organizations directly below a reseller, part by part; sort and place stand in the address.</summary>
public sealed partial class SubOrganizationsPanel(ListOrganizations organizations, CurrentCaller current, NavigationManager navigation, ILogger<SubOrganizationsPanel> log)
    : ComponentBase, IDisposable
{
    private static readonly string[] Sorts = ["name", "balance"];
    private Fetching<OrganizationList> _list = null!;
    private ListState _state = null!;
    private (long Organization, string Href) _read;

    /// <summary>The reseller.</summary>
    [Parameter, EditorRequired]
    public OrganizationOverview Seen { get; set; } = default!;

    /// <inheritdoc />
    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _list.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        navigation.LocationChanged += Moved;
        _list = new(ReadAsync, StateHasChanged, log);
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => ReadIfOtherAsync();

    private void Moved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(ReadIfOtherAsync);

    private async Task ReadIfOtherAsync()
    {
        var url = UrlState.From(navigation);
        if (_read != (Seen.Organization.Id, url.Href))
        {
            _read = (Seen.Organization.Id, url.Href);
            _state = ListState.Read(url, Sorts);
            await _list.RunAsync();
        }
    }

    private async Task<OrganizationList?> ReadAsync(CancellationToken cancel)
    {
        var question = OverviewQuestion.Read(_ => null, _state.Sort, _state.Descending, _state.Rows, _state.After, _state.Before);
        var month = OverviewQuestion.ReadMonth(UrlState.From(navigation)["month"]);
        return await organizations.RunAsync(await current.GetAsync(), new() { Parent = Seen.Organization.Id }, question.Part with { Month = month }, cancel)
            is Outcome<OrganizationList>.Done { Value: { Rows.Count: > 0 } list } ? list : null;
    }

    private static bool Owes(ListedOrganization row) => row.Model == ChargingModel.Postpaid || !row.Owed.IsZero;

    private static string MonthOf(OrganizationList list) => list.Rows[0].Month.ToString(CultureInfo.InvariantCulture);
}
