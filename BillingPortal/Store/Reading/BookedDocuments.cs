using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>A document that an entry booked, or in whose life it stands: an invoice issued, paid, credited, voided.</summary>
/// <param name="Seq">The entry.</param>
/// <param name="Ordinal">Which of the payer's documents.</param>
/// <param name="Kind">Invoice, credit note or statement.</param>
/// <param name="Number">Its number; null for drafts and statements.</param>
/// <param name="Period">The month it bills, as 202409.</param>
public sealed record BookedDocument(long Seq, int Ordinal, InvoiceKind Kind, string? Number, int? Period)
{
    /// <summary>Its number, or what it is and of when.</summary>
    public string Title => Number ?? (Kind == InvoiceKind.Statement ? "Statement" : "Draft") + (Period is { } month ? " " + new BillingPeriod(month).ToString(CultureInfo.InvariantCulture) : "");

    /// <summary>The documents of each of <paramref name="entries"/> of a payer. Whoever calls has asked whether they may be seen.</summary>
    public static async Task<ILookup<long, BookedDocument>> OfAsync(BillingStore store, OrganizationId payer, ImmutableArray<long> entries, CancellationToken cancel)
    {
        if (entries.IsEmpty)
        {
            return Enumerable.Empty<BookedDocument>().ToLookup(document => document.Seq);
        }

        long[] wanted = [.. entries];
        var rows = await store.InvoiceEvents.Where(step => step.OrganizationId == payer.Value && step.Seq != null && wanted.Contains(step.Seq.Value))
            .Join(store.Invoices, step => new { step.OrganizationId, step.Ordinal }, invoice => new { invoice.OrganizationId, invoice.Ordinal },
                (step, invoice) => new { Seq = step.Seq!.Value, invoice.Ordinal, invoice.Kind, invoice.Number, invoice.Period })
            .Distinct().OrderBy(row => row.Ordinal).ToListAsync(cancel);
        return rows.Select(row => new BookedDocument(row.Seq, row.Ordinal, row.Kind, row.Number, row.Period)).ToLookup(document => document.Seq);
    }
}
