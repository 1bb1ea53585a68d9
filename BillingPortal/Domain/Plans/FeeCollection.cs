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

    /// <summary>A period begins, and there is no card that can be charged: past due from the first moment.</summary>
    public static void BeginPastDue(
        Course course, OrganizationId organization, OrganizationId payer, PlanFacts facts, Transition.Taken taken, Subscription unpaid, (string Code, string Message) obstacle)
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
            FailureCode = obstacle.Code,
            FailureMessage = obstacle.Message,
        }, new FeeStep(obstacle.Code, obstacle.Message, "engine")));
        BecomePastDue(course, organization, payer, unpaid, taken.Charge!, obstacle.Message);
    }

    /// <summary>The provider declined, or there was no card to ask with.</summary>
    public static void Decline(Course course, OrganizationId organization, PlanFacts facts, PlanView plans, PlanFee fee, string code, string message, string? paymentId, string via)
    {
        var failed = fee with { PaymentId = paymentId ?? fee.PaymentId, FailureCode = code, FailureMessage = message, Steps = fee.Steps + 1 };
        if (fee.CardId != 0)
        {
            course.Add(new Effect.SetCard(fee.Payer, new CardChange(fee.CardId) { FailedAt = course.Now, FailedMessage = message }));
        }

        if (fee.ByPerson)
        {
            course.Add(new Effect.Fee(organization, failed with { State = FeeState.Declined, DueAt = null }, new FeeStep(code, message + " Nothing changed.", via)));
            Release(course, organization, fee);
            return;
        }

        // A person's attempt takes none of those that were announced.
        if (fee.RetryAt is { } announced)
        {
            course.Add(new Effect.Fee(organization, failed with { State = FeeState.Retrying, DueAt = announced, RetryAt = null }, new FeeStep(code, message, via)));
            return;
        }

        var tries = fee.Attempt - fee.Pressed;
        if (tries <= Retries.Length)
        {
            course.Add(new Effect.Fee(organization, failed with { State = FeeState.Retrying, DueAt = course.Now.Plus(Retries[tries - 1]) }, new FeeStep(code, message, via)));
            if (plans.Subscription.State != SubscriptionState.PastDue && fee.Unpaid is { } unpaid)
            {
                BecomePastDue(course, organization, fee.Payer, unpaid with { Version = plans.Subscription.Version + 1 }, fee.Charge, message);
            }

            return;
        }

        var name = facts.Catalogue.Of(fee.Next.Plan, fee.Next.PlanVersion).Terms.Name;
        course.Add(new Effect.Fee(organization, failed with { State = FeeState.Declined, DueAt = null }, new FeeStep(code, message + " It is not tried again.", via)));
        course.Add(new Effect.SetSubscription(organization, Renewals.Ended(plans), new SubscriptionChange("plan_ended", $"{name} ended: its fee could not be collected.")));
        Tell(course, organization, fee.Payer, NoticeKind.PlanEnded, $"{name} of {course[organization].Name} has ended", message, "The fee could not be collected.");
    }

    /// <summary>Gives a coupon back that was reserved for a fee that is not paid.</summary>
    public static void Release(Course course, OrganizationId organization, PlanFee fee)
    {
        if (fee.Redeems is { } coupon)
        {
            course.Add(new Effect.Redeem(organization, coupon, Released: true));
        }
    }

    private static void BecomePastDue(Course course, OrganizationId organization, OrganizationId payer, Subscription unpaid, PlanCharge charge, string message)
    {
        var due = new Money(charge.Total, Currency.Of(charge.Currency)).ToString(CultureInfo.InvariantCulture);
        var from = payer == organization ? $". {message}" : $" from {course[payer].Name}.";
        course.Add(new Effect.SetSubscription(organization, unpaid, new SubscriptionChange("plan_past_due", $"{due} for the plan could not be collected{from}")));
        Tell(course, organization, payer, NoticeKind.PlanPastDue, $"The plan of {course[organization].Name} is not paid", message,
            $"{due} is tried again in a day, then after 3 and 7 days. Add another card, or pay now on the plan's page.");
    }

    /// <summary>Tells the organization, and whoever pays for it where that is another: why a card was declined is told to its holder alone.</summary>
    public static void Tell(Course course, OrganizationId organization, OrganizationId payer, string kind, string title, string why, string then)
    {
        var own = payer == organization || why.Length == 0 ? $"{why} {then}".TrimStart() : $"{course[payer].Name} pays for it and was told why. {then}";
        course.Add(new Effect.Notify(organization, new Notice(kind, 0, title, own, "plan", course.Now)));
        if (payer != organization)
        {
            var theirs = why.Length == 0 ? then : $"{why} {then}";
            course.Add(new Effect.Notify(payer, new Notice(kind, 0, title, $"{course[payer].Name} pays for it. {theirs}", $"/organizations/{organization}/plan", course.Now)));
        }
    }
}
