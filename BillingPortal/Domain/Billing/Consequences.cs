using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// What follows of itself from an entry or a setting, decided in the same transaction (rules §2, §6): blocks and their end, alerts, and a
/// recharge, in this order.
/// </summary>
public static class Consequences
{
    /// <summary>The entry and what follows from it.</summary>
    public static Decision After(DecisionView view, OrganizationId organization, EntryDraft entry)
    {
        var course = new Course(view);
        Post(course, organization, entry);
        return course.Decision;
    }

    /// <summary>Posts an entry and adds what follows from it, for its ledger and for those whose usage it pays.</summary>
    public static void Post(Course course, OrganizationId organization, EntryDraft entry)
    {
        if (entry.Postings.IsEmpty)
        {
            return;
        }

        var available = course[organization].AvailableAt(course.Now);
        course.Post(organization, entry);

        // What lapsed was not available before its expiry is booked either, and is a decrease all the same.
        Follow(course, organization, entry.Kind != EntryKind.Expiry && course[organization].AvailableAt(course.Now) >= available ? RechargeCause.None
            : entry.Kind == EntryKind.Refund ? RechargeCause.Refund : RechargeCause.Decrease);
        foreach (var (consumer, _) in LedgerFold.Consumers(entry))
        {
            FollowSpending(course, consumer);
        }
    }

    /// <summary>Adds what follows for one organization from what was laid on its ledger.</summary>
    public static void Follow(Course course, OrganizationId organization, RechargeCause cause)
    {
        Hold(course, organization, BlockCause.UnfundedOverdraft,
            course[organization] is { AllowOverdraft: false } state && state.BalanceOf(AccountKind.Overdraft) < 0);
        Hold(course, organization, BlockCause.BalanceExhausted, IsExhausted(course[organization], course.Now));
        FollowSpending(course, organization);
        BalanceNotices.Add(course, organization, cause);
        if (cause is not (RechargeCause.None or RechargeCause.Refund))
        {
            Recharging.Add(course, organization, cause);
        }
    }

    /// <summary>Blocks for a hard cap that is used up or ends that, and tells of the levels that were reached.</summary>
    private static void FollowSpending(Course course, OrganizationId organization)
    {
        Hold(course, organization, BlockCause.CapReached, Capping.IsExhausted(course[organization]));
        Capping.AddAlert(course, organization);
    }

    /// <summary>
    /// True where who pays before, for itself and without overdraft, has spent all it had. One that never spent is new, not empty; one whom facts took beyond
    /// what it had is blocked for its overdraft, and stays empty with it where it was before.
    /// </summary>
    private static bool IsExhausted(LedgerState state, Instant now) =>
        state is { ChargingModel: ChargingModel.Prepaid, Payer: null, AllowOverdraft: false } && state.BalanceOf(AccountKind.Revenue) != 0 && state.AvailableAt(now) <= 0
        && (state.BalanceOf(AccountKind.Overdraft) == 0 || state.IsBlockedBy(BlockCause.BalanceExhausted));

    private static void Hold(Course course, OrganizationId organization, BlockCause cause, bool holds)
    {
        switch (holds, course[organization].IsBlockedBy(cause))
        {
            case (true, false):
                course.Add(new Effect.Block(organization, cause));
                break;
            case (false, true):
                course.Add(new Effect.Unblock(organization, cause));
                break;
        }
    }
}

/// <summary>
/// What may bring a recharge about (rules §6): any decrease, or saving the rule; and the end of what held one back, else an organization that
/// was paused while empty would stay empty for ever (decision 0022). A settlement is never one.
/// </summary>
public enum RechargeCause
{
    /// <summary>Nothing does.</summary>
    None,

    /// <summary>Less is available than before.</summary>
    Decrease,

    /// <summary>
    /// Less is available because money was paid back to a card: people are told, but nobody who asks for money back is charged for that; the next decrease may
    /// recharge (decision 0027).
    /// </summary>
    Refund,

    /// <summary>A person set the rule or the card.</summary>
    Rule,

    /// <summary>What held it back has ended by itself: the month, the cap's window, the organization being switched off.</summary>
    TimePassed,
}
