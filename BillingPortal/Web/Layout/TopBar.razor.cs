using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Layout;

/// <summary>Brand, search, the zone of the times in sight, keys, what rooms put here, theme and the person's own menu.</summary>
public sealed partial class TopBar : ComponentBase, IDisposable
{
    [Inject]
    private IEnumerable<TopBarPart> Parts { get; set; } = [];

    [CascadingParameter]
    private ViewZone? View { get; set; }

    private string ZoneName => ViewZone.NameOf(View?.Current ?? TimeZoneInfo.Utc);

    /// <inheritdoc />
    public void Dispose()
    {
        if (View is not null)
        {
            View.Changed -= Refresh;
        }
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        if (View is not null)
        {
            View.Changed += Refresh;
        }
    }

    /// <summary>A page settles its zone while it is drawn, when the bar may not draw itself; so on the next turn.</summary>
    private void Refresh(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}

/// <summary>Something that a room shows on every page: each registers its own.</summary>
/// <param name="Face">A component without parameters.</param>
public sealed record TopBarPart([property: System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.All)] Type Face);
