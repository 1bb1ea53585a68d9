using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Notifications;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>In Development: the mails that would have been sent. Elsewhere there is no such page.</summary>
public sealed partial class MailPage(ReadMailFolder mails, CurrentCaller current, NavigationManager navigation, ILogger<MailPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<IReadOnlyList<FolderMail>>> _read = null!;
    private long? _chosen;

    /// <inheritdoc />
    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _read.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        _read = new(async cancel => await mails.RunAsync(await current.GetAsync(), cancel), StateHasChanged, log);
        if (!mails.IsThere)
        {
            navigation.NotFound();
            return;
        }

        Understand();
        await _read.RunAsync();
    }

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        Understand();
        _ = InvokeAsync(_read.RunAsync);
    }

    private void Understand() =>
        _chosen = long.TryParse(UrlState.From(navigation)["mail"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
