using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using FluentValidation;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>What a person or program asks for when value is moved between a reseller and a sub-organization.</summary>
public sealed record TransferForm
{
    /// <summary>Who gives.</summary>
    public OrganizationId? From { get; init; }

    /// <summary>Who receives.</summary>
    public OrganizationId? To { get; init; }

    /// <summary>Which bucket; one of <see cref="TransferBalance.Buckets"/>.</summary>
    public AccountKind Bucket { get; init; } = AccountKind.Cash;

    /// <summary>How much, in units of their currency.</summary>
    public decimal? Amount { get; init; }

    /// <summary>A person's words, kept with both entries.</summary>
    public string Comment { get; init; } = "";

    /// <summary>True where so much is given that a preview says something.</summary>
    public bool IsComplete => From is not null && To is not null && Amount is not null;
}

/// <summary>The rules of that form, the same for the page and for programs.</summary>
public sealed class TransferFormRules : AbstractValidator<TransferForm>
{
    private const decimal Most = 9_000_000_000_000m;

    /// <summary>The rules as data: nothing in them changes.</summary>
    public static TransferFormRules Instance { get; } = new();

    private TransferFormRules()
    {
        RuleFor(form => form.From).NotNull().WithErrorCode("required").WithMessage("Choose who gives.");
        RuleFor(form => form.To).Cascade(CascadeMode.Stop)
            .NotNull().WithErrorCode("required").WithMessage("Choose who receives.")
            .Must((form, to) => to != form.From).WithErrorCode("same").WithMessage("That is the organization that gives. Choose another one.");
        RuleFor(form => form.Bucket).Must(bucket => TransferBalance.Buckets.Contains(bucket)).WithErrorCode("unknown").WithMessage("Cash, bonus or promotional credits can be moved.");
        RuleFor(form => form.Amount).Cascade(CascadeMode.Stop)
            .NotNull().WithErrorCode("required").WithMessage("Say how much.")
            .GreaterThan(0).WithErrorCode("too_small").WithMessage("Say an amount above zero; who gives and who receives says which way.")
            .Must(amount => amount!.Value <= Most).WithErrorCode("too_large").WithMessage("That is more than the portal can hold.")
            .Must(amount => amount!.Value * Money.Unit % 1 == 0).WithErrorCode("too_fine").WithMessage("At most six decimals can be kept.");
        RuleFor(form => form.Comment).MaximumLength(AdjustBalance.MaxCommentLength).WithErrorCode("too_long")
            .WithMessage($"At most {AdjustBalance.MaxCommentLength} characters are kept.");
    }
}
