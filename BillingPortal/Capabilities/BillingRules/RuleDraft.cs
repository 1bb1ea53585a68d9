using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>What stands in the form, as it was typed; the browser's tab keeps it.</summary>
public sealed record RuleDraft
{
    /// <summary>Auto-recharge is on.</summary>
    public bool RechargeOn { get; init; }

    /// <summary>The threshold as typed.</summary>
    public string Threshold { get; init; } = "";

    /// <summary>The amount as typed.</summary>
    public string Amount { get; init; } = "";

    /// <summary>The monthly limit as typed; empty for none.</summary>
    public string Limit { get; init; } = "";

    /// <summary>The cap is on.</summary>
    public bool CapOn { get; init; }

    /// <summary>The cap as typed.</summary>
    public string Cap { get; init; } = "";

    /// <summary>Windows start at a time of their own, not with the calendar month.</summary>
    public bool Anchored { get; init; }

    /// <summary>That time, as clocks in the organization's zone show it.</summary>
    public DateTime? ResetAt { get; init; }

    /// <summary>The cap only tells.</summary>
    public bool Soft { get; init; }

    /// <summary>The rule as it is, ready to be changed.</summary>
    public static RuleDraft Of(BillingRule rule, TimeZoneInfo zone, CultureInfo culture)
    {
        string Write(long? micros) => micros is { } given ? ((decimal)given / Money.Unit).ToString("0.00####", culture) : "";
        return new()
        {
            RechargeOn = rule.Recharge.Enabled,
            Threshold = Write(rule.Recharge.Threshold),
            Amount = Write(rule.Recharge.Amount),
            Limit = Write(rule.Recharge.MonthlyLimit),
            CapOn = rule.Cap.Enabled,
            Cap = Write(rule.Cap.Amount),
            Anchored = rule.Cap.Anchor is not null,
            ResetAt = rule.Cap.Anchor is { } anchor ? TimeZoneInfo.ConvertTime(anchor.ToUtc(), zone).DateTime : null,
            Soft = rule.Cap.Soft,
        };
    }
}
