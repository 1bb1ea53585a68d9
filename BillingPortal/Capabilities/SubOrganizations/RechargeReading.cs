using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Recharges in flight, and what counts against the month's limit: settled, in flight and unknown, by the time they were decided (rules §6).</summary>
internal static class RechargeReading
{
    private const int FirstEnded = 10;

    /// <summary>By organization's number; those without any are left out. One statement.</summary>
    public static async Task<IReadOnlyDictionary<long, (RechargeState? InFlight, long ThisMonth)>> ReadAsync(
        BillingStore store, IReadOnlyList<Organization> organizations, IReadOnlyDictionary<long, BillingRuleRow> rules, Instant now, CancellationToken cancel)
    {
        var months = organizations.Where(organization => rules.GetValueOrDefault(organization.Id)?.RechargeEnabled == true)
            .ToDictionary(organization => organization.Id, organization => BillingPeriod.Of(now, organization.Zone).StartIn(organization.Zone).Micros);
        if (months.Count == 0)
        {
            return new Dictionary<long, (RechargeState?, long)>();
        }

        var (ids, since) = (months.Keys.ToArray(), months.Values.Min());
        var intents = await store.RechargeIntents
            .Where(intent => ids.Contains(intent.OrganizationId) && (intent.State < FirstEnded || (intent.State == (int)RechargeState.Settled && intent.CreatedAt >= since)))
            .Select(intent => new { intent.OrganizationId, intent.State, intent.Amount, intent.CreatedAt }).ToListAsync(cancel);
        return intents.GroupBy(intent => intent.OrganizationId).ToDictionary(organization => organization.Key, organization => (
            organization.Where(intent => intent.State < FirstEnded).Select(intent => (RechargeState?)intent.State).FirstOrDefault(),
            organization.Where(intent => intent.CreatedAt >= months[organization.Key]).Sum(intent => intent.Amount)));
    }
}
