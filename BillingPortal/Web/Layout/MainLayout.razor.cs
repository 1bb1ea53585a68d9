using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace BillingPortal.Web.Layout;

/// <summary>The frame of every page but sign-in: top bar, navigation, the page, and the dialogs that keys open.</summary>
public sealed partial class MainLayout(NavigationManager navigation) : LayoutComponentBase, IDisposable
{
    private ErrorBoundary? _boundary;

    /// <summary>The page's own path: with a base address, a bare fragment would lead home.</summary>
    private string Here => navigation.Uri.Split('#')[0];

    /// <inheritdoc />
    public void Dispose() => navigation.LocationChanged -= Moved;

    /// <inheritdoc />
    protected override void OnInitialized() => navigation.LocationChanged += Moved;

    private void Moved(object? sender, LocationChangedEventArgs e) => Recover();

    private void Recover() => _boundary?.Recover();
}
