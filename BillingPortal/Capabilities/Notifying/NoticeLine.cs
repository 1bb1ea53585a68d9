namespace BillingPortal.Capabilities.Notifying;

/// <summary>A notification as a person sees it.</summary>
public sealed record NoticeLine
{
    /// <summary>Its number; newer ones have larger numbers.</summary>
    public long Id { get; init; }

    /// <summary>When, UTC microseconds.</summary>
    public long At { get; init; }

    /// <summary>The organization's number.</summary>
    public long Organization { get; init; }

    /// <summary>The organization's name.</summary>
    public string OrganizationName { get; init; } = "";

    /// <summary>A word of <see cref="Domain.Billing.NoticeKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>One line.</summary>
    public string Title { get; init; } = "";

    /// <summary>What happened and what to do.</summary>
    public string Text { get; init; } = "";

    /// <summary>The page about its cause, as it is stored.</summary>
    public string Link { get; init; } = "";

    /// <summary>True until the person has read it.</summary>
    public bool Unread { get; init; }

    /// <summary>What happened, with the organization where the title does not name it.</summary>
    public string Detail => Title.Contains(OrganizationName, StringComparison.OrdinalIgnoreCase) ? Text : $"{OrganizationName}: {Text}";

    /// <summary>Where it leads: always a path of this portal.</summary>
    public string Href => NoticeLink.Of(Link, Organization);
}

/// <summary>Which notifications of those a person may see. What is null lets everything through.</summary>
/// <param name="UnreadOnly">True for those not read yet.</param>
/// <param name="Kind">Of this kind.</param>
/// <param name="Organization">Of the organization with this number.</param>
public sealed record NoticeFilter(bool UnreadOnly = false, string? Kind = null, long? Organization = null);

/// <summary>Which part of a list, newest first. Parts go by number.</summary>
/// <param name="Rows">How many at most.</param>
/// <param name="After">Older than this one.</param>
/// <param name="Before">Newer than this one; wins.</param>
public sealed record NoticePlace(int Rows, long? After = null, long? Before = null);

/// <summary>A part of a list.</summary>
/// <param name="Lines">Newest first.</param>
/// <param name="HasNewer">True where newer ones come before it.</param>
/// <param name="HasOlder">True where older ones follow.</param>
/// <param name="Counted">How many match, counted up to 1,001.</param>
/// <param name="OrganizationName">The name of the organization asked for, where the person may know it.</param>
public sealed record NoticeList(IReadOnlyList<NoticeLine> Lines, bool HasNewer, bool HasOlder, int Counted, string? OrganizationName);
