using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Reading;

/// <summary>What a statement is of: the entries that took effect in a range of moments, as far as they were written up to one entry.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="From">The first moment.</param>
/// <param name="Until">The first moment after.</param>
/// <param name="Through">The last entry that counts. What is written later never changes a statement that names it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StatementRange(OrganizationId Organization, Instant From, Instant Until, long Through);

/// <summary>An account's part in a statement, in millionths.</summary>
/// <param name="Account">Which; of the customer's side.</param>
/// <param name="Opening">Its balance at the beginning.</param>
/// <param name="In">What was added.</param>
/// <param name="Out">What was taken, zero or negative.</param>
public sealed record StatementAccount(AccountKey Account, long Opening, long In, long Out)
{
    /// <summary>Its balance at the end.</summary>
    public long Closing => Opening + In + Out;
}

/// <summary>An entry's place in a statement: in the order of effect.</summary>
/// <param name="EffectiveAt">When it took effect.</param>
/// <param name="Seq">Its number.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StatementCursor(Instant EffectiveAt, long Seq)
{
    /// <summary>As addresses carry it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{EffectiveAt.Micros}.{Seq}");

    /// <summary>The cursor that <paramref name="text"/> is, or null where it is none.</summary>
    public static StatementCursor? Parse(string? text) =>
        text?.Split('.') is [var time, var number]
        && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? new(new Instant(micros), seq) : null;
}

/// <summary>One account's change within an entry of a statement.</summary>
/// <param name="Account">Which; of the customer's side.</param>
/// <param name="Amount">Millionths, the customer's sign.</param>
/// <param name="Balance">That account's balance after it in the order of effect, which late entries make another than the journal's own.</param>
public sealed record StatementPosting(AccountKey Account, long Amount, long Balance);

/// <summary>One entry of a statement.</summary>
public sealed record StatementLine
{
    /// <summary>Its place.</summary>
    public required StatementCursor Cursor { get; init; }

    /// <summary>When it was written.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>What kind of event.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The reason's code.</summary>
    public required string Reason { get; init; }

    /// <summary>What was used; empty where nothing was.</summary>
    public required string Service { get; init; }

    /// <summary>Who used it, where this ledger paid for somebody else.</summary>
    public OrganizationId? Consumer { get; init; }

    /// <summary>The billing period, as 202409.</summary>
    public required int Period { get; init; }

    /// <summary>The entry it undoes.</summary>
    public required long? ReversesSeq { get; init; }

    /// <summary>Its hash.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>What it changed on the customer's side, account by account; empty where it passed by the customer's accounts.</summary>
    public ImmutableArray<StatementPosting> Postings { get; init; } = [];

    /// <summary>The customer's side after it, value held less what is owed, in millionths.</summary>
    public long NetAfter { get; init; }

    /// <summary>What it changed on the customer's side.</summary>
    public long NetAmount => Postings.Sum(posting => posting.Amount);
}
