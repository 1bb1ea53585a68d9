using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

#pragma warning disable CA1309 // the database compares, by its columns' binary collation

namespace BillingPortal.Store.Reading;

public static partial class InvoiceReading
{
    /// <summary>How many match, counted up to <paramref name="enough"/>.</summary>
    public static Task<int> CountAsync(BillingStore store, JournalScope scope, InvoiceFilter filter, int enough, CancellationToken cancel) =>
        Matching(store, scope, filter).Take(enough).CountAsync(cancel);

    /// <summary>What is still to be paid of those that match, by currency; only what is open counts, and currencies in which nothing is open are left out.</summary>
    public static async Task<ImmutableArray<InvoiceTotal>> OutstandingAsync(BillingStore store, JournalScope scope, InvoiceFilter filter, CancellationToken cancel)
    {
        var sums = await Matching(store, scope, filter).Where(f => f.Invoice.Status == InvoiceStatus.Open).GroupBy(f => f.Invoice.Currency)
            .Select(group => new { Currency = group.Key, Count = group.Count(), Outstanding = group.Sum(f => f.Invoice.Outstanding) }).ToListAsync(cancel);
        return [.. sums.OrderBy(sum => sum.Currency, StringComparer.Ordinal).Select(sum => new InvoiceTotal(sum.Count, new Money(sum.Outstanding, Currency.Of(sum.Currency))))];
    }

    private static IQueryable<Found> Matching(BillingStore store, JournalScope scope, InvoiceFilter filter)
    {
        var organizations = store.Organizations.AsNoTracking();
        organizations = scope switch
        {
            JournalScope.Of(var one) => organizations.Where(o => o.Id == one.Value),
            JournalScope.Trees(var ranges) => ranges.Select(range => organizations.Where(o => string.Compare(o.Path, range.From) >= 0 && string.Compare(o.Path, range.Until) < 0))
                .Aggregate(organizations.Where(o => false), (all, tree) => all.Union(tree)),
            _ => organizations,
        };
        var found = Named(store, filter).Join(organizations, i => i.OrganizationId, o => o.Id, (i, o) => new Found { Invoice = i, Organization = o });
        if (filter.Kind is { } kind)
        {
            found = found.Where(f => f.Invoice.Kind == kind);
        }

        if (filter.Status is { } status)
        {
            found = found.Where(f => f.Invoice.Status == status);
        }

        if (filter.Period is { } period)
        {
            found = found.Where(f => f.Invoice.Period == period);
        }

        if (filter.OverdueOn is { } today)
        {
            var day = (today.Year * 10_000) + (today.Month * 100) + today.Day;
            found = found.Where(f => f.Invoice.Status == InvoiceStatus.Open && f.Invoice.DueOn < day);
        }

        return found;
    }

    // Each of the questions is answered by an index, and their answers put together: one condition with "or" in it would read every invoice.
    private static IQueryable<InvoiceRow> Named(BillingStore store, InvoiceFilter filter)
    {
        if (filter.Number is not { } number)
        {
            return store.Invoices;
        }

        var (from, until, numbers) = (number.Begins, number.Begins + OrganizationSearch.Last, number.Whole.ToArray());
        var keys = store.Invoices.Where(i => string.Compare(i.Number, from) >= 0 && string.Compare(i.Number, until) < 0).Select(i => new { i.OrganizationId, i.Ordinal })
            .Union(store.Invoices.Where(i => numbers.Contains(i.Number)).Select(i => new { i.OrganizationId, i.Ordinal }));
        if (filter.OrPayer is { } name)
        {
            var payers = OrganizationSearch.Matching(store, name);
            keys = keys.Union(store.Invoices.Where(i => payers.Contains(i.OrganizationId)).Select(i => new { i.OrganizationId, i.Ordinal }));
        }

        return store.Invoices.Join(keys, i => new { i.OrganizationId, i.Ordinal }, key => key, (i, _) => i);
    }

    private sealed class Found
    {
        public required InvoiceRow Invoice { get; init; }

        public required Organization Organization { get; init; }
    }
}

/// <summary>What is outstanding in one currency.</summary>
/// <param name="Count">How many invoices are open.</param>
/// <param name="Outstanding">What is still to be paid of them.</param>
public sealed record InvoiceTotal(int Count, Money Outstanding);
