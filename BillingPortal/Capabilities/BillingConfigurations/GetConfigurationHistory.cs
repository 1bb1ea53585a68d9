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

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>A change that somebody made to how an organization is billed.</summary>
/// <param name="Version">The version it made.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Changes">Each setting before and after.</param>
public sealed record ConfigurationVersion(long Version, Instant At, ActorName By, ImmutableArray<SettingChange> Changes);

/// <summary>A page of the history, newest first.</summary>
/// <param name="Versions">The changes.</param>
/// <param name="Older">The version below which the next page begins; null on the last one.</param>
public sealed record ConfigurationHistory(ImmutableArray<ConfigurationVersion> Versions, long? Older);

/// <summary>Reads it.</summary>
public sealed class GetConfigurationHistory(IDbContextFactory<BillingStore> stores) : ICapability
{
    private const int Page = 10;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>The changes below version <paramref name="below"/>; all from the newest where it is null.</summary>
    public async Task<Outcome<ConfigurationHistory>> RunAsync(Caller caller, OrganizationId id, long? below, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<ConfigurationHistory>(async _ =>
        {
            var rows = await store.BillingConfigChanges.Where(change => change.OrganizationId == id.Value && change.Version < (below ?? long.MaxValue))
                .OrderByDescending(change => change.Version).Take(Page + 1).ToListAsync(cancel);
            var names = await ActorNames.ReadAsync(store, rows.Select(row => new Actor(row.Actor, row.Via)), cancel);
            return new Outcome<ConfigurationHistory>.Done(new ConfigurationHistory(
                [.. rows.Take(Page).Select(row => new ConfigurationVersion(row.Version, new Instant(row.At), names[new Actor(row.Actor, row.Via)],
                    JsonSerializer.Deserialize<ImmutableArray<SettingChange>>(row.Changes, JsonSerializerOptions.Web)))],
                rows.Count > Page ? rows[Page - 1].Version : null));
        });
    }
}
