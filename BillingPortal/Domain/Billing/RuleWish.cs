using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>What a person or program wants of one organization's rule. What is not named stays as it is.</summary>
/// <param name="Organization">Whose.</param>
public sealed record RuleWish(OrganizationId Organization)
{
    private static readonly Instant LatestAnchor = Instant.From(new DateTimeOffset(2199, 12, 31, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Auto-recharge on or off.</summary>
    public bool? RechargeEnabled { get; init; }

    /// <summary>Millionths, 5 to 500 units.</summary>
    public long? Threshold { get; init; }

    /// <summary>Millionths, 5 to 500 units.</summary>
    public long? Amount { get; init; }

    /// <summary>Millionths a month; above zero.</summary>
    public long? MonthlyLimit { get; init; }

    /// <summary>True to take the monthly limit away.</summary>
    public bool WithoutLimit { get; init; }

    /// <summary>The cap on or off.</summary>
    public bool? CapEnabled { get; init; }

    /// <summary>Millionths, 0 to 100 000 units.</summary>
    public long? CapAmount { get; init; }

    /// <summary>Where windows are anchored, past or future.</summary>
    public Instant? Anchor { get; init; }

    /// <summary>True for calendar months instead of an anchor.</summary>
    public bool ByCalendarMonth { get; init; }

    /// <summary>True for a cap that alerts only.</summary>
    public bool? Soft { get; init; }

    /// <summary>The rule after it, without a look at whether it may be.</summary>
    public BillingRule On(BillingRule rule) => rule with
    {
        Recharge = new AutoRecharge(RechargeEnabled ?? rule.Recharge.Enabled, Threshold ?? rule.Recharge.Threshold, Amount ?? rule.Recharge.Amount,
            WithoutLimit ? null : MonthlyLimit ?? rule.Recharge.MonthlyLimit),
        Cap = new SpendingCap(CapEnabled ?? rule.Cap.Enabled, CapAmount ?? rule.Cap.Amount, ByCalendarMonth ? null : Anchor ?? rule.Cap.Anchor, Soft ?? rule.Cap.Soft),
    };

    /// <summary>Why it cannot be, field by field; empty where it can. Limits are contract 1's, in the organization's currency.</summary>
    internal ImmutableArray<FieldError> Check(LedgerState state)
    {
        var after = On(state.Rule);
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        Between(nameof(Threshold), Threshold, AutoRecharge.Least, AutoRecharge.Most);
        Between(nameof(Amount), Amount, AutoRecharge.Least, AutoRecharge.Most);
        Between(nameof(CapAmount), CapAmount, 0, SpendingCap.Most);
        Needed(after.Recharge.Enabled && after.Recharge.Threshold is null, nameof(Threshold), "Say below which balance to recharge.");
        Needed(after.Recharge.Enabled && after.Recharge.Amount is null, nameof(Amount), "Say how much to charge.");
        Needed(after.Cap.Enabled && after.Cap.Amount is null, nameof(CapAmount), "Say how much may be spent.");
        if (Amount is { } charged && charged % state.Currency.MinorUnit != 0)
        {
            errors.Add(new FieldError(nameof(Amount), "out_of_range", $"A card is charged whole {(state.Currency.Digits == 2 ? "cents" : "minor units")}."));
        }

        if (Anchor is { } anchor && (anchor < EffectiveTime.Earliest || anchor > LatestAnchor))
        {
            errors.Add(new FieldError(nameof(Anchor), "out_of_range", "Between the years 2000 and 2199."));
        }

        if (MonthlyLimit <= 0)
        {
            errors.Add(new FieldError(nameof(MonthlyLimit), "out_of_range", "The monthly limit must be above zero."));
        }

        return errors.ToImmutable();

        void Between(string field, long? micros, long least, long most)
        {
            if (micros is { } given && (given < least * Money.Unit || given > most * Money.Unit))
            {
                errors.Add(new FieldError(field, "out_of_range", string.Create(CultureInfo.InvariantCulture,
                    $"Between {new Money(least * Money.Unit, state.Currency).ToString(CultureInfo.InvariantCulture)} and {new Money(most * Money.Unit, state.Currency).ToString(CultureInfo.InvariantCulture)}.")));
            }
        }

        void Needed(bool missing, string field, string message)
        {
            if (missing)
            {
                errors.Add(new FieldError(field, "required", message));
            }
        }
    }
}
