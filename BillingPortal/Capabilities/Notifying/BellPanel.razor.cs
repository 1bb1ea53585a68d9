using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>
/// The bell in the top bar: how many notifications are unread, and the latest of them. The browser has it count again every half minute
/// while the page is in sight; another page does too, at most every five seconds.
/// </summary>
public sealed partial class BellPanel(
    CountUnreadNotices counting, ListNotices notices, MarkNoticesRead reading, NoticesSeen seen, CurrentCaller current,
    NavigationManager navigation, IJSRuntime browser, TimeProvider clock, ILogger<BellPanel> log) : ComponentBase, IDisposable
{
    private const int Latest = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _gone = new();
    private Fetching<IReadOnlyList<NoticeLine>> _latest = null!;
    private DotNetObjectReference<BellPanel>? _watch;
    private Instant _countedAt;
    private string _news = "";
    private bool _here, _counting;
    private int? _counted;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    private int Unread => _counted ?? 0;

    private string Figure => Unread < CountUnreadNotices.Enough ? Unread.ToString(CultureInfo.InvariantCulture) : "99+";

    private string Label => Unread == 0 ? "Notifications" : $"Notifications, {Figure} unread";

    /// <summary>Counts again. A count that fails is left out: the bell is on every page, and none of them should fail for it.</summary>
    [JSInvokable]
    public async Task LookAsync()
    {
        if (_counting || _gone.IsCancellationRequested)
        {
            return;
        }

        (_counting, _countedAt) = (true, Instant.Now(clock));
        try
        {
            var now = await counting.RunAsync(await current.GetAsync(), _gone.Token);
            _news = now > _counted ? $"A new notification; {now} unread" : "";
            _counted = now;
            StateHasChanged();
        }
#pragma warning disable CA1031 // see above
        catch (Exception broken)
#pragma warning restore CA1031
        {
            NotCounted(log, _gone.IsCancellationRequested ? LogLevel.Debug : LogLevel.Warning, broken);
        }
        finally
        {
            _counting = false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        seen.Changed -= Marked;
        _gone.Cancel();
        _gone.Dispose();
        _latest.Dispose();
        _watch?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        seen.Changed += Marked;
        _latest = new(async cancel => await notices.LatestAsync(await current.GetAsync(), Latest, cancel), StateHasChanged, log);
        _here = Authentication is not null && (await Authentication).User.Identity?.IsAuthenticated == true;
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_here && _watch is null)
        {
            _watch = DotNetObjectReference.Create(this);
            await browser.InvokeVoidAsync("portal.watch", _watch);
            await LookAsync();
        }
    }

    private Task OpenAsync() => Task.WhenAll(_latest.RunAsync(), LookAsync());

    private async Task ReadAsync(NoticeLine line)
    {
        await reading.OneAsync(await current.GetAsync(), line.Id, CancellationToken.None);
        seen.Tell();
    }

    /// <summary>The button goes with what was unread; the focus goes to the list's name.</summary>
    private async Task ReadAllAsync()
    {
        await reading.AllAsync(await current.GetAsync(), _latest.Value!.Max(line => line.Id), CancellationToken.None);
        seen.Tell();
        await browser.InvokeVoidAsync("portal.focus", "#bell-t");
    }

    private void Marked(object? sender, EventArgs e) => _ = InvokeAsync(OpenAsync);

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        if (_watch is not null && _countedAt.Plus(Pause) <= Instant.Now(clock))
        {
            _ = InvokeAsync(LookAsync);
        }
    }

    [LoggerMessage(EventId = 1611, Message = "Unread notifications could not be counted")]
    private static partial void NotCounted(ILogger log, LogLevel level, Exception broken);
}
