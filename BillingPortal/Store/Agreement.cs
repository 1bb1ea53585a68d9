using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Store;

/// <summary>What a caller agreed to: the digest that was shown, and when. Only programs may agree to whatever comes.</summary>
/// <param name="Digest">The digest shown; null for programs.</param>
/// <param name="ShownAt">When it was shown.</param>
public readonly record struct Agreement(Digest? Digest, Instant ShownAt)
{
    /// <summary>How long a preview may be agreed to (rules §5).</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    /// <summary>For programs, which see the decision in the answer. A test proves that no page uses it.</summary>
    public static Agreement OfProgram => default;

    /// <summary>To this preview.</summary>
    public static Agreement To(Preview preview) => new(preview.Digest, preview.PreparedAt);
}

/// <summary>What would happen, as decided now without locks: the effects, the ledgers before and after, and the digest that binds a commit to them.</summary>
/// <param name="Command">The wish.</param>
/// <param name="Digest">Of the effects.</param>
/// <param name="PreparedAt">When it was decided.</param>
/// <param name="Effects">What would happen.</param>
/// <param name="Entries">The entries as they would be written now.</param>
/// <param name="Before">The ledgers now.</param>
/// <param name="After">The ledgers then.</param>
public sealed record Preview(
    MoneyCommand Command, Digest Digest, Instant PreparedAt, IReadOnlyList<Effect> Effects, IReadOnlyList<JournalEntry> Entries,
    IReadOnlyDictionary<Domain.Organizations.OrganizationId, LedgerState> Before,
    IReadOnlyDictionary<Domain.Organizations.OrganizationId, LedgerState> After)
{
    /// <summary>What the decision saw beyond the ledgers, as what was moved by hand in the last day.</summary>
    public Facts Facts { get; init; } = Facts.None;

    /// <summary>The last moment at which it can be agreed to.</summary>
    public Instant ValidUntil => PreparedAt.Plus(Agreement.Validity);

    /// <summary>True where nothing would change.</summary>
    public bool ChangesNothing => Effects.Count == 0;
}

/// <summary>What happened: the entries as written. None where nothing needed to change.</summary>
/// <param name="Entries">In order.</param>
/// <param name="Effects">Everything that was decided; empty when the answer is replayed.</param>
/// <param name="Replayed">True where the key had done it before.</param>
public sealed record Receipt(IReadOnlyList<JournalEntry> Entries, IReadOnlyList<Effect> Effects, bool Replayed);

/// <summary>
/// A program's request: its answer is kept in the same transaction as what it did and replayed for the same key (ledger.md,
/// "Idempotency"). 5xx is not kept.
/// </summary>
/// <param name="Organization">In whose name the key is kept.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null where the program sent none.</param>
/// <param name="RequestHash">SHA-256 of route and body.</param>
/// <param name="Render">Turns outcome and the ledger afterwards into the contract's status and body.</param>
public sealed record ApiRequest(long Organization, string? Key, Hash256 RequestHash, Func<Outcome<Receipt>, LedgerState?, ApiAnswer> Render)
{
    /// <summary>The answer, once the writer has run.</summary>
    public ApiAnswer? Answer { get; internal set; }
}

/// <summary>An HTTP answer.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The body, JSON.</param>
/// <param name="KeyReused">True where the key was used for another request.</param>
public sealed record ApiAnswer(int Status, string Body, bool KeyReused = false);
