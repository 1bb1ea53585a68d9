using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>Switches an organization between paying before and paying after (rules §8): later charges only; what is unbilled is still invoiced.</summary>
public static class ChargingModels
{
    /// <summary>The name for people, as contract 4 writes it.</summary>
    public static string NameOf(ChargingModel model) => model == ChargingModel.Prepaid ? "Prepaid" : "Postpaid";

    /// <summary>
    /// Adds the switch and what it brings: who pays by invoice has no use for a card that is charged by itself, so that a rule which is on goes off
    /// with it, as a change that its history shows.
    /// </summary>
    internal static void Switch(Course course, OrganizationId organization, ChargingModel model)
    {
        var state = course[organization];
        course.Add(new Effect.Configure(organization, Configuration.Of(state) with { ChargingModel = model },
            model == ChargingModel.Prepaid ? "prepaid" : "postpaid",
            model == ChargingModel.Prepaid
                ? "Prepaid from now on: later charges are paid from what is held. What is unbilled is still invoiced."
                : "Postpaid from now on: what later charges lack is invoiced."));
        if (model == ChargingModel.Postpaid && state.Rule.Recharge.Enabled)
        {
            var off = state.Rule with { Recharge = state.Rule.Recharge with { Enabled = false } };
            course.Add(new Effect.SetRule(organization, off with { Version = state.Rule.Version + 1 }, RuleChanges.Between(state, state.Rule, off) with { Weight = 0 }));
            Recharging.CancelWaiting(course, organization);
        }
    }
}
