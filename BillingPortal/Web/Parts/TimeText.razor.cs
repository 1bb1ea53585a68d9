using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Parts;

/// <summary>A moment in a named zone. Hovering shows it to the second, with the zone, whatever its form.</summary>
public sealed partial class TimeText : ComponentBase
{
    private string _text = "", _title = "";
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>The moment.</summary>
    [Parameter, EditorRequired]
    public Instant At { get; set; }

    /// <summary>The zone; where absent, the page's.</summary>
    [Parameter]
    public TimeZoneInfo? Zone { get; set; }

    /// <summary>How much of it is shown.</summary>
    [Parameter]
    public TimeForm Form { get; set; } = TimeForm.Minute;

    /// <summary>True where the zone's name follows; otherwise the column's head or the page names it.</summary>
    [Parameter]
    public bool Named { get; set; }

    [CascadingParameter]
    private ViewZone? View { get; set; }

    /// <summary>The moment as text of this form, in English words, for places that take no markup.</summary>
    public static string Write(Instant at, TimeZoneInfo zone, TimeForm form) =>
        TimeZoneInfo.ConvertTime(at.ToUtc(), zone).ToString(
            form switch
            {
                TimeForm.Date => "d MMM yyyy",
                TimeForm.Second => "d MMM yyyy HH:mm:ss",
                TimeForm.Compact => "d MMM HH:mm",
                _ => "d MMM yyyy HH:mm",
            },
            CultureInfo.InvariantCulture);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _zone = Zone ?? View?.Current ?? TimeZoneInfo.Utc;
        _text = Write(At, _zone, Form);
        _title = Absolute(At, _zone);
    }

    internal static string Absolute(Instant at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at.ToUtc(), zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " " + ViewZone.NameOf(zone);
}

/// <summary>How much of a moment is shown.</summary>
public enum TimeForm
{
    /// <summary>20 Nov 2026 09:52.</summary>
    Minute,

    /// <summary>20 Nov 2026 09:52:06, for receipts and the journal.</summary>
    Second,

    /// <summary>20 Nov 09:52, for lists of this year.</summary>
    Compact,

    /// <summary>20 Nov 2026.</summary>
    Date,
}
