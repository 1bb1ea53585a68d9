using System.Collections.Immutable;
using BillingPortal.Web.Parts;

namespace BillingPortal.Web.Searching;

/// <summary>Something that the search box searches: pages, organizations, actions. Each room registers its own; all are asked at once.</summary>
public interface ISearchSource
{
    /// <summary>Where its groups stand among the others; smallest first.</summary>
    int Order { get; }

    /// <summary>
    /// What matches, best first, only what this person may see. A few hits for each group: a list is for looking at, not for paging.
    /// </summary>
    /// <param name="text">What was typed, trimmed, not empty.</param>
    /// <param name="cancel">Cancelled as soon as something else is typed.</param>
    Task<ImmutableArray<SearchGroup>> FindAsync(string text, CancellationToken cancel);
}

/// <summary>Hits of one kind under a heading.</summary>
/// <param name="Title">The heading, as in "Organizations" or "Actions on Acme Robotics".</param>
/// <param name="Hits">What was found.</param>
public sealed record SearchGroup(string Title, ImmutableArray<SearchHit> Hits);

/// <summary>One thing found.</summary>
/// <param name="Icon">Its picture.</param>
/// <param name="Title">Its name; what was typed is marked in it.</param>
/// <param name="Detail">More to tell it by: number, slug, parent, or the permission that is missing.</param>
/// <param name="End">A word or figure at the far end.</param>
/// <param name="Href">Where it leads.</param>
public sealed record SearchHit(Glyph Icon, string Title, string? Detail, string? End, string Href);
