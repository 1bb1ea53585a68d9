using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Web;
using BillingPortal.Web.Layout;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>One organization's journal, or every journal that the person may read. Everything chosen here stands in the address.</summary>
public sealed partial class JournalPage(GetHistoryPage history, CurrentCaller current, NavigationManager navigation, ILogger<JournalPage> log)
    : ComponentBase, IDisposable
{
    private static readonly string[] Sorts = ["entry"];

    private Fetching<Outcome<HistoryPage>> _read = null!;
    private ListState _state = null!;
    private JournalForm _form = null!;
    private string _shown = "";

    /// <summary>The organization's number; absent for all.</summary>
    [Parameter]
    public long? Number { get; set; }

    [CascadingParameter]
    private ViewZone? View { get; set; }

    private string Path => Number is { } number ? $"/organizations/{number}/journal" : "/journal";

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

    private static Crumb[] Crumbs(Organization? organization) =>
        organization is null ? [] : [new("Organizations", "/"), new(organization.Name, $"/organizations/{organization.Id}")];

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
        _form = new JournalForm(key => url[key]);
    }

    private async Task<Outcome<HistoryPage>?> ReadAsync(CancellationToken cancel)
    {
        var place = new JournalPlace(_state.Rows, JournalCursor.Parse(_state.After), JournalCursor.Parse(_state.Before));
        var whose = Number is { } number ? new OrganizationId(number) : (OrganizationId?)null;
        return await history.RunAsync(await current.GetAsync(), whose, _form, place, View?.Viewer ?? TimeZoneInfo.Utc, cancel);
    }
}
