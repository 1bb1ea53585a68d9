using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Invoicing;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>Reads invoices, credit notes and statements. Whoever calls has asked whether it may.</summary>
public static partial class InvoiceReading
{
    /// <summary>One page, newest first.</summary>
    public static async Task<InvoicePageLines> PageAsync(BillingStore store, JournalScope scope, InvoiceFilter filter, InvoicePlace place, CancellationToken cancel)
    {
        var found = Matching(store, scope, filter);
        if ((place.After ?? place.Before) is { } cursor)
        {
            var (at, whose, ordinal) = (cursor.CreatedAt.Micros, cursor.Organization.Value, cursor.Ordinal);
            found = place.Backwards
                ? found.Where(f => f.Invoice.CreatedAt > at || (f.Invoice.CreatedAt == at && (f.Invoice.OrganizationId > whose || (f.Invoice.OrganizationId == whose && f.Invoice.Ordinal > ordinal))))
                : found.Where(f => f.Invoice.CreatedAt < at || (f.Invoice.CreatedAt == at && (f.Invoice.OrganizationId < whose || (f.Invoice.OrganizationId == whose && f.Invoice.Ordinal < ordinal))));
        }

        var ordered = place.Backwards
            ? found.OrderBy(f => f.Invoice.CreatedAt).ThenBy(f => f.Invoice.OrganizationId).ThenBy(f => f.Invoice.Ordinal)
            : found.OrderByDescending(f => f.Invoice.CreatedAt).ThenByDescending(f => f.Invoice.OrganizationId).ThenByDescending(f => f.Invoice.Ordinal);
        var rows = await ordered.Take(place.Rows + 1).Select(f => new
        {
            f.Invoice.OrganizationId, f.Organization.Name, f.Invoice.Ordinal, f.Invoice.Kind, f.Invoice.Status, f.Invoice.Number, f.Invoice.Period, f.Invoice.Currency, f.Invoice.Net,
            f.Invoice.Tax, f.Invoice.Total, f.Invoice.Due, f.Invoice.Paid, f.Invoice.Credited, f.Invoice.Outstanding, f.Invoice.IssuedOn, f.Invoice.DueOn, f.Invoice.CreatedAt, f.Invoice.SentAt,
        }).ToListAsync(cancel);

        // One row more than asked for tells whether there are more on that side.
        var more = rows.Count > place.Rows;
        var lines = rows.Take(place.Rows).Select(row => new ListedInvoice
        {
            Cursor = new InvoiceCursor(new Instant(row.CreatedAt), new OrganizationId(row.OrganizationId), row.Ordinal),
            OrganizationName = row.Name,
            Kind = row.Kind,
            Status = row.Status,
            Number = row.Number,
            Period = row.Period,
            Currency = Currency.Of(row.Currency),
            Net = row.Net,
            Tax = row.Tax,
            Total = row.Total,
            Due = row.Due,
            Paid = row.Paid,
            Credited = row.Credited,
            Outstanding = row.Outstanding,
            IssuedOn = DayOf(row.IssuedOn),
            DueOn = DayOf(row.DueOn),
            SentAt = row.SentAt is { } sent ? new Instant(sent) : null,
        });
        return new InvoicePageLines(place.Backwards ? [.. lines.Reverse()] : [.. lines], HasNewer: place.Backwards ? more : place.After is not null, HasOlder: place.Backwards || more);
    }

    /// <summary>One document with its life; null where there is none.</summary>
    public static async Task<Invoice?> FindAsync(BillingStore store, OrganizationId organization, int ordinal, CancellationToken cancel) =>
        await store.Invoices.FirstOrDefaultAsync(i => i.OrganizationId == organization.Value && i.Ordinal == ordinal, cancel) is { } row ? Of(row) : null;

    /// <summary>The credit notes of an invoice, oldest first.</summary>
    public static async Task<ImmutableArray<Invoice>> CreditsAsync(BillingStore store, OrganizationId organization, int ordinal, CancellationToken cancel) =>
        [.. (await store.Invoices.Where(i => i.OrganizationId == organization.Value && i.Corrects == ordinal).OrderBy(i => i.Ordinal).ToListAsync(cancel)).Select(Of)];

    /// <summary>What happened to a document, in order.</summary>
    public static async Task<ImmutableArray<InvoiceEventRow>> StepsAsync(BillingStore store, OrganizationId organization, int ordinal, CancellationToken cancel) =>
        [.. await store.InvoiceEvents.Where(e => e.OrganizationId == organization.Value && e.Ordinal == ordinal).OrderBy(e => e.Step).ToListAsync(cancel)];

    /// <summary>A stored day, as 20241101.</summary>
    public static DateOnly? DayOf(int? stored) => stored is { } day ? new DateOnly(day / 10_000, day / 100 % 100, day % 100) : null;

    private static Invoice Of(InvoiceRow row) => new(new OrganizationId(row.OrganizationId), row.Ordinal)
    {
        Document = InvoiceJson.Read(row.Document),
        Status = row.Status,
        Seq = row.Seq,
        Paid = row.Paid,
        Credited = row.Credited,
        CreditedTotal = row.CreditedTotal,
        WrittenOff = row.WrittenOff,
        SentAt = row.SentAt is { } sent ? new Instant(sent) : null,
        Reminders = row.Reminders,
        Steps = row.Steps,
        CreatedAt = new Instant(row.CreatedAt),
    };
}
