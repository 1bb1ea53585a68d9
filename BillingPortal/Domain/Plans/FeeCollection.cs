using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>What a fee's collection does when the provider says no, or there is nobody to ask. Renewals are tried again after 1, 3 and 7 days; then the plan ends.</summary>
internal static class FeeCollection
{
    /// <summary>When a declined renewal is tried again, counted from the decline.</summary>
    public static readonly ImmutableArray<TimeSpan> Retries = [TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromDays(7)];

    private const string NoCard = "There is no card that works.";

    /// <summary>A period begins, and there is no card: past due from the first moment.</summary>
    public static void BeginPastDue(Course course, OrganizationId organization, OrganizationId payer, PlanFacts facts, Transition.Taken taken, Subscription unpaid)
    {
        course.Add(new Effect.Fee(organization, new PlanFee
        {
            Number = facts.Fees + 1,
            State = FeeState.Retrying,
            ByPerson = false,
            Payer = payer,
            CardId = 0,
            Charge = taken.Charge!,
            Next = taken.Next,
            Change = taken.Change,
            Grants = taken.Grants,
            Unpaid = unpaid,
            CreatedAt = course.Now,
            DueAt = course.Now.Plus(Retries[0]),
            FailureCode = "no_card",
            FailureMessage = NoCard,
        }, new FeeStep("no_card", NoCard, "engine")));
        BecomePastDue(course, organization, unpaid, taken.Charge!, NoCard);
    }

    /// <summary>The provider declined, or there was no card to ask with.</summary>
    public static void Decline(Course course, OrganizationId organization, PlanFacts facts, PlanView plans, PlanFee fee, string code, string message, string? paymentId, string via)
    {
        var failed = fee with { PaymentId = paymentId ?? fee.PaymentId, FailureCode = code, FailureMessage = message, Steps = fee.Steps + 1 };
        if (fee.CardId != 0 && code != "no_card")
        {
            course.Add(new Effect.SetCard(fee.Payer, new CardChange(fee.CardId) { FailedAt = course.Now, FailedMessage = message }));
        }

        if (fee.ByPerson)
        {
            course.Add(new Effect.Fee(organization, failed with { State = FeeState.Declined, DueAt = null }, new FeeStep(code, message + " Nothing changed.", via)));
            Release(course, organization, fee);
            return;
        }

        if (fee.Attempt <= Retries.Length)
        {
            course.Add(new Effect.Fee(organization, failed with { State = FeeState.Retrying, DueAt = course.Now.Plus(Retries[fee.Attempt - 1]) }, new FeeStep(code, message, via)));
            if (plans.Subscription.State != SubscriptionState.PastDue && fee.Unpaid is { } unpaid)
            {
                BecomePastDue(course, organization, unpaid with { Version = plans.Subscription.Version + 1 }, fee.Charge, message);
            }

            return;
        }

        var name = facts.Catalogue.Of(fee.Next.Plan, fee.Next.PlanVersion).Terms.Name;
        course.Add(new Effect.Fee(organization, failed with { State = FeeState.Declined, DueAt = null }, new FeeStep(code, message + " It is not tried again.", via)));
        course.Add(new Effect.SetSubscription(organization, Renewals.Ended(plans), new SubscriptionChange("plan_ended", $"{name} ended: its fee could not be collected.")));
        PlanPaying.Tell(course, organization, NoticeKind.PlanEnded, $"{name} of {course[organization].Name} has ended", $"{message} The fee could not be collected.");
    }

    /// <summary>Gives a coupon back that was reserved for a fee that is not paid.</summary>
    public static void Release(Course course, OrganizationId organization, PlanFee fee)
    {
        if (fee.Redeems is { } coupon)
        {
            course.Add(new Effect.Redeem(organization, coupon, Released: true));
        }
    }

    private static void BecomePastDue(Course course, OrganizationId organization, Subscription unpaid, PlanCharge charge, string message)
    {
        var due = new Money(charge.Total, Currency.Of(charge.Currency)).ToString(CultureInfo.InvariantCulture);
        course.Add(new Effect.SetSubscription(organization, unpaid, new SubscriptionChange("plan_past_due", $"{due} for the plan could not be collected. {message}")));
        PlanPaying.Tell(course, organization, NoticeKind.PlanPastDue, $"The plan of {course[organization].Name} is not paid",
            $"{message} {due} is tried again in a day, then after 3 and 7 days. Add another card, or pay now on the plan's page.");
    }
}
