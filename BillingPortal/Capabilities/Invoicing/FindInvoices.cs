using System.Collections.Immutable;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Invoices;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>Finds invoices by their number, among those that the caller may see.</summary>
public sealed class FindInvoices(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <summary>A few: a list is for looking at.</summary>
    public const int Most = 6;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadInvoices;

    /// <summary>The newest whose number begins with <paramref name="text"/>, or ends with its digits.</summary>
    public async Task<ImmutableArray<ListedInvoice>> RunAsync(Caller caller, string text, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return access.MaySomewhere(Permission)
            ? (await InvoiceReading.PageAsync(store, JournalScope.Reachable(access, Permission), new InvoiceFilter { Number = NumberName.Of(text, clock.GetUtcNow().Year) }, new InvoicePlace(Most), cancel)).Lines
            : [];
    }
}
