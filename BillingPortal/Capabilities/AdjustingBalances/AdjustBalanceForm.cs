using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using FluentValidation;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>Which way a balance is adjusted.</summary>
public enum AdjustmentDirection
{
    /// <summary>The amount comes on top.</summary>
    Add,

    /// <summary>The amount goes.</summary>
    TakeAway,

    /// <summary>The amount is what remains.</summary>
    SetRemaining,
}

/// <summary>What a person asks for when adjusting a balance.</summary>
public sealed record AdjustBalanceForm
{
    /// <summary>Which way.</summary>
    public AdjustmentDirection Direction { get; init; }

    /// <summary>How much, in units of the organization's currency.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Which bucket.</summary>
    public AccountKind? Bucket { get; init; }

    /// <summary>When it takes effect, as clocks in the organization's zone show it; null for the moment of posting.</summary>
    public DateTime? EffectiveAt { get; init; }

    /// <summary>Why: a code of <see cref="ReasonCode"/>.</summary>
    public string Reason { get; init; } = "";

    /// <summary>A person's words, kept with the entry.</summary>
    public string Comment { get; init; } = "";

    /// <summary>True where so much is given that a preview says something.</summary>
    public bool IsComplete => Amount is not null && Bucket is not null && Reason.Length > 0;

    /// <summary>As the domain takes it. The rules must hold.</summary>
    public Adjustment ToAdjustment(Currency currency)
    {
        var micros = Money.Of(Amount!.Value, currency).Micros;
        return Direction switch
        {
            AdjustmentDirection.Add => new Adjustment.Add(Bucket!.Value, micros),
            AdjustmentDirection.TakeAway => new Adjustment.Add(Bucket!.Value, -micros),
            _ => new Adjustment.Set(Bucket!.Value, micros),
        };
    }
}

/// <summary>The rules of that form, the same for the page and for programs.</summary>
public sealed class AdjustBalanceFormRules : AbstractValidator<AdjustBalanceForm>
{
    private const decimal Most = 9_000_000_000_000m;

    /// <summary>The rules as data: nothing in them changes.</summary>
    public static AdjustBalanceFormRules Instance { get; } = new();

    private AdjustBalanceFormRules()
    {
        RuleFor(form => form.Direction).IsInEnum().WithErrorCode("unknown").WithMessage("Say which way: add, take away, or set what remains.");
        RuleFor(form => form.Amount).Cascade(CascadeMode.Stop)
            .NotNull().WithErrorCode("required").WithMessage("Say how much.")
            .Must(amount => Math.Abs(amount!.Value) <= Most).WithErrorCode("too_large").WithMessage("That is more than the portal can hold.")
            .Must(amount => amount!.Value * Money.Unit % 1 == 0).WithErrorCode("too_fine").WithMessage("At most six decimals can be kept.")
            .Must((form, amount) => form.Direction == AdjustmentDirection.SetRemaining || amount > 0)
            .WithErrorCode("too_small").WithMessage("Say an amount above zero; the direction says which way.");
        RuleFor(form => form.Bucket).Must(bucket => bucket is { } kind && ChartOfAccounts.Buckets.Contains(kind))
            .WithErrorCode("required").WithMessage("Choose a bucket.");
        RuleFor(form => form.Reason).Must(reason => ReasonCode.Find(reason) is { ByHand: true }).WithErrorCode("required").WithMessage("Choose a reason.");
        RuleFor(form => form.Comment).MaximumLength(AdjustBalance.MaxCommentLength).WithErrorCode("too_long")
            .WithMessage($"At most {AdjustBalance.MaxCommentLength} characters are kept.");
    }
}
