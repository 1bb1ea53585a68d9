using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>What changed between two rules, setting by setting, for the history that people read.</summary>
public static class RuleChanges
{
    /// <summary>The change from one to the other; no lines where nothing that people set differs.</summary>
    public static RuleChange Between(LedgerState state, BillingRule before, BillingRule after)
    {
        var lines = ImmutableArray.CreateBuilder<SettingChange>();
        Add("recharge_enabled", Switch(before.Recharge.Enabled), Switch(after.Recharge.Enabled));
        Add("recharge_threshold", Amount(before.Recharge.Threshold), Amount(after.Recharge.Threshold));
        Add("recharge_amount", Amount(before.Recharge.Amount), Amount(after.Recharge.Amount));
        Add("recharge_limit", Amount(before.Recharge.MonthlyLimit), Amount(after.Recharge.MonthlyLimit));
        Add("cap_enabled", Switch(before.Cap.Enabled), Switch(after.Cap.Enabled));
        Add("cap_amount", Amount(before.Cap.Amount), Amount(after.Cap.Amount));
        Add("cap_reset_at", before.Cap.Anchor?.ToString() ?? "", after.Cap.Anchor?.ToString() ?? "");
        Add("cap_kind", before.Cap.Soft ? "alerts only" : "stops usage", after.Cap.Soft ? "alerts only" : "stops usage");
        Add("payment_method", before.Card?.ToString() ?? "", after.Card?.ToString() ?? "");
        Add("suspended", Why(before.Suspended), Why(after.Suspended));
        var more = Recharging.WorstMonth(after.Recharge) - Recharging.WorstMonth(before.Recharge);
        return new RuleChange(lines.ToImmutable(), Math.Max(0, more));

        void Add(string setting, string was, string becomes)
        {
            if (!string.Equals(was, becomes, StringComparison.Ordinal))
            {
                lines.Add(new SettingChange(setting, was, becomes));
            }
        }

        string Amount(long? micros) => micros is { } given ? new Money(given, state.Currency).ToString(CultureInfo.InvariantCulture) : "";
    }

    private static string Switch(bool on) => on ? "on" : "off";

    private static string Why(RechargeSuspension? suspension) => suspension switch
    {
        null => "",
        RechargeSuspension.PaymentFailed => "payment failed",
        RechargeSuspension.Breaker => "too many recharges",
        RechargeSuspension.Dispute => "payment disputed",
        _ => "confirmation needed",
    };
}
