using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>How an organization's auto-recharge stands, in the one word that a list has room for.</summary>
public enum RechargeStanding
{
    /// <summary>Nobody has switched it on.</summary>
    Off,

    /// <summary>It acts when less than the threshold is left.</summary>
    On,

    /// <summary>A recharge waits for its payment, or for its next attempt.</summary>
    Waiting,

    /// <summary>Whether a payment went through is not known yet.</summary>
    Unknown,

    /// <summary>The month's limit leaves less than a recharge.</summary>
    Paused,

    /// <summary>The card was declined at the last attempt too; it stands still.</summary>
    Failed,

    /// <summary>It stands still until a person acts.</summary>
    ActionNeeded,
}

/// <summary>Tells the standing from what was read.</summary>
public static class RechargeStandings
{
    /// <summary>The standing of <paramref name="facts"/>.</summary>
    public static RechargeStanding Of(OrganizationFacts facts) => facts.Rule switch
    {
        null or { RechargeEnabled: false } => RechargeStanding.Off,
        { Suspended: (int)RechargeSuspension.PaymentFailed } => RechargeStanding.Failed,
        { Suspended: not null } => RechargeStanding.ActionNeeded,
        _ when facts.InFlight is { } state => OfFlight(state),
        { RechargeLimit: { } limit, RechargeAmount: { } amount } when limit - facts.RechargedThisMonth < amount => RechargeStanding.Paused,
        _ => RechargeStanding.On,
    };

    private static RechargeStanding OfFlight(RechargeState state) => state switch
    {
        RechargeState.Unknown => RechargeStanding.Unknown,
        RechargeState.AuthenticationNeeded => RechargeStanding.ActionNeeded,
        _ => RechargeStanding.Waiting,
    };
}
