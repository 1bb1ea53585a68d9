using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
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

    /// <summary>
    /// True where it may come to something without an entry of its own key: the key is kept apart then, so that asking again is answered as done
    /// and not as stale.
    /// </summary>
    public virtual bool KeepsKey => false;

    /// <summary>The entries under which it is found again when its key returns, in the order it writes them; the first organization's, under its key, is among them.</summary>
    public virtual ImmutableArray<(OrganizationId Organization, string Key)> EntryKeys => [(Organizations[0], Key)];

    /// <summary>What it must see beyond the state of the ledgers.</summary>
    public virtual FactsNeeded Needs => FactsNeeded.None;

    /// <summary>
    /// The windows of caps that it must see counted, beyond those that the states carry: by itself, the current one of each capped
    /// organization where that has ended or was never opened.
    /// </summary>
    public virtual IEnumerable<WindowNeeded> WindowsNeeded(IReadOnlyDictionary<OrganizationId, LedgerState> states, Instant now) =>
        Organizations.Distinct().Select(id => states[id]).Where(state => state.Rule.Cap.Enabled && state.WindowHolding(now) is null)
            .Select(state => WindowNeeded.At(state, now, state.Rule.Cap.Anchor));

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
