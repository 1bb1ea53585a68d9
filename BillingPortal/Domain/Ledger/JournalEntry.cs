using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Ledger;

/// <summary>One line of a written entry.</summary>
/// <param name="Account">Which account of the entry's organization.</param>
/// <param name="Amount">Millionths, the customer's sign.</param>
/// <param name="BalanceAfter">That account's balance after it, in millionths.</param>
public sealed record Posting(AccountKey Account, long Amount, long BalanceAfter)
{
    /// <summary>That account's balance before it.</summary>
    public long BalanceBefore => BalanceAfter - Amount;
}

/// <summary>One money event, as written. Never edited, never deleted; undone by a reversal.</summary>
public sealed record JournalEntry
{
    /// <summary>Whose.</summary>
    public required OrganizationId Organization { get; init; }

    /// <summary>Its number within the organization, from 1, without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>What kind of event.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The reason's code.</summary>
    public required string Reason { get; init; }

    /// <summary>A person's words; empty for none or erased.</summary>
    public required string Comment { get; init; }

    /// <summary>Who.</summary>
    public required Actor Actor { get; init; }

    /// <summary>What was used, for charges; empty otherwise.</summary>
    public required string Service { get; init; }

    /// <summary>How the figures came about, JSON.</summary>
    public required string Detail { get; init; }

    /// <summary>The billing period, as 202409.</summary>
    public required int Period { get; init; }

    /// <summary>When it took effect.</summary>
    public required Instant EffectiveAt { get; init; }

    /// <summary>When it was written; never before the entry before it.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>True when something with a later effect was written before it.</summary>
    public required bool Late { get; init; }

    /// <summary>The key it was asked for with; unique within the organization.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 of what was asked.</summary>
    public required Hash256 RequestHash { get; init; }

    /// <summary>The chain's hash before it.</summary>
    public required Hash256 PreviousHash { get; init; }

    /// <summary>SHA-256 over its canonical form (<see cref="Journal"/>).</summary>
    public Hash256 Hash { get; init; }

    /// <summary>The entry it undoes.</summary>
    public long? ReversesSeq { get; init; }

    /// <summary>Shared by the entries of a transfer.</summary>
    public Guid? TransferId { get; init; }

    /// <summary>What it changed on the customer's side, value held less what is owed, in millionths.</summary>
    public required long NetAmount { get; init; }

    /// <summary>The customer's side after it.</summary>
    public required long NetAfter { get; init; }

    /// <summary>Its lines, by account.</summary>
    public required ImmutableArray<Posting> Postings { get; init; }

    /// <summary>How people name it: the organization's number and its own.</summary>
    public string Name => $"{Organization}/{Seq.ToString(CultureInfo.InvariantCulture)}";
}
