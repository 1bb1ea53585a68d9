using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Invoices;

/// <summary>
/// Looks at what a month comes to so far without closing it: it never has an effect. Its preview carries what the close would see, and <see cref="Reckon"/> reckons from that by the
/// rule that closes.
/// </summary>
public sealed record LookAtPeriod(Actor Actor, string Key, OrganizationId Organization, BillingPeriod Period) : MoneyCommand(Actor, Key)
{
    /// <inheritdoc />
    public override string Rule => "look-at-period/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Closing = (Organization, Period.Number) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view) => Decision.Nothing;

    /// <summary>What the month comes to, by what a preview of this saw.</summary>
    public static Reckoning Reckon(IReadOnlyDictionary<OrganizationId, LedgerState> states, Facts facts, OrganizationId organization, BillingPeriod period)
    {
        var closing = facts.Closing ?? throw new InvalidOperationException("The period was not looked at.");
        var from = new DateOnly(period.Number / 100, period.Number % 100, 1);
        var to = from.AddMonths(1).AddDays(-1);
        return new Reckoning(states[organization], closing, Taxation.Of(closing.Profile.Tax, country => VatRates.StandardOf(country, to)), from, to);
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Period.Number);
}
