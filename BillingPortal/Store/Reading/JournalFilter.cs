using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Store.Reading;

/// <summary>Which of an entry's two times is meant.</summary>
public enum EntryTime
{
    /// <summary>When it took effect.</summary>
    Effective,

    /// <summary>When it was written.</summary>
    Recorded,
}

/// <summary>Which entries are wanted. Null asks for nothing; the default is every entry.</summary>
public sealed record JournalFilter
{
    /// <summary>Every entry.</summary>
    public static readonly JournalFilter None = new();

    /// <summary>Of this kind.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>For the reason with this code.</summary>
    public string? Reason { get; init; }

    /// <summary>Whose service contains this text, small and capital letters alike.</summary>
    public string? Service { get; init; }

    /// <summary>By one of these actors, by id; an empty list is nobody.</summary>
    public ImmutableArray<string>? Actors { get; init; }

    /// <summary>Which time <see cref="From"/> and <see cref="Until"/> are about.</summary>
    public EntryTime By { get; init; }

    /// <summary>At this moment or after it.</summary>
    public Instant? From { get; init; }

    /// <summary>Before this moment.</summary>
    public Instant? Until { get; init; }

    /// <summary>Changing value by at least so many millionths, either way.</summary>
    public long? AtLeast { get; init; }

    /// <summary>Changing value by at most so many millionths, either way.</summary>
    public long? AtMost { get; init; }

    /// <summary>True where every entry is wanted.</summary>
    public bool IsEmpty => (this with { By = None.By }).Equals(None);
}
