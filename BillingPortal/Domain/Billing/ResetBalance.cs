using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Sets a prepaid balance to zero: cash, bonus and overdraft, against write-off (rules §4). Monthly and promotional credits are no part of it. By undoing its
/// entry everything comes back.
/// </summary>
public sealed record ResetBalance(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    private static readonly ImmutableArray<AccountKind> Buckets = [AccountKind.Cash, AccountKind.Bonus, AccountKind.Overdraft];

    /// <summary>A person's words.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Millionths the actor may move alone in a rolling day, where they act for the platform; null for those of the organization above, whose it is to lose.</summary>
    public long? Limit { get; init; }

    /// <inheritdoc />
    public override string Rule => "reset-balance/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { RollingTotals = Limit is not null };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        if (state.ChargingModel != ChargingModel.Prepaid)
        {
            return Decision.No(RefusalCode.NotForPostpaid, $"{state.Name} is postpaid: it has no prepaid balance. Nothing was reset.");
        }

        if (Recharging.InFlight(state) is { } recharge)
        {
            return Decision.No(RefusalCode.CannotBeDeleted,
                $"Recharge {recharge.Number} of {state.Name} is in flight: its money would come after the reset. Wait until it has settled. Nothing was reset.");
        }

        var lines = state.Accounts.Values.Where(account => Buckets.Contains(account.Key.Kind) && account.Balance != 0)
            .Select(account => new PostingDraft(account.Key, -account.Balance)).ToImmutableArray();
        if (lines.IsEmpty)
        {
            return Decision.Nothing;
        }

        var entry = new EntryDraft(EntryKind.Adjustment, ReasonCode.BalanceReset, [.. lines, new(AccountKey.Of(AccountKind.WriteOff), -lines.Sum(line => line.Amount))])
        {
            Comment = Comment,
            Detail = """{"rule":"reset-balance/1","type":3}""",
        };
        return (Limit is { } limit ? ApprovalLimit.Check(state, view.Facts, entry.Size, limit) : null) ?? Consequences.After(view, Organization, entry);
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Comment);
}
