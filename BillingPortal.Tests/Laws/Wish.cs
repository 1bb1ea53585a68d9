using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Tests.Laws;

/// <summary>Something that may be asked of one organization's ledger, made up at random. It may well be refused.</summary>
/// <param name="BackBy">How long before it is asked it took effect; null for "now".</param>
internal abstract record Wish(TimeSpan? BackBy)
{
    private static readonly Actor Anybody = Actor.System("laws");

    /// <summary>A charge, asked for or reported.</summary>
    public sealed record Charge(ChargeMode Mode, long Amount, TimeSpan? BackBy) : Wish(BackBy);

    /// <summary>Monthly credits.</summary>
    public sealed record Grant(long Amount, TimeSpan? BackBy) : Wish(BackBy);

    /// <summary>Cash paid in, with a bonus.</summary>
    public sealed record Pay(long Amount, long BonusRate, TimeSpan? BackBy) : Wish(BackBy);

    /// <summary>A correction by finance.</summary>
    public sealed record Adjust(Adjustment Change, TimeSpan? BackBy) : Wish(BackBy);

    /// <summary>The command for it.</summary>
    public MoneyCommand ToCommand(OrganizationId organization, string key, Instant now)
    {
        Instant? at = BackBy is { } span ? now.Plus(-span) : null;
        return this switch
        {
            Charge charge => new ChargeUsage(Anybody, key, organization) { Mode = charge.Mode, Service = "compute", Amount = charge.Amount, OccurredAt = at },
            Grant grant => new GrantCredits(Anybody, key, organization) { Amount = grant.Amount, GrantedAt = at },
            Pay pay => new TopUp(Anybody, key, organization) { Amount = pay.Amount, BonusRate = pay.BonusRate, PaidAt = at },
            Adjust adjust => new AdjustBalance(Anybody, key, organization)
            {
                Change = adjust.Change, Reason = ReasonOf(adjust.Change), EffectiveAt = at, MayRaiseCash = true, Limit = long.MaxValue,
            },
            _ => throw new InvalidOperationException("The set of wishes is closed."),
        };
    }

    private static ReasonCode ReasonOf(Adjustment change) =>
        change is Adjustment.SetRemaining ? ReasonCode.BalanceSetByApi : ReasonCode.Find("goodwill")!;
}
