using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>What saving a rule does, in words: settings, consequences, and the button that names the act.</summary>
public static class RuleWords
{
    /// <summary>A setting's name.</summary>
    public static string NameOf(string setting) => setting switch
    {
        "recharge_enabled" => "Auto-recharge",
        "recharge_threshold" => "Threshold",
        "recharge_amount" => "Amount",
        "recharge_limit" => "Limit a month",
        "cap_enabled" => "Spending cap",
        "cap_amount" => "Cap",
        "cap_reset_at" => "Windows start at",
        "cap_kind" => "When the cap is reached",
        "payment_method" => "Payment method",
        "suspended" => "Held by",
        _ => setting,
    };

    /// <summary>A setting's value, as history and previews show it.</summary>
    public static string ValueOf(string setting, string value, TimeZoneInfo zone) => (setting, value) switch
    {
        ("cap_reset_at", "") => "calendar month",
        ("cap_reset_at", _) when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) =>
            TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture),
        ("suspended", "") => "nothing",
        (_, "") => "none",
        _ => value,
    };

    /// <summary>One change in a line: "Threshold $20.00 → $60.00".</summary>
    public static string Line(SettingChange change, TimeZoneInfo zone) =>
        $"{NameOf(change.Setting)} {ValueOf(change.Setting, change.Before, zone)} → {ValueOf(change.Setting, change.After, zone)}";

    /// <summary>The settings that a person's act changes in one organization.</summary>
    public static IEnumerable<SettingChange> Changes(IEnumerable<Effect> effects) => effects.OfType<Effect.SetRule>().SelectMany(set => set.Changed?.Lines ?? []);

    /// <summary>What follows of itself from saving.</summary>
    public static IEnumerable<string> Consequences(IEnumerable<Effect> effects, BillingRule after, Currency currency)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Effect.Recharge { Intent: { State: RechargeState.Planned } planned }:
                    yield return $"{after.Card} is charged {Write(planned.Amount, currency)} at once.";
                    break;
                case Effect.Recharge { Intent: { State: RechargeState.Cancelled } taken }:
                    yield return $"The recharge of {Write(taken.Amount, currency)} that was decided and not yet charged is taken back.";
                    break;
                case Effect.SetRule { Changed: null, Rule.Suspended: RechargeSuspension.Breaker }:
                    yield return "It would charge too often and stops at once: action needed.";
                    break;
                case Effect.Block { Cause: BlockCause.CapReached }:
                    yield return "Charge requests are refused from now on: the cap is used up.";
                    break;
                case Effect.Unblock { Cause: BlockCause.CapReached }:
                    yield return "Charge requests are accepted again: the cap leaves room.";
                    break;
            }
        }
    }

    /// <summary>What is charged at once, in millionths.</summary>
    public static long ChargedAtOnce(IEnumerable<Effect> effects) =>
        effects.OfType<Effect.Recharge>().Where(recharge => recharge.Intent.State == RechargeState.Planned).Sum(recharge => recharge.Intent.Amount);

    /// <summary>The act: "Save rule and charge $100.00 now".</summary>
    public static string Act(Preview preview, Currency currency) => (ChargedAtOnce(preview.Effects), preview.Effects.Any(effect => effect is Effect.Block { Cause: BlockCause.CapReached })) switch
    {
        ( > 0 and var charged, _) => $"Save rule and charge {Write(charged, currency)} now",
        (_, true) => "Save rule and stop charges",
        _ => "Save rule",
    };

    private static string Write(long micros, Currency currency) => new Money(micros, currency).ToString(CultureInfo.CurrentCulture);
}
