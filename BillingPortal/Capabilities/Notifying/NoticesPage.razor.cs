using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Web;
using BillingPortal.Web.Layout;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>All notifications that the person may see. Everything chosen here stands in the address.</summary>
public sealed partial class NoticesPage(
    ListNotices notices, MarkNoticesRead reading, NoticesSeen seen, CurrentCaller current, MaySee maySee, NavigationManager navigation,
    ILogger<NoticesPage> log) : ComponentBase, IDisposable
{
    private static readonly string[] Sorts = ["newest"], Filters = ["unread", "kind", "organization"];

    private Fetching<NoticeList> _list = null!;
    private ListState _state = null!;
    private NoticeFilter _filter = new();
    private Predicate<Permission> _may = _ => false;
    private string _said = "";

    [Inject]
    private IHostEnvironment Environment { get; set; } = default!;

    /// <inheritdoc />
    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        seen.Changed -= Marked;
        _list.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        seen.Changed += Marked;
        _list = new(ReadListAsync, StateHasChanged, log);
        Understand();
        _may = await maySee() ?? _may;
        await _list.RunAsync();
    }

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        if (UrlState.From(navigation).At("/notifications").Href == UrlState.From(navigation).Href)
        {
            _said = "";
            Understand();
            _ = InvokeAsync(_list.RunAsync);
        }
    }

    private void Marked(object? sender, EventArgs e) => _ = InvokeAsync(_list.RunAsync);

    /// <summary>A word that means nothing is passed over.</summary>
    private void Understand()
    {
        var url = UrlState.From(navigation);
        _state = ListState.Read(url, Sorts, descending: true);
        _filter = new NoticeFilter(
            url["unread"] == "1",
            NoticeKind.Names.Any(line => line.Kind == url["kind"]) ? url["kind"] : null,
            Number(url["organization"]));
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task<NoticeList?> ReadListAsync(CancellationToken cancel)
    {
        var place = new NoticePlace(_state.Rows, Number(_state.After), Number(_state.Before));
        return await notices.RunAsync(await current.GetAsync(), _filter, place, cancel) is Outcome<NoticeList>.Done(var list) ? list : null;
    }

    private async Task ReadAsync(NoticeLine line)
    {
        await reading.OneAsync(await current.GetAsync(), line.Id, CancellationToken.None);
        _said = $"{line.Title}: read";
        seen.Tell();
    }

    /// <summary>All up to the newest that there was when this list was read, of whatever filter.</summary>
    private async Task ReadAllAsync()
    {
        var caller = await current.GetAsync();
        if (await notices.RunAsync(caller, new NoticeFilter(), new NoticePlace(1), CancellationToken.None) is Outcome<NoticeList>.Done { Value.Lines: [var newest] })
        {
            await reading.AllAsync(caller, newest.Id, CancellationToken.None);
        }

        _said = "All notifications are read";
        seen.Tell();
    }
}
