using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>What lapsed unused goes to breakage, effective at the moment it lapsed (rules §1). Asked twice, it does it once: nothing is left.</summary>
public sealed record ExpireCredits(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <inheritdoc />
    public override string Rule => "expire-credits/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var course = new Course(view);
        foreach (var account in view.Only.Accounts.Values.Where(account => account.Balance > 0 && account.ExpiresAt <= view.Now))
        {
            var at = Instant.Later(account.ExpiresAt!.Value, view.Only.ClosedUntil);
            Consequences.Post(course, Organization, new EntryDraft(EntryKind.Expiry, ReasonCode.CreditsExpired,
                [new(account.Key, -account.Balance), new(AccountKey.Of(AccountKind.Breakage), account.Balance)])
            {
                EffectiveAt = at < view.Now ? at : null,
                KeySuffix = ":" + account.Key,
                Detail = """{"rule":"expire-credits/1"}""",
            });
        }

        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form)
    {
        // The organization is all there is to say, and stands in the hash already.
    }
}
