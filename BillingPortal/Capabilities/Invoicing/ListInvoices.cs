using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>The invoices, credit notes and statements of one organization, or of all that the caller may see, newest first.</summary>
public sealed class ListInvoices(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    private const int Enough = 1_001, AtOnce = 500;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadInvoices;

    /// <summary>A page of them.</summary>
    public async Task<Outcome<InvoiceList>> RunAsync(Caller caller, OrganizationId? organization, InvoiceForm form, InvoicePlace place, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ReachAsync(store, caller, organization, cancel)).ThenAsync<InvoiceList>(async reach =>
        {
            var today = DueDay.Today(Instant.Now(clock));
            var (filter, errors) = form.Read(today);
            var page = await InvoiceReading.PageAsync(store, reach.Scope, filter, place, cancel);
            var count = await InvoiceReading.CountAsync(store, reach.Scope, filter, Enough, cancel);
            var outstanding = await InvoiceReading.OutstandingAsync(store, reach.Scope, filter, cancel);
            return new Outcome<InvoiceList>.Done(new InvoiceList(reach.Organization, page, count, errors, today) { Outstanding = outstanding });
        });
    }

    /// <summary>The same for a program, which names the organization by its UUID.</summary>
    public async Task<Outcome<InvoiceList>> RunAsync(Caller caller, Guid uuid, InvoiceForm form, InvoicePlace place, CancellationToken cancel)
    {
        long id;
        await using (var store = await stores.CreateDbContextAsync(cancel))
        {
            id = await store.Organizations.Where(o => o.Uuid == uuid).Select(o => o.Id).FirstOrDefaultAsync(cancel);
        }

        var outcome = await RunAsync(caller, new OrganizationId(id), form, place, cancel);
        return outcome.Then(list => list.Errors.IsEmpty ? outcome : new Outcome<InvoiceList>.Invalid(list.Errors));
    }

    /// <summary>All that the filter lets through, to be read as it is sent. A filter that cannot be meant is refused: a file must not hold more than was asked.</summary>
    public async Task<Outcome<IAsyncEnumerable<ListedInvoice>>> ExportAsync(Caller caller, OrganizationId? organization, InvoiceForm form, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return (await ReachAsync(store, caller, organization, cancel)).Then<IAsyncEnumerable<ListedInvoice>>(reach =>
        {
            var (filter, errors) = form.Read(DueDay.Today(Instant.Now(clock)));
            return errors.IsEmpty
                ? new Outcome<IAsyncEnumerable<ListedInvoice>>.Done(AllAsync(reach.Scope, filter, cancel))
                : new Outcome<IAsyncEnumerable<ListedInvoice>>.Invalid(errors);
        });
    }

    private static async Task<Outcome<Reached>> ReachAsync(BillingStore store, Caller caller, OrganizationId? organization, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        if (organization is not { } id)
        {
            return access.MaySomewhere(Permission)
                ? new Outcome<Reached>.Done(new Reached(null, JournalScope.Reachable(access, Permission)))
                : new Outcome<Reached>.Refused(Access.Missing(Permission));
        }

        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return access.Reach(found, Permission).Then<Reached>(reached => new Outcome<Reached>.Done(new Reached(reached, new JournalScope.Of(id))));
    }

    private async IAsyncEnumerable<ListedInvoice> AllAsync(JournalScope scope, InvoiceFilter filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        var place = new InvoicePlace(AtOnce);
        InvoicePageLines page;
        do
        {
            await using (var store = await stores.CreateDbContextAsync(cancel))
            {
                page = await InvoiceReading.PageAsync(store, scope, filter, place, cancel);
            }

            foreach (var line in page.Lines)
            {
                yield return line;
            }

            place = page.Lines.IsEmpty ? place : place with { After = page.Lines[^1].Cursor };
        }
        while (page.HasOlder);
    }

    private sealed record Reached(Organization? Organization, JournalScope Scope);
}

/// <summary>A page of invoices, as it is shown.</summary>
/// <param name="Organization">Whose; null for many.</param>
/// <param name="Page">The invoices.</param>
/// <param name="Counted">How many match, counted up to 1,001.</param>
/// <param name="Errors">What of the filter could not be meant, and is left out.</param>
/// <param name="Today">The day by which they are overdue.</param>
public sealed record InvoiceList(Organization? Organization, InvoicePageLines Page, int Counted, ImmutableArray<FieldError> Errors, DateOnly Today)
{
    /// <summary>What is still to be paid of all that match, on every page of them: a line for each currency.</summary>
    public ImmutableArray<InvoiceTotal> Outstanding { get; init; } = [];
}
