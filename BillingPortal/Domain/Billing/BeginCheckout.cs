using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>Begins a purchase of credits. Nothing is charged: a person pays it on its page.</summary>
public sealed record BeginCheckout(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>The least and the most credits of one purchase.</summary>
    public const long Least = 1, Most = 100_000;

    /// <summary>Millionths.</summary>
    public required long Amount { get; init; }

    /// <summary>Where its pages stand on this portal, without the purchase's id.</summary>
    public required string Pages { get; init; }

    /// <summary>Where the person goes once it is paid.</summary>
    public required string SuccessUrl { get; init; }

    /// <summary>Where the person goes without paying.</summary>
    public required string CancelUrl { get; init; }

    /// <summary>The purchase's id: the same key begins the same purchase.</summary>
    public string Id => "cs_" + new CanonicalForm().Add(Organization.Value).Add(Key).Hash().ToString()[..32];

    /// <summary>The page where it is paid.</summary>
    public string Page => Pages + Id;

    /// <inheritdoc />
    public override string Rule => "begin-checkout/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Checkout = new CheckoutNeeded(Organization, Number: null) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        if (Wrong(state.Currency) is { } wrong)
        {
            return wrong;
        }

        if (state.Disabled)
        {
            return Decision.No(RefusalCode.Disabled, $"{state.Name} is disabled. Nothing was begun.");
        }

        if (state.Payer is not null)
        {
            return Decision.No(RefusalCode.NotRelated, $"{state.Name} uses another organization's balance, so credits of its own would lie unused. Buy them for the one that pays.");
        }

        var facts = view.Facts.Checkout ?? throw new InvalidOperationException("The facts about purchases were not loaded.");
        return new Decision.Effects([new Effect.Purchase(Organization, new Checkout(facts.Next)
        {
            Id = Id,
            Amount = Amount,
            Page = Page,
            SuccessUrl = SuccessUrl,
            CancelUrl = CancelUrl,
            CreatedAt = view.Now,
            ExpiresAt = view.Now.Plus(Checkout.Lifetime),
        }, new CheckoutStep("", $"A purchase of {new Money(Amount, state.Currency).ToString(CultureInfo.InvariantCulture)} was begun."))]);
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Amount).Add(SuccessUrl).Add(CancelUrl);

    private Decision.Invalid? Wrong(Currency currency)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        if (Amount < Least * Money.Unit || Amount > Most * Money.Unit || Amount % currency.MinorUnit != 0)
        {
            errors.Add(new FieldError("CreditsAmount", "value_error", $"must be from {Least} to {Most}, with at most {currency.Digits} decimals."));
        }

        if (CheckoutAddress.Fault(SuccessUrl) is { } success)
        {
            errors.Add(new FieldError("SuccessUrl", success.Code, success.Message));
        }

        if (CheckoutAddress.Fault(CancelUrl) is { } cancel)
        {
            errors.Add(new FieldError("CancelUrl", cancel.Code, cancel.Message));
        }

        return errors.Count > 0 ? new Decision.Invalid(errors.ToImmutable()) : null;
    }
}
