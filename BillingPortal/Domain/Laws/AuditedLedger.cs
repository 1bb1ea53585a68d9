using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Laws;

/// <summary>One organization's ledger as stored, before its entries are read.</summary>
public sealed record AuditedLedger
{
    /// <summary>Whose.</summary>
    public required OrganizationId Organization { get; init; }

    /// <summary>True where the organization itself is stored.</summary>
    public bool IsKnown { get; init; }

    /// <summary>The currency that the organization keeps.</summary>
    public string Currency { get; init; } = "";

    /// <summary>The zone in which its months end.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>True where requests may go into overdraft.</summary>
    public bool AllowOverdraft { get; init; }

    /// <summary>The chain's head; null where it is missing.</summary>
    public LedgerHead? Head { get; init; }

    /// <summary>The head as last published; null where none was.</summary>
    public PublishedHead? Published { get; init; }

    /// <summary>Its accounts.</summary>
    public IReadOnlyList<AuditedAccount> Accounts { get; init; } = [];

    /// <summary>The entries that reversals name.</summary>
    public IReadOnlySet<long> Reversed { get; init; } = new HashSet<long>();
}

/// <summary>A ledger's head as stored.</summary>
/// <param name="Seq">The last entry's number.</param>
/// <param name="Hash">The last entry's hash.</param>
/// <param name="HighEffectiveAt">The latest effective time.</param>
/// <param name="LastRecordedAt">When the last entry was written.</param>
public sealed record LedgerHead(long Seq, Hash256 Hash, Instant HighEffectiveAt, Instant LastRecordedAt);

/// <summary>A ledger's head as it was when every law held.</summary>
/// <param name="Seq">The last entry's number then.</param>
/// <param name="Hash">The last entry's hash then.</param>
public sealed record PublishedHead(long Seq, Hash256 Hash);

/// <summary>An account as stored.</summary>
/// <param name="Key">Which.</param>
/// <param name="Kind">The kind stored beside the key.</param>
/// <param name="Currency">The currency stored beside it.</param>
/// <param name="Balance">Millionths.</param>
public sealed record AuditedAccount(AccountKey Key, int Kind, string Currency, long Balance);

/// <summary>An entry as stored, with what the hash does not take from it.</summary>
/// <param name="Entry">The entry with its postings.</param>
/// <param name="CommentSeal">The stored SHA-256 of the comment.</param>
/// <param name="ActorSeal">The stored SHA-256 of the actor's id.</param>
/// <param name="Computed">The hash that its stored contents give.</param>
/// <param name="Strays">Postings whose own effective time or lateness is not the entry's.</param>
public sealed record AuditedEntry(JournalEntry Entry, Hash256 CommentSeal, Hash256 ActorSeal, Hash256 Computed, IReadOnlyList<StrayPosting> Strays);

/// <summary>A posting whose copy of the entry's times differs, or that belongs to no entry.</summary>
/// <param name="Seq">The entry it names.</param>
/// <param name="Account">Its account.</param>
/// <param name="Amount">Its amount.</param>
/// <param name="EffectiveAt">Its copy of the effective time.</param>
/// <param name="Late">Its copy of the lateness.</param>
public sealed record StrayPosting(long Seq, AccountKey Account, long Amount, Instant EffectiveAt, bool Late);

/// <summary>One place where a law does not hold: exactly where, what is stored and what should be.</summary>
/// <param name="Organization">Whose ledger.</param>
/// <param name="Seq">Which entry; null where it is the ledger as a whole.</param>
/// <param name="Account">Which account, if one.</param>
/// <param name="What">Which field or thing, as it begins a sentence: "amount".</param>
/// <param name="Stored">What is stored.</param>
/// <param name="Should">What it should be.</param>
/// <param name="Certain">True where another value was found that makes the entry's hash right again.</param>
public sealed record Break(OrganizationId Organization, long? Seq, AccountKey? Account, string What, string Stored, string Should, bool Certain = false)
{
    /// <summary>A moment as text, its bare number where no calendar reaches it.</summary>
    public static string Text(Instant at) => Math.Abs(at.Micros) < 250_000_000_000_000_000
        ? at.ToString()
        : at.Micros.ToString(CultureInfo.InvariantCulture);

    /// <summary>In one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Seq is { } seq ? $"entry {Organization}/{seq}" : $"organization {Organization}")}{(Account is { } account ? $", account {account}" : "")}: {What} is stored as {Stored}, should be {Should}");
}
