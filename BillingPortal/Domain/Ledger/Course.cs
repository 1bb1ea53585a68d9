using System.Collections.Immutable;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Ledger;

/// <summary>
/// A decision in the making: each effect is laid on the ledgers as it is added, so that the next step sees what the one before it left. One
/// object makes one decision.
/// </summary>
public sealed class Course(DecisionView view)
{
    private readonly ImmutableArray<Effect>.Builder _effects = ImmutableArray.CreateBuilder<Effect>();
    private ImmutableSortedDictionary<OrganizationId, LedgerState> _states = view.Opened().States;

    /// <summary>When it is decided.</summary>
    public Instant Now => view.Now;

    /// <summary>What was added so far.</summary>
    public ImmutableArray<Effect> Effects => _effects.ToImmutable();

    /// <summary>The decision.</summary>
    public Decision Decision => new Decision.Effects(Effects);

    /// <summary>Where a ledger stands by now.</summary>
    public LedgerState this[OrganizationId organization] => _states[organization];

    /// <summary>Adds what is no entry.</summary>
    public void Add(Effect effect)
    {
        _effects.Add(effect);
        _states = _states.SetItem(effect.Organization, _states[effect.Organization].After(effect));
    }

    /// <summary>Adds an entry, where it changes anything.</summary>
    public void Post(OrganizationId organization, EntryDraft entry)
    {
        if (entry.Postings.IsEmpty)
        {
            return;
        }

        _effects.Add(new Effect.Post(organization, entry));
        var effectiveAt = entry.EffectiveAt is { } asked && asked < Now ? asked : Now;
        var after = _states[organization].After(entry, effectiveAt);
        _states = _states.SetItem(organization, after with { Seq = after.Seq + 1 });
        foreach (var (consumer, amount) in LedgerFold.Consumers(entry))
        {
            _states = _states.SetItem(consumer, _states[consumer].AfterSpending(amount, effectiveAt));
        }
    }
}
