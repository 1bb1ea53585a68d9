namespace BillingPortal.Capabilities.Notifying;

/// <summary>Within one circuit: what the page marks as read, the bell counts no more, and the other way round.</summary>
public sealed class NoticesSeen
{
    /// <summary>Raised when something was marked.</summary>
    public event EventHandler? Changed;

    /// <summary>Says so.</summary>
    public void Tell() => Changed?.Invoke(this, EventArgs.Empty);
}
