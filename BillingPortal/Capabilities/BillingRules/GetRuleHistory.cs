using System.Collections.Immutable;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>A change that somebody made to an organization's billing rule.</summary>
/// <param name="Version">The version it made.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Changes">Each setting before and after.</param>
public sealed record RuleVersion(long Version, Instant At, ActorName By, ImmutableArray<SettingChange> Changes)
{
    /// <summary>True where it switched recharging off.</summary>
    public bool SwitchedOff => Changes.Any(change => change is { Setting: "recharge_enabled", After: "off" });
}

/// <summary>A page of the history, newest first.</summary>
/// <param name="Versions">The changes.</param>
/// <param name="Older">The version below which the next page begins; null on the last one.</param>
/// <param name="Off">The change that switched recharging off, where it is off and that is known.</param>
public sealed record RuleHistory(ImmutableArray<RuleVersion> Versions, long? Older, RuleVersion? Off);

/// <summary>Reads it.</summary>
public sealed class GetRuleHistory(IDbContextFactory<BillingStore> stores) : ICapability
{
    private const int Page = 10;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>The changes below version <paramref name="below"/>; all from the newest where it is null.</summary>
    public async Task<Outcome<RuleHistory>> RunAsync(Caller caller, OrganizationId id, long? below, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<RuleHistory>(async _ =>
        {
            var rows = await store.BillingRuleChanges.Where(change => change.OrganizationId == id.Value && change.Version < (below ?? long.MaxValue))
                .OrderByDescending(change => change.Version).Take(Page + 1).ToListAsync(cancel);
            var off = below is null ? await store.BillingRuleChanges.Where(change => change.OrganizationId == id.Value && change.Changes.Contains("\"recharge_enabled\""))
                .OrderByDescending(change => change.Version).FirstOrDefaultAsync(cancel) : null;
            var names = await ActorNames.ReadAsync(store, rows.Append(off!).Where(row => row is not null).Select(row => new Actor(row.Actor, row.Via)), cancel);
            RuleVersion Of(Store.Rows.BillingRuleChangeRow row) => new(row.Version, new Instant(row.At), names[new Actor(row.Actor, row.Via)], Read(row.Changes));
            return new Outcome<RuleHistory>.Done(new RuleHistory(
                [.. rows.Take(Page).Select(Of)], rows.Count > Page ? rows[Page - 1].Version : null, off is not null && Of(off) is { SwitchedOff: true } switched ? switched : null));
        });
    }

    private static ImmutableArray<SettingChange> Read(string json) => JsonSerializer.Deserialize<ImmutableArray<SettingChange>>(json, JsonSerializerOptions.Web);
}
