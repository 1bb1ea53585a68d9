using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>A page of what moved a prepaid balance, usage aside.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Rows">The transactions.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Page">Which page it is: the last one where a later one was asked for.</param>
public sealed record BalanceTransactionsRead(Organization Organization, IReadOnlyList<BalanceTransaction> Rows, long Total, int Page);

/// <summary>Reads it. An organization that is postpaid now may have been prepaid: its transactions stay to be read.</summary>
public sealed class ListBalanceTransactions(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>A page.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">Whose.</param>
    /// <param name="types">Which types; empty for all.</param>
    /// <param name="order">By amount, else by number; descending or not.</param>
    /// <param name="page">From 1.</param>
    /// <param name="rows">How many on a page.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Outcome<BalanceTransactionsRead>> RunAsync(
        Caller caller, OrganizationId id, ImmutableArray<int> types, (bool ByAmount, bool Descending) order, int page, int rows, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<BalanceTransactionsRead>(async organization =>
        {
            var total = await BalanceTransactions.CountAsync(store, id, types, cancel);
            var at = (int)Math.Min(page, Math.Max(1, (total + rows - 1) / rows));
            return new Outcome<BalanceTransactionsRead>.Done(new BalanceTransactionsRead(organization, await BalanceTransactions.ReadAsync(
                store, organization, new BalanceTransactionsAsked(types, order.ByAmount, order.Descending, (at - 1) * rows, rows), cancel), total, at));
        });
    }
}
