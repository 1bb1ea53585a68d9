using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Ledger;

/// <summary>All that <see cref="MoneyCommand.Decide"/> may look at.</summary>
/// <param name="States">The ledgers, by organization.</param>
/// <param name="Facts">What the command asked for.</param>
/// <param name="Now">When it is decided, as the store's clock says.</param>
public sealed record DecisionView(ImmutableSortedDictionary<OrganizationId, LedgerState> States, Facts Facts, Instant Now)
{
    /// <summary>Windows of caps that the command asked to see counted.</summary>
    public ImmutableArray<(OrganizationId Organization, SpendingWindow Window)> Windows { get; init; } = [];

    /// <summary>What was spent in the window that <paramref name="at"/> lies in, for windows anchored there.</summary>
    /// <exception cref="InvalidOperationException">It was not counted: the command does not say that it needs it.</exception>
    public SpendingWindow WindowAt(LedgerState state, Instant at, Instant? anchor)
    {
        if (anchor == state.Rule.Cap.Anchor && state.WindowHolding(at) is { } current)
        {
            return current;
        }

        var (organization, start, end) = WindowNeeded.At(state, at, anchor);
        return Windows.FirstOrDefault(counted => counted.Organization == organization && counted.Window.Start == start && counted.Window.End == end).Window
            ?? throw new InvalidOperationException($"The window of {organization} from {start} was not counted; the command must ask for it.");
    }

    /// <summary>The same with every capped organization's state carrying the window that now lies in.</summary>
    public DecisionView Opened()
    {
        var states = States;
        foreach (var (id, state) in States)
        {
            if (state.Rule.Cap.Enabled && state.WindowHolding(Now) is null)
            {
                states = states.SetItem(id, state with { Window = WindowAt(state, Now, state.Rule.Cap.Anchor) });
            }
        }

        return ReferenceEquals(states, States) ? this : this with { States = states };
    }

    /// <summary>The ledger of a command about one organization.</summary>
    public LedgerState Only => States.Values.Single();
}
