using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using FluentValidation;

namespace BillingPortal.Store.BillingRules;

/// <summary>
/// What a person or a program asks of recharge and cap, in units of the organization's currency. Page, contract 1's PATCH and bulk edit fill in
/// this one form; what is null stays as it is.
/// </summary>
public sealed record BillingRuleForm
{
    /// <summary>Auto-recharge on or off.</summary>
    public bool? RechargeEnabled { get; init; }

    /// <summary>Recharges when less is available; 5 to 500.</summary>
    public decimal? Threshold { get; init; }

    /// <summary>What a recharge charges; 5 to 500.</summary>
    public decimal? Amount { get; init; }

    /// <summary>What recharges charge at most in a calendar month; above zero.</summary>
    public decimal? MonthlyLimit { get; init; }

    /// <summary>True to take the monthly limit away.</summary>
    public bool WithoutLimit { get; init; }

    /// <summary>The cap on or off.</summary>
    public bool? CapEnabled { get; init; }

    /// <summary>What may be spent in a window; 0 to 100 000.</summary>
    public decimal? CapAmount { get; init; }

    /// <summary>Where the windows are anchored, past or future.</summary>
    public Instant? Anchor { get; init; }

    /// <summary>True for calendar months instead of an anchor.</summary>
    public bool ByCalendarMonth { get; init; }

    /// <summary>True for a cap that alerts only.</summary>
    public bool? Soft { get; init; }

    /// <summary>As the domain takes it. The rules must hold.</summary>
    public RuleWish ToWish(OrganizationId organization, Currency currency)
    {
        long? Micros(decimal? units) => units is { } given ? Money.Of(given, currency).Micros : null;
        return new(organization)
        {
            RechargeEnabled = RechargeEnabled,
            Threshold = Micros(Threshold),
            Amount = Micros(Amount),
            MonthlyLimit = Micros(MonthlyLimit),
            WithoutLimit = WithoutLimit,
            CapEnabled = CapEnabled,
            CapAmount = Micros(CapAmount),
            Anchor = Anchor,
            ByCalendarMonth = ByCalendarMonth,
            Soft = Soft,
        };
    }

    /// <summary>The form that asks for <paramref name="rule"/> as it is.</summary>
    public static BillingRuleForm Of(BillingRule rule)
    {
        static decimal? Units(long? micros) => micros is { } given ? (decimal)given / Money.Unit : null;
        return new()
        {
            RechargeEnabled = rule.Recharge.Enabled,
            Threshold = Units(rule.Recharge.Threshold),
            Amount = Units(rule.Recharge.Amount),
            MonthlyLimit = Units(rule.Recharge.MonthlyLimit),
            WithoutLimit = rule.Recharge.MonthlyLimit is null,
            CapEnabled = rule.Cap.Enabled,
            CapAmount = Units(rule.Cap.Amount),
            Anchor = rule.Cap.Anchor,
            ByCalendarMonth = rule.Cap.Anchor is null,
            Soft = rule.Cap.Soft,
        };
    }
}

/// <summary>The rules of that form, the same for page and programs. What must be there where it is switched on is the domain's to say: it may be stored.</summary>
public sealed class BillingRuleFormRules : AbstractValidator<BillingRuleForm>
{
    private static readonly Instant Earliest = Instant.From(new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly Instant Latest = Instant.From(new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The rules as data: nothing in them changes.</summary>
    public static BillingRuleFormRules Instance { get; } = new();

    private BillingRuleFormRules()
    {
        Between(RuleFor(form => form.Threshold), AutoRecharge.Least, AutoRecharge.Most);
        Between(RuleFor(form => form.Amount), AutoRecharge.Least, AutoRecharge.Most);
        Between(RuleFor(form => form.CapAmount), 0, SpendingCap.Most);
        RuleFor(form => form.MonthlyLimit)
            .Must(limit => limit is not <= 0).WithErrorCode("out_of_range").WithMessage("Say a limit above zero, or none.")
            .Must(limit => limit is not > 1_000_000_000).WithErrorCode("out_of_range").WithMessage("At most 1,000,000,000.");
        NotTooFine(RuleFor(form => form.MonthlyLimit));
        RuleFor(form => form.Anchor).Must(anchor => anchor is not { } at || (at >= Earliest && at < Latest))
            .WithErrorCode("out_of_range").WithMessage("Choose a time from 1970 to 2199.");
    }

    private static void Between(IRuleBuilderInitial<BillingRuleForm, decimal?> rule, long least, long most)
    {
        rule.Must(amount => amount is not { } given || (given >= least && given <= most)).WithErrorCode("out_of_range")
            .WithMessage(string.Create(CultureInfo.InvariantCulture, $"Choose {least:#,0} to {most:#,0}, both included."));
        NotTooFine(rule);
    }

    private static void NotTooFine(IRuleBuilder<BillingRuleForm, decimal?> rule) => rule
        .Must(amount => amount is not { } given || Math.Abs(given) > 9_000_000_000_000m || given * Money.Unit % 1 == 0).WithErrorCode("too_fine").WithMessage("At most six decimals can be kept.");
}
