using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>What a rule would meet in a ledger.</summary>
public static class RuleSights
{
    /// <summary>Of a rule on a ledger as it stands.</summary>
    /// <param name="ledger">The ledger before anything is done.</param>
    /// <param name="rule">The rule as it would be.</param>
    /// <param name="window">The window in which its cap counts; null for none.</param>
    /// <param name="name">The organization's name.</param>
    /// <param name="payer">Who pays for it, where somebody else does.</param>
    /// <param name="now">When.</param>
    public static RuleSight Of(LedgerState ledger, BillingRule rule, SpendingWindow? window, string name, string? payer, Instant now) => new()
    {
        Name = name,
        ChargingModel = ledger.ChargingModel,
        Currency = ledger.Currency,
        Rule = rule,
        Available = ledger.AvailableAt(now),
        Spent = window?.Spent ?? 0,
        ChargedThisMonth = ChargedThisMonth(ledger, now),
        Payer = payer,
    };

    /// <summary>What recharges charged in the calendar month of <paramref name="now"/>, in flight included: what a limit would have counted.</summary>
    public static long ChargedThisMonth(LedgerState ledger, Instant now)
    {
        var asIfLimited = ledger with { Rule = ledger.Rule with { Recharge = ledger.Rule.Recharge with { MonthlyLimit = 0 } } };
        return -Recharging.LimitLeft(asIfLimited, now) ?? 0;
    }
}
