using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Books what the provider said of a purchase. Paid is a top-up, which repays an overdraft first; declined leaves it open for another card. News may come
/// twice, late and out of order, and after the purchase expired: money that was taken is always booked, once; older refusals change nothing.
/// </summary>
public sealed record SettleCheckout(Actor Actor, OrganizationId Organization, long Number, int Attempt, RechargeOutcome Outcome)
    : MoneyCommand(Actor, Checkout.KeyOf(Organization, Number, Attempt) + (Outcome is RechargeOutcome.Paid ? "" : ":news"))
{
    /// <summary>How long a card's holder has to confirm.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromHours(1);

    /// <summary>The provider's page on which the holder confirms.</summary>
    public string? ConfirmPage { get; init; }

    /// <inheritdoc />
    public override string Rule => "checkout/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Checkout = new CheckoutNeeded(Organization, Number) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.Facts.Checkout?.Checkout is not { } checkout)
        {
            return new Decision.NotFound("There is no such purchase.");
        }

        var course = new Course(view);
        switch (Outcome)
        {
            case RechargeOutcome.Paid paid when checkout.State == CheckoutState.Paid && checkout.PaymentId == paid.PaymentId:
                break;
            case RechargeOutcome.Paid paid:
                Pay(course, checkout, paid.PaymentId);
                break;

            // Once paid, or with a later attempt under way, what is said of this one changes nothing.
            case var _ when !checkout.InFlight || Attempt < checkout.Attempt:
                break;
            case RechargeOutcome.Declined declined:
                course.Add(new Effect.SetCard(Organization, new CardChange(checkout.CardId) { FailedAt = view.Now, FailedMessage = declined.Message }));
                Step(course, checkout with
                {
                    State = CheckoutState.Open, DueAt = null, PaymentId = declined.PaymentId ?? checkout.PaymentId, ConfirmPage = null,
                    FailureCode = declined.Code, FailureMessage = declined.Message,
                }, declined.Code, declined.Message + " Nothing was charged.");
                break;
            case RechargeOutcome.AuthenticationNeeded when checkout.State == CheckoutState.AuthenticationNeeded:
                break;
            case RechargeOutcome.AuthenticationNeeded needed:
                Step(course, checkout with
                {
                    State = CheckoutState.AuthenticationNeeded, DueAt = view.Now.Plus(ConfirmWithin), PaymentId = needed.PaymentId, ConfirmPage = ConfirmPage,
                }, "authentication_required", "The card's bank wants its holder to confirm the payment.");
                break;
            case RechargeOutcome.Unknown unknown:
                var waits = TimeSpan.FromTicks(SettleRecharge.AskAgain.Ticks * Math.Min(60, 1L << Math.Min(6, checkout.Steps)));
                Step(course, checkout with { State = CheckoutState.Unknown, DueAt = view.Now.Plus(waits), PaymentId = unknown.PaymentId ?? checkout.PaymentId }, "unknown", unknown.Reason);
                break;
        }

        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Number).Add(Attempt).Add(Outcome is RechargeOutcome.Paid paid ? paid.PaymentId : Outcome.ToString()!);

    private void Pay(Course course, Checkout checkout, string paymentId)
    {
        var again = checkout.State == CheckoutState.Paid;
        var repaid = Math.Min(checkout.Amount, -course[Organization].BalanceOf(AccountKind.Overdraft));
        Consequences.Post(course, Organization, new EntryDraft(EntryKind.TopUp, ReasonCode.CreditsBought,
        [
            new(AccountKey.Of(AccountKind.PaymentsClearing), -checkout.Amount),
            new(AccountKey.Of(AccountKind.Overdraft), repaid),
            new(AccountKey.Of(AccountKind.Cash), checkout.Amount - repaid),
        ])
        {
            Comment = again ? "Another attempt to pay the same purchase went through after all; the money can be refunded." : "",
            Detail = string.Create(CultureInfo.InvariantCulture,
                $$"""{"rule":"{{Rule}}","checkout":"{{checkout.Id}}","attempt":{{Attempt}},"payment":{{JsonSerializer.Serialize(paymentId)}}}"""),
        });
        if (again)
        {
            // What it was paid with first stands; the second payment is in the journal and in the record.
            Step(course, checkout, "paid_late", $"Payment {paymentId} of attempt {Attempt} went through after all; the money was added to cash.");
            return;
        }

        Step(course, checkout with
        {
            State = CheckoutState.Paid, DueAt = null, PaymentId = paymentId, ConfirmPage = null, FailureCode = null, FailureMessage = null,
            SettledSeq = course[Organization].Seq, PaidAt = course.Now,
        }, "paid", checkout.InFlight ? "Paid, and booked." : "Paid after all, and booked.");
        var words = new Money(checkout.Amount, course[Organization].Currency).ToString(CultureInfo.InvariantCulture);
        course.Add(new Effect.Notify(Organization, new Notice(NoticeKind.CreditsBought, 0, $"{course[Organization].Name} bought {words} of credits",
            "They were paid by card and are in the balance.", "checkout/" + checkout.Id, course.Now)));
    }

    private void Step(Course course, Checkout next, string code, string message) =>
        course.Add(new Effect.Purchase(Organization, next with { Steps = next.Steps + 1 }, new CheckoutStep(code, message)));
}
