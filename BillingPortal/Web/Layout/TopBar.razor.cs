using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Layout;

/// <summary>Brand, search, the zone of the times in sight, keys, theme and the person's own menu.</summary>
public sealed partial class TopBar : ComponentBase, IDisposable
{
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
