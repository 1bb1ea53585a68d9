using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Writing;

/// <summary>Turns decisions into outcomes and effects into entries; preview and commit share it.</summary>
internal static class DecisionEffects
{
    /// <summary>A decision as the outcome a caller sees.</summary>
    public static Outcome<T> ToOutcome<T>(this Decision decision, Func<ImmutableArray<Effect>, Outcome<T>> effects) => decision switch
    {
        Decision.Effects taken => effects(taken.Items),
        Decision.Invalid invalid => new Outcome<T>.Invalid(invalid.Errors),
        Decision.Refused refused => new Outcome<T>.Refused(refused.Refusal),
        Decision.NeedsApproval needs => new Outcome<T>.NeedsApproval(needs.Need),
        Decision.NotFound missing => new Outcome<T>.NotFound(missing.What),
        _ => throw new InvalidOperationException("The set of decisions is closed."),
    };

    /// <summary>Posts the entries among <paramref name="effects"/> and gives each with the ledger after it, and the ledgers after all.</summary>
    public static (ImmutableArray<(JournalEntry Entry, LedgerState Next)> Entries, ImmutableSortedDictionary<OrganizationId, LedgerState> After) Post(
        ImmutableSortedDictionary<OrganizationId, LedgerState> states, MoneyCommand command, ImmutableArray<Effect> effects, Instant now)
    {
        var requestHash = command.RequestHash;
        var after = states.ToBuilder();
        var entries = ImmutableArray.CreateBuilder<(JournalEntry, LedgerState)>();
        foreach (var effect in effects)
        {
            var state = after[effect.Organization];
            if (effect is not Effect.Post post)
            {
                after[effect.Organization] = state.After(effect);
                continue;
            }

            var (entry, next) = Journal.Post(state, post.Entry, command, requestHash, now);
            after[effect.Organization] = next;
            entries.Add((entry, next));
            foreach (var (consumer, amount) in LedgerFold.Consumers(post.Entry))
            {
                after[consumer] = after[consumer].AfterSpending(amount, entry.EffectiveAt);
            }
        }

        return (entries.ToImmutable(), after.ToImmutable());
    }
}
