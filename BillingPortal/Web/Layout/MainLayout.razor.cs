using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace BillingPortal.Web.Layout;

/// <summary>
/// The frame of every page but sign-in: top bar, navigation, the page, and the dialogs that keys open. Another page takes the focus to
/// its heading; another sort, filter or page of a list leaves it where it is, and so does the first load, which begins at the skip link.
/// </summary>
public sealed partial class MainLayout(NavigationManager navigation, IJSRuntime browser) : LayoutComponentBase, IDisposable
{
    private ErrorBoundary? _boundary;
    private string _path = "";
    private bool _arrived;

    /// <summary>The page's own path: with a base address, a bare fragment would lead home.</summary>
    private string Here => navigation.Uri.Split('#')[0];

    /// <inheritdoc />
    public void Dispose() => navigation.LocationChanged -= Moved;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _path = PathOf(navigation.Uri);
        navigation.LocationChanged += Moved;
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_arrived)
        {
            _arrived = false;
            await browser.InvokeVoidAsync("portal.focusHeading");
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        Recover();
        var path = PathOf(e.Location);
        if (path != _path)
        {
            (_path, _arrived) = (path, true);
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private void Recover() => _boundary?.Recover();

    private string PathOf(string uri) => navigation.ToBaseRelativePath(uri).Split('?', '#')[0];
}
