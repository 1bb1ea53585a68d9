using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>
/// Books what the provider said of a plan's fee. Paid: the fee is booked as it was agreed to, credits are granted and the subscription becomes what was
/// shown. News may come twice, late and out of order: money that was taken is always booked, once; where the fee was given up meanwhile, it is the
/// customer's cash.
/// </summary>
public sealed record SettleFee(Actor Actor, OrganizationId Organization, OrganizationId Payer, long Number, int Attempt, RechargeOutcome Outcome)
    : MoneyCommand(Actor, PlanFee.KeyOf(Payer, Number, Attempt) + (Outcome is RechargeOutcome.Paid ? "" : ":news"))
{
    /// <inheritdoc />
    public override string Rule => "settle-fee/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => Payer == Organization ? [Organization] : [Payer, Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with
    {
        Plans = new PlansNeeded(Organization, Payer) { Fee = Number },
        Number = Outcome is RechargeOutcome.Paid ? (Payer, InvoiceKind.Invoice) : null,
    };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var facts = view.Facts.Plans ?? throw new InvalidOperationException("The facts about plans were not loaded.");
        if (facts.Fee is not { } fee || fee.Number != Number)
        {
            return new Decision.NotFound("There is no such fee.");
        }

        var course = new Course(view);
        var plans = facts.ViewOf(view.States[Organization], view.States[Payer], view.Now, byFinance: true);
        switch (Outcome)
        {
            case RechargeOutcome.Paid paid when fee.State == FeeState.Paid && fee.PaymentId == paid.PaymentId:
                break;
            case RechargeOutcome.Paid paid when fee.IsOpen:
                Pay(course, facts, plans, fee with { PaymentId = paid.PaymentId }, view.Facts.Number ?? throw new InvalidOperationException("A payment sees the next number."));
                break;
            case RechargeOutcome.Paid paid:
                PayAfterAll(course, fee, paid.PaymentId);
                break;

            // Once paid or given up, or with a later attempt under way, what is said of this one changes nothing.
            case var _ when !fee.InFlight || Attempt < fee.Attempt:
                break;
            case RechargeOutcome.Declined declined:
                FeeCollection.Decline(course, Organization, facts, plans, fee, declined.Code, declined.Message, declined.PaymentId, Actor.Via);
                break;
            case RechargeOutcome.AuthenticationNeeded needed:
                Leave(course, fee, needed.PaymentId, "The card's bank wants its holder to confirm. The payment is taken back.");
                break;
            case RechargeOutcome.Unknown unknown:
                Leave(course, fee, unknown.PaymentId, unknown.Reason);
                break;
        }

        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Number).Add(Attempt).Add(Outcome is RechargeOutcome.Paid paid ? paid.PaymentId : Outcome.ToString()!);

    private void Pay(Course course, PlanFacts facts, PlanView plans, PlanFee fee, NextNumber number)
    {
        var seq = PlanPaying.Book(course, Organization, Payer, fee.Next, fee.Charge, fee.PaymentId!);
        FeeInvoice.Issue(course, Organization, fee, facts, number, seq);

        // A trial that was cancelled or ended while the fee waited for its next attempt stays so; nothing else can have changed.
        var next = fee.Next with { Version = plans.Subscription.Version + 1, Trial = fee.Next.Trial is null ? null : plans.Subscription.Trial };
        next = PlanPaying.Grant(course, Organization, Payer, plans.Subscription, next, fee.Grants, facts.Catalogue);
        course.Add(new Effect.Fee(Organization, fee with
        {
            State = FeeState.Paid, DueAt = null, SettledSeq = seq, FailureCode = null, FailureMessage = null, Steps = fee.Steps + 1,
        }, new FeeStep("paid", "Paid, and booked.", Actor.Via)));
        course.Add(new Effect.SetSubscription(Organization, next, fee.Change) { By = fee.AskedBy, PaidBy = fee.Number, Upcoming = fee.Upcoming });
        if (fee.FailureCode is not null || course[Payer].Rule.Card is { Inactive: true })
        {
            course.Add(new Effect.SetCard(Payer, new CardChange(fee.CardId)));
        }
    }

    /// <summary>The fee was given up, or another attempt paid it, and this money came all the same: it is the payer's, refundable.</summary>
    private void PayAfterAll(Course course, PlanFee fee, string paymentId)
    {
        var repaid = Math.Min(fee.Charge.Total, -course[Payer].BalanceOf(AccountKind.Overdraft));
        Consequences.Post(course, Payer, new EntryDraft(EntryKind.TopUp, ReasonCode.PaidIn,
        [
            new(AccountKey.Of(AccountKind.PaymentsClearing), -fee.Charge.Total),
            new(AccountKey.Of(AccountKind.Overdraft), repaid),
            new(AccountKey.Of(AccountKind.Cash), fee.Charge.Total - repaid),
        ])
        {
            Comment = "A payment for a plan that had been given up went through after all.",
            Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"plan-fee-late/1","organization":{{Organization.Value}},"fee":{{Number}},"attempt":{{Attempt}}}"""),
        });
        course.Add(new Effect.Fee(Organization, fee with { Steps = fee.Steps + 1 }, new FeeStep("paid_late", $"Payment {paymentId} went through after all; the money was added to cash.", Actor.Via)));
    }

    /// <summary>Nobody knows: asked again later, ever less often.</summary>
    private void Leave(Course course, PlanFee fee, string? paymentId, string reason)
    {
        var waits = TimeSpan.FromTicks(SettleRecharge.AskAgain.Ticks * Math.Min(60, 1L << Math.Min(6, fee.Steps)));
        course.Add(new Effect.Fee(Organization, fee with { State = FeeState.Unknown, DueAt = course.Now.Plus(waits), PaymentId = paymentId ?? fee.PaymentId, Steps = fee.Steps + 1 },
            new FeeStep("unknown", reason, Actor.Via)));
    }
}
