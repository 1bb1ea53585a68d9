using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Reading;

/// <summary>An entry as lists show it, without its postings.</summary>
public sealed record JournalLine
{
    /// <summary>Its place in the order of journals.</summary>
    public required JournalCursor Cursor { get; init; }

    /// <summary>Whose.</summary>
    public OrganizationId Organization => Cursor.Organization;

    /// <summary>Its number.</summary>
    public long Seq => Cursor.Seq;

    /// <summary>When it was written.</summary>
    public Instant RecordedAt => Cursor.RecordedAt;

    /// <summary>The organization's name.</summary>
    public required string OrganizationName { get; init; }

    /// <summary>What kind of event.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The reason's code.</summary>
    public required string Reason { get; init; }

    /// <summary>A person's words.</summary>
    public required string Comment { get; init; }

    /// <summary>Who.</summary>
    public required Actor Actor { get; init; }

    /// <summary>What was used; empty where nothing was.</summary>
    public required string Service { get; init; }

    /// <summary>The billing period, as 202409.</summary>
    public required int Period { get; init; }

    /// <summary>When it took effect.</summary>
    public required Instant EffectiveAt { get; init; }

    /// <summary>True when something with a later effect was written before it.</summary>
    public required bool Late { get; init; }

    /// <summary>The entry it undoes.</summary>
    public required long? ReversesSeq { get; init; }

    /// <summary>The entry that undid it.</summary>
    public required long? ReversedBySeq { get; init; }

    /// <summary>What it changed on the customer's side.</summary>
    public required Money Amount { get; init; }

    /// <summary>The customer's side after it: the running balance.</summary>
    public required Money After { get; init; }

    /// <summary>Who used it, where this ledger paid for somebody else; null for its own.</summary>
    public OrganizationId? Consumer { get; init; }

    /// <summary>Its hash.</summary>
    public required Hash256 Hash { get; init; }
}

/// <summary>A page of a journal, newest first.</summary>
/// <param name="Lines">The entries.</param>
/// <param name="HasNewer">True where newer entries stand before the first.</param>
/// <param name="HasOlder">True where older entries follow the last.</param>
public sealed record JournalPageLines(ImmutableArray<JournalLine> Lines, bool HasNewer, bool HasOlder);
