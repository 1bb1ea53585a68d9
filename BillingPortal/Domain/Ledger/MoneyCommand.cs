using System.Collections.Immutable;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Ledger;

/// <summary>
/// A wish about money. It says which organizations it touches, which further facts it must see, and decides, purely, what
/// would happen. Preview and commit run the same <see cref="Decide"/>.
/// </summary>
/// <param name="Actor">Who.</param>
/// <param name="Key">The idempotency key, at most 255 characters: the same key and wish is the same act.</param>
public abstract record MoneyCommand(Actor Actor, string Key)
{
    /// <summary>The longest key.</summary>
    public const int MaxKeyLength = 255;

    /// <summary>Name and version of the rule, as in <c>adjust-balance/1</c>; digests cover it.</summary>
    public abstract string Rule { get; }

    /// <summary>The organizations whose heads are locked; never empty.</summary>
    public abstract ImmutableArray<OrganizationId> Organizations { get; }

    /// <summary>What it must see beyond the state of the ledgers.</summary>
    public virtual FactsNeeded Needs => FactsNeeded.None;

    /// <summary>Decides. Must not look at a clock, a store or anything but its arguments.</summary>
    public abstract Decision Decide(DecisionView view);

    /// <summary>SHA-256 of the normalised wish, without actor, key or clock.</summary>
    public Hash256 RequestHash
    {
        get
        {
            var form = new CanonicalForm().Add(Rule);
            foreach (var organization in Organizations)
            {
                form.Add(organization.Value);
            }

            Describe(form);
            return form.Hash();
        }
    }

    /// <summary>What an agreement is bound to: the wish and its effects; not resulting balances, actor or clock (rules §5).</summary>
    public Digest DigestOf(ImmutableArray<Effect> effects)
    {
        var form = new CanonicalForm().Add(RequestHash);
        foreach (var effect in effects)
        {
            effect.Describe(form);
        }

        return new Digest(form.Hash());
    }

    /// <summary>Adds the normalised input.</summary>
    protected abstract void Describe(CanonicalForm form);
}

/// <summary>Binds a commit to the effects that were shown.</summary>
public readonly record struct Digest(Hash256 Hash)
{
    /// <inheritdoc />
    public override string ToString() => Hash.ToString();
}

/// <summary>Which facts a command must see beyond the state of its ledgers; the store loads them under the same lock.</summary>
/// <param name="Entry">The entry to be reversed, with what reversed it before.</param>
/// <param name="RollingTotals">True for the amounts moved by hand in the last 24 hours.</param>
/// <param name="Draws">Organizations and periods whose draws may be undone.</param>
public sealed record FactsNeeded(
    (OrganizationId Organization, long Seq)? Entry, bool RollingTotals, ImmutableArray<(OrganizationId Organization, int Period)> Draws)
{
    /// <summary>Nothing more: such commands are committed many in one transaction.</summary>
    public static readonly FactsNeeded None = new(null, false, []);

    /// <summary>True where nothing more is needed.</summary>
    public bool IsNone => Entry is null && !RollingTotals && Draws.IsEmpty;
}

/// <summary>The facts a command asked for.</summary>
public sealed record Facts
{
    /// <summary>No facts.</summary>
    public static readonly Facts None = new();

    /// <summary>The entry asked for; null when there is none.</summary>
    public JournalEntry? Entry { get; init; }

    /// <summary>The entry that reversed it; null when it stands.</summary>
    public long? ReversedBy { get; init; }

    /// <summary>Millionths moved by hand by this actor in the last 24 hours, everywhere.</summary>
    public long MovedByActor { get; init; }

    /// <summary>Millionths moved by hand in this organization in the last 24 hours, by anybody.</summary>
    public long MovedInOrganization { get; init; }

    /// <summary>The lines of charges and their corrections in the periods asked for, oldest first.</summary>
    public ImmutableArray<DrawLine> Draws { get; init; } = [];
}

/// <summary>One line of a charge, a charge credit or the reversal of one, on the customer's side.</summary>
public sealed record DrawLine(OrganizationId Organization, int Period, long Seq, EntryKind Kind, long? ReversesSeq, AccountKey Account, long Amount);

/// <summary>All that <see cref="MoneyCommand.Decide"/> may look at.</summary>
/// <param name="States">The ledgers, by organization.</param>
/// <param name="Facts">What the command asked for.</param>
/// <param name="Now">When it is decided, as the store's clock says.</param>
public sealed record DecisionView(ImmutableSortedDictionary<OrganizationId, LedgerState> States, Facts Facts, Instant Now)
{
    /// <summary>The ledger of a command about one organization.</summary>
    public LedgerState Only => States.Values.Single();
}
