namespace BillingPortal.Web.Layout;

/// <summary>
/// The time zone of the times in sight: an organization's on its pages, the viewer's elsewhere. The viewer's is what the browser
/// said (cookie <c>bp-zone</c>), UTC until it has.
/// </summary>
public sealed class ViewZone
{
    /// <summary>Begins with the viewer's zone by its IANA name; an unknown name is UTC.</summary>
    public ViewZone(string? viewer)
    {
        Viewer = viewer is not null && TimeZoneInfo.TryFindSystemTimeZoneById(viewer, out var zone) ? zone : TimeZoneInfo.Utc;
        Current = Viewer;
    }

    /// <summary>The viewer's own zone.</summary>
    public TimeZoneInfo Viewer { get; }

    /// <summary>The zone of the page in sight.</summary>
    public TimeZoneInfo Current { get; private set; }

    /// <summary>Raised when another page brings another zone.</summary>
    public event EventHandler? Changed;

    /// <summary>Shows times in <paramref name="zone"/>, or in the viewer's where it is null.</summary>
    public void Show(TimeZoneInfo? zone)
    {
        var next = zone ?? Viewer;
        if (!next.Equals(Current))
        {
            Current = next;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>A zone's name as people write it: "UTC", "Europe/Berlin".</summary>
    public static string NameOf(TimeZoneInfo zone) => zone.Id is "Etc/UTC" or "UTC" ? "UTC" : zone.Id;
}
