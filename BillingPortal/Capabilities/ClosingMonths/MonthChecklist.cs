using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>What should be looked at before a month is closed, and after.</summary>
/// <param name="Period">The month.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Items">In the page's order.</param>
public sealed record MonthChecklist(BillingPeriod Period, Instant At, ImmutableArray<ChecklistItem> Items);

/// <summary>One thing to look at.</summary>
/// <param name="Title">What.</param>
/// <param name="Look">How it stands.</param>
/// <param name="Text">In words.</param>
public sealed record ChecklistItem(string Title, ChecklistLook Look, string Text)
{
    /// <summary>The first organizations that it concerns.</summary>
    public ImmutableArray<(long Id, string Name)> Some { get; init; } = [];

    /// <summary>Where those organizations are mended, below their own page; empty for that page itself.</summary>
    public string End { get; init; } = "";
}

/// <summary>How it stands.</summary>
public enum ChecklistLook
{
    /// <summary>In order.</summary>
    Good,

    /// <summary>Somebody should look; the month can be closed all the same.</summary>
    Look,

    /// <summary>It keeps the month of some organizations from being closed, or the books from being trusted.</summary>
    Mend,
}
