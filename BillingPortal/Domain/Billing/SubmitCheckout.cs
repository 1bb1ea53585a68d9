using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Claims a purchase under the head's lock: a person pays it with a card, or its next question to the provider is due. Whoever's claim commits asks the
/// provider, nobody else until the lease ends.
/// </summary>
public sealed record SubmitCheckout(Actor Actor, string Key, OrganizationId Organization, long Number) : MoneyCommand(Actor, Key)
{
    /// <summary>How long a claim lasts: whoever died holding it is followed by another who asks with the same key.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>The card that a person chose; null where the engine asks what became of it.</summary>
    public long? Card { get; init; }

    /// <summary>The purchase's page as the person who pays has it open: a bank sends them back there, and nowhere that a program named. Null where the engine asks.</summary>
    public string? Page { get; init; }

    /// <inheritdoc />
    public override string Rule => "submit-checkout/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Checkout = new CheckoutNeeded(Organization, Number), Card = Card };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.Facts.Checkout?.Checkout is not { } checkout)
        {
            return new Decision.NotFound("There is no such purchase.");
        }

        return Card is null ? Ask(view, checkout) : Pay(view, checkout);
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Number).Add(Card);

    private Decision Ask(DecisionView view, Checkout checkout) => !checkout.InFlight || checkout.DueAt is not { } due || due > view.Now
        ? Decision.No(RefusalCode.NotDue, "The purchase is paid, is being asked about, or its time has not come.")
        : new Decision.Effects([new Effect.Purchase(Organization,
            checkout with
            {
                State = checkout.State == CheckoutState.AuthenticationNeeded ? CheckoutState.AuthenticationNeeded : CheckoutState.Unknown,
                DueAt = view.Now.Plus(Lease),
                Steps = checkout.Steps + 1,
            },
            new CheckoutStep("", checkout.State == CheckoutState.AuthenticationNeeded
                ? "Its holder did not confirm in time: the provider is asked to take the payment back." : "The provider is asked what became of it, with the same key."))]);

    private Decision Pay(DecisionView view, Checkout checkout)
    {
        var state = view.Only;
        if (checkout.State == CheckoutState.Paid)
        {
            return Decision.No(RefusalCode.NotDue, "The purchase is paid already. Nothing was charged again.");
        }

        if (checkout.InFlight)
        {
            return Decision.No(RefusalCode.PaymentUnderWay, "A payment for this purchase is under way. What it comes to is shown here.");
        }

        if (checkout.HasExpired(view.Now))
        {
            return Decision.No(RefusalCode.NotDue, "The purchase has expired. Begin it again where you came from. Nothing was charged.");
        }

        if (state.Disabled)
        {
            return Decision.No(RefusalCode.Disabled, $"{state.Name} is disabled. Nothing was charged.");
        }

        if (state.Payer is not null)
        {
            return Decision.No(RefusalCode.NotRelated, $"{state.Name} uses another organization's balance by now, so credits of its own would lie unused. Nothing was charged.");
        }

        if (view.Facts.Card is not { Card: var card, Organization: var holder } || holder != Organization)
        {
            return Decision.No(RefusalCode.PaymentMethodNeeded, "There is no such card any more. Choose another. Nothing was charged.", nameof(Card));
        }

        if (card.Inactive)
        {
            return Decision.No(RefusalCode.PaymentMethodNeeded, $"{card} failed too often and is not charged any more. Choose another. Nothing was charged.", nameof(Card));
        }

        return new Decision.Effects([new Effect.Purchase(Organization, checkout with
        {
            State = CheckoutState.Submitted,
            Attempt = checkout.Attempt + 1,
            CardId = card.Id,
            Page = Page ?? checkout.Page,
            PaymentId = null,
            ConfirmPage = null,
            FailureCode = null,
            FailureMessage = null,
            DueAt = view.Now.Plus(Lease),
            Steps = checkout.Steps + 1,
        }, new CheckoutStep("", $"{card} is charged {new Money(checkout.Amount, state.Currency).ToString(CultureInfo.InvariantCulture)}."))]);
    }
}
