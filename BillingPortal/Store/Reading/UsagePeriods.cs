using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>Reads in which months an organization used anything; one look into the index of usage. Whoever calls has asked whether it may.</summary>
public static class UsagePeriods
{
    /// <summary>The first such month; null where nothing was ever used.</summary>
    public static async Task<BillingPeriod?> FirstAsync(BillingStore store, OrganizationId organization, CancellationToken cancel)
    {
        await store.Database.OpenConnectionAsync(cancel);
        var first = await LedgerQueries.ScalarAsync(store.Database.GetDbConnection(),
            $"SELECT MIN(period) FROM journal_entry WHERE organization_id = @o AND kind IN ({(int)EntryKind.Charge}, {(int)EntryKind.ChargeCredit}, {(int)EntryKind.Reversal})", ("o", organization.Value));
        return first is { } number ? new BillingPeriod((int)number) : null;
    }
}
