using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>Recharges in words: states, causes, and what comes next.</summary>
public static class RechargeWords
{
    private static readonly (string Code, string Name, ImmutableArray<RechargeState> States)[] Groups =
    [
        ("in_flight", "In flight", [RechargeState.Planned, RechargeState.Submitted, RechargeState.Unknown, RechargeState.Retrying, RechargeState.AuthenticationNeeded]),
        ("unknown", "Outcome unknown", [RechargeState.Unknown]),
        ("retrying", "Declined, tried again", [RechargeState.Retrying]),
        ("settled", "Settled", [RechargeState.Settled]),
        ("failed", "Failed", [RechargeState.Failed]),
        ("cancelled", "Cancelled", [RechargeState.Cancelled]),
    ];

    /// <summary>The choices of the filter: their code in the address and their name.</summary>
    public static IEnumerable<(string Code, string Name)> Filters => Groups.Select(group => (group.Code, group.Name));

    /// <summary>The states of a choice; empty where it is none.</summary>
    public static ImmutableArray<RechargeState> StatesOf(string code) => Array.Find(Groups, group => group.Code == code).States is { IsDefault: false } states ? states : [];

    /// <summary>The name of a state.</summary>
    public static string NameOf(RechargeState state) => state switch
    {
        RechargeState.Planned => "Planned",
        RechargeState.Submitted => "Being charged",
        RechargeState.Unknown => "Outcome unknown",
        RechargeState.Retrying => "Declined, tried again",
        RechargeState.AuthenticationNeeded => "Cardholder must confirm",
        RechargeState.Settled => "Settled",
        RechargeState.Failed => "Failed",
        _ => "Cancelled",
    };

    /// <summary>The state for exports.</summary>
    public static string CodeOf(RechargeState state) => state switch
    {
        RechargeState.AuthenticationNeeded => "authentication_needed",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>Its cause as a sentence's part: "a charge for Compute of $90.00 left $10.00, below $20.00".</summary>
    public static string CauseOf(RechargeLine recharge)
    {
        var left = $"{Words(recharge.Available)} available, below {Words(recharge.Threshold)}";
        return recharge.Cause is not { } cause
            ? $"rule version {recharge.RuleVersion.ToString(CultureInfo.InvariantCulture)} was saved with {left}"
            : $"{NameOf(cause)} of {Words(new Money(Math.Abs(cause.Amount.Micros), cause.Amount.Currency))} left {left}";
    }

    /// <summary>What became of it, as a sentence with its cause: what support reads out.</summary>
    public static string Sentence(RechargeLine recharge, string organization)
    {
        var amount = Words(recharge.Amount);
        var because = $" because {CauseOf(recharge)}";
        return recharge.State switch
        {
            RechargeState.Settled => $"{organization} was charged {amount} with {recharge.Card}{because}.",
            RechargeState.Failed => $"{organization} was to be charged {amount} with {recharge.Card}{because}; the card was not charged. {recharge.FailureMessage}",
            RechargeState.Cancelled => $"{organization} was to be charged {amount}{because}; it was cancelled and nothing was charged.",
            RechargeState.Unknown => $"{organization} was to be charged {amount} with {recharge.Card}{because}; whether it was is not known yet.",
            RechargeState.Retrying => $"{organization} is to be charged {amount}{because}; {recharge.Card} was declined. {recharge.FailureMessage}",
            RechargeState.AuthenticationNeeded => $"{organization} is to be charged {amount}{because}; the holder of {recharge.Card} must confirm it.",
            _ => $"{organization} is to be charged {amount} with {recharge.Card}{because}.",
        };
    }

    /// <summary>How a step was learnt.</summary>
    public static string LearntBy(string via) => via switch
    {
        "engine" => "By the portal itself.",
        "gateway" => "Answered by the payment provider.",
        "webhook" => "Told by the payment provider (webhook).",
        _ => "By " + via + ".",
    };

    private static string NameOf(RechargeCauseEntry cause) => cause.Kind switch
    {
        EntryKind.Charge when cause.Service.Length > 0 => $"a charge for {cause.Service}",
        EntryKind.Adjustment => "an adjustment",
        _ => "a " + EntryKinds.NameOf(cause.Kind).ToLowerInvariant(),
    };

    private static string Words(Money money) => money.ToString(CultureInfo.CurrentCulture);
}
