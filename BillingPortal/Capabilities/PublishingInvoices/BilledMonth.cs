using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Invoicing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PublishingInvoices;

/// <summary>A month's bill: its document, or what it would come to so far.</summary>
/// <param name="Period">The month.</param>
/// <param name="Document">What it says.</param>
/// <param name="Status">Where it stands; null while the month is not closed.</param>
/// <param name="Outstanding">Still to be paid, millionths.</param>
public sealed record MonthBill(BillingPeriod Period, InvoiceDocument Document, InvoiceStatus? Status, long Outstanding);

/// <summary>Reads the bill of a month (contract 4's billing details). An open month is reckoned by the rule that closes it, and said to be preliminary.</summary>
public sealed class BilledMonth(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadInvoices;

    /// <summary>Reads it; not found where the month has neither usage nor a document.</summary>
    public async Task<Outcome<MonthBill>> RunAsync(Caller caller, OrganizationId id, BillingPeriod period, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return await access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission).ThenAsync<MonthBill>(async _ =>
        {
            var row = await store.Invoices.Where(invoice => invoice.OrganizationId == id.Value && invoice.Period == period.Number && invoice.Kind != InvoiceKind.CreditNote)
                .OrderBy(invoice => invoice.Status == InvoiceStatus.Void).ThenByDescending(invoice => invoice.Ordinal).FirstOrDefaultAsync(cancel);
            var stored = row is null ? null : new MonthBill(period, InvoiceJson.Read(row.Document), row.Status, row.Outstanding);
            if (stored is not null and not { Status: InvoiceStatus.Void })
            {
                return new Outcome<MonthBill>.Done(stored);
            }

            var looked = await writer.PreviewAsync(new LookAtPeriod(Actor.System("billing"), "look", id, period), cancel);
            return looked.Then<MonthBill>(preview =>
            {
                // A month that stays closed after its invoice was voided is what that invoice says; one that was opened again is reckoned anew.
                var state = preview.Before[id];
                if (stored is not null && state.ClosedUntil >= period.EndIn(state.Zone))
                {
                    return new Outcome<MonthBill>.Done(stored);
                }

                var document = LookAtPeriod.Reckon(preview.Before, preview.Facts, id, period).Document;
                return document.Lines.IsEmpty ? new Outcome<MonthBill>.NotFound("Nothing was billed in that month.")
                    : new Outcome<MonthBill>.Done(new MonthBill(period, document, null, document.Due));
            });
        });
    }
}
