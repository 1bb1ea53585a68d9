using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>Configures several organizations at once, all or nothing: what an organization loses, everything below it loses with it.</summary>
public sealed record ConfigureOrganizations(Actor Actor, string Key, ImmutableArray<ConfigureOrganization> Each) : MoneyCommand(Actor, Key)
{
    /// <inheritdoc />
    public override string Rule => "configure-organizations/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [.. Each.SelectMany(one => one.Organizations).Distinct()];

    /// <inheritdoc />
    public override FactsNeeded Needs => Each.FirstOrDefault(one => one.UseParentBalance == true)?.Needs ?? FactsNeeded.None;

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var effects = ImmutableArray.CreateBuilder<Effect>();
        foreach (var one in Each)
        {
            if (one.Decide(view) is not Decision.Effects decided)
            {
                return one.Decide(view);
            }

            effects.AddRange(decided.Items);
        }

        return new Decision.Effects(effects.ToImmutable());
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form)
    {
        foreach (var one in Each)
        {
            form.Add(one.RequestHash);
        }
    }
}
