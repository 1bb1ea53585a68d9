using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Web.Layout;

/// <summary>The pages, grouped; on narrow screens a popover. Only what this person may see.</summary>
public sealed partial class SideBar(NavigationManager navigation, Navigation pages) : ComponentBase, IDisposable
{
    private ImmutableArray<NavigationGroup> _groups = [];
    private string _path = "/";

    /// <inheritdoc />
    public void Dispose() => navigation.LocationChanged -= Moved;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        _path = PathOf(navigation.Uri);
        _groups = await pages.VisibleAsync();
    }

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        _path = PathOf(e.Location);
        _ = InvokeAsync(StateHasChanged);
    }

    private string PathOf(string uri) => "/" + navigation.ToBaseRelativePath(uri).Split('?', '#')[0];
}
