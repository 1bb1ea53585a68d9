using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>One invoice, credit note or statement, with what became of it.</summary>
public sealed class GetInvoice(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadInvoices;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<InvoiceView>> RunAsync(Caller caller, OrganizationId id, int ordinal, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await ReadAsync(store, caller, await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), ordinal, cancel);
    }

    /// <summary>The same for a program, which names the organization by its UUID.</summary>
    public async Task<Outcome<InvoiceView>> RunAsync(Caller caller, Guid uuid, int ordinal, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await ReadAsync(store, caller, await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == uuid, cancel), ordinal, cancel);
    }

    private async Task<Outcome<InvoiceView>> ReadAsync(BillingStore store, Caller caller, Organization? found, int ordinal, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        return await access.Reach(found, Permission).ThenAsync<InvoiceView>(async organization =>
        {
            var id = new OrganizationId(organization.Id);
            if (await InvoiceReading.FindAsync(store, id, ordinal, cancel) is not { } invoice)
            {
                return new Outcome<InvoiceView>.NotFound("There is no such invoice.");
            }

            var steps = await InvoiceReading.StepsAsync(store, id, ordinal, cancel);
            var actors = steps.Select(step => new Actor(step.Actor, step.Via));
            return new Outcome<InvoiceView>.Done(new InvoiceView(organization, invoice)
            {
                Steps = steps,
                Names = await ActorNames.ReadAsync(store, actors, cancel),
                Credits = await InvoiceReading.CreditsAsync(store, id, ordinal, cancel),
                Booked = invoice.Seq is { } seq && access.May(Permission.ReadJournal, organization.Path) ? (await EntryReading.FindAsync(store, id, seq, cancel))?.Entry : null,
                MayManage = access.May(Permission.ManageInvoices, organization.Path),
                CallerName = await store.Users.Where(u => u.Id == caller.UserId).Select(u => u.DisplayName).FirstOrDefaultAsync(cancel) ?? "",
                Today = DueDay.Today(Instant.Now(clock)),
            });
        });
    }
}

/// <summary>An invoice as its page shows it.</summary>
/// <param name="Organization">The payer.</param>
/// <param name="Invoice">The document and where it stands.</param>
public sealed record InvoiceView(Organization Organization, Invoice Invoice)
{
    /// <summary>What happened, in order.</summary>
    public ImmutableArray<InvoiceEventRow> Steps { get; init; } = [];

    /// <summary>Who did it.</summary>
    public ImmutableDictionary<Actor, ActorName> Names { get; init; } = ImmutableDictionary<Actor, ActorName>.Empty;

    /// <summary>Its credit notes, oldest first.</summary>
    public ImmutableArray<Invoice> Credits { get; init; } = [];

    /// <summary>The entry that booked it, where the caller may see the journal.</summary>
    public JournalEntry? Booked { get; init; }

    /// <summary>True where the caller may issue, settle and correct it.</summary>
    public bool MayManage { get; init; }

    /// <summary>Who looks at it.</summary>
    public string CallerName { get; init; } = "";

    /// <summary>The day by which it is overdue.</summary>
    public DateOnly Today { get; init; }

    /// <summary>What it says.</summary>
    public InvoiceDocument Document => Invoice.Document;

    /// <summary>An amount of it.</summary>
    public Money Of(long micros) => new(micros, Organization.Money);

    /// <summary>The title of its page.</summary>
    public string Title => InvoiceWords.TitleOf(Document.Kind, Document.Number, Document.Period, Invoice.Ordinal);
}
