using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using FluentValidation;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>What a person or program asks for when something is added to a prepaid balance.</summary>
public sealed record AddToBalanceForm
{
    /// <summary>How much, in units of the organization's currency.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The currency a program named; null where it named none.</summary>
    public string? Currency { get; init; }

    /// <summary>Contract 4's type: 1 top-up, 2 credit note, 3 balance reset.</summary>
    public int Type { get; init; } = PrepaidTransactions.TopUp;

    /// <summary>Contract 4's payment option; null where none is said.</summary>
    public int? PaymentOption { get; init; }

    /// <summary>The payment's identifier elsewhere; empty for none.</summary>
    public string Reference { get; init; } = "";

    /// <summary>A person's words.</summary>
    public string Comment { get; init; } = "";

    /// <summary>True where so much is given that a preview says something.</summary>
    public bool IsComplete => Amount is not null;
}

/// <summary>The rules of that form, the same for the page and for programs.</summary>
public sealed class AddToBalanceFormRules : AbstractValidator<AddToBalanceForm>
{
    private const decimal Most = 9_000_000_000_000m;

    /// <summary>The rules as data: nothing in them changes.</summary>
    public static AddToBalanceFormRules Instance { get; } = new();

    private AddToBalanceFormRules()
    {
        RuleFor(form => form.Amount).Cascade(CascadeMode.Stop)
            .NotNull().WithErrorCode("required").WithMessage("Say how much.")
            .GreaterThan(0).WithErrorCode("too_small").WithMessage("Say an amount above zero: it is always added.")
            .Must(amount => amount!.Value <= Most).WithErrorCode("too_large").WithMessage("That is more than the portal can hold.")
            .Must(amount => amount!.Value * Money.Unit % 1 == 0).WithErrorCode("too_fine").WithMessage("At most six decimals can be kept.");
        RuleFor(form => form.Reference).MaximumLength(AddToBalance.MaxReference).WithErrorCode("too_long").WithMessage($"At most {AddToBalance.MaxReference} characters are kept.");
        RuleFor(form => form.Comment).MaximumLength(AdjustBalance.MaxCommentLength).WithErrorCode("too_long").WithMessage($"At most {AdjustBalance.MaxCommentLength} characters are kept.");
    }
}
