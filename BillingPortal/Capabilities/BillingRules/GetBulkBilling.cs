using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>A sub-organization that can be chosen, with its rule in short.</summary>
/// <param name="Organization">Which.</param>
/// <param name="Rule">Its rule; null where nobody set one.</param>
public sealed record ChosenOrganization(Organization Organization, BillingRuleRow? Rule)
{
    /// <summary>Its number.</summary>
    public OrganizationId Id => new(Organization.Id);

    /// <summary>Recharging in short: "below $20.00: $100.00, at most $500.00".</summary>
    public string Recharge => Rule is { RechargeEnabled: true, RechargeThreshold: { } threshold, RechargeAmount: { } amount }
        ? $"below {Write(threshold)}: {Write(amount)}" + (Rule.RechargeLimit is { } limit ? $", at most {Write(limit)}" : "")
        : "off";

    /// <summary>The cap in short: "$300.00, only tells".</summary>
    public string Cap => Rule is { CapEnabled: true, CapAmount: { } amount } ? Write(amount) + (Rule.CapSoft ? ", only tells" : "") : "none";

    private string Write(long micros) => new Money(micros, Organization.Money).ToString(CultureInfo.CurrentCulture);
}

/// <summary>What can be chosen below an organization.</summary>
/// <param name="Parent">The organization above.</param>
/// <param name="Children">Those right below it, by name.</param>
/// <param name="More">True where there are more than are shown.</param>
/// <param name="CallerName">The caller's own name, as receipts show it.</param>
public sealed record BulkBilling(Organization Parent, ImmutableArray<ChosenOrganization> Children, bool More, string CallerName);

/// <summary>Reads it.</summary>
public sealed class GetBulkBilling(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>The sub-organizations of <paramref name="parent"/>, those of <paramref name="chosen"/> among them for sure.</summary>
    public async Task<Outcome<BulkBilling>> RunAsync(Caller caller, OrganizationId parent, ImmutableArray<long> chosen, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == parent.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<BulkBilling>(async above =>
        {
            var wanted = chosen.Take(SettingBillingRule.MostAtOnce).ToArray();
            var below = store.Organizations.AsNoTracking().Where(o => o.ParentId == above.Id && o.DeletedAt == null);
            var first = await below.OrderBy(o => o.SearchName).ThenBy(o => o.Id).Take(SettingBillingRule.MostAtOnce + 1).ToListAsync(cancel);
            var named = await below.Where(o => wanted.Contains(o.Id)).ToListAsync(cancel);
            var shown = first.Take(SettingBillingRule.MostAtOnce).UnionBy(named, o => o.Id).OrderBy(o => o.SearchName, StringComparer.Ordinal).ThenBy(o => o.Id).ToList();
            var ids = shown.ConvertAll(o => o.Id).ToArray();
            var rules = await store.BillingRules.Where(rule => ids.Contains(rule.OrganizationId)).ToDictionaryAsync(rule => rule.OrganizationId, cancel);
            var name = await store.Users.Where(u => u.Id == caller.UserId).Select(u => u.DisplayName).FirstOrDefaultAsync(cancel);
            return new Outcome<BulkBilling>.Done(new BulkBilling(above, [.. shown.Select(o => new ChosenOrganization(o, rules.GetValueOrDefault(o.Id)))],
                first.Count > SettingBillingRule.MostAtOnce, string.IsNullOrEmpty(name) ? "you" : name));
        });
    }
}
