using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Invoicing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PublishingInvoices;

/// <summary>The invoices of the organization that a token speaks for, as contracts 2 and 3 list them: newest first, without statements and credit notes.</summary>
public sealed class PublishedInvoices(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadInvoices;

    /// <summary>A part of them, and how many there are.</summary>
    public async Task<Outcome<(IReadOnlyList<PublishedInvoice> Invoices, int Total)>> RunAsync(Caller caller, string? slug, int skip, int take, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await OwnOrganization.FindAsync(store, caller, slug, Permission, cancel)).ThenAsync<(IReadOnlyList<PublishedInvoice>, int)>(async found =>
        {
            var all = store.Invoices.Where(invoice => invoice.OrganizationId == found.Organization.Id && invoice.Kind == InvoiceKind.Invoice);
            var rows = await all.OrderByDescending(invoice => invoice.Ordinal).Skip(skip).Take(take).ToListAsync(cancel);
            var ordinals = rows.Select(row => row.Ordinal).ToList();
            var payments = await store.InvoiceEvents.Where(step => step.OrganizationId == found.Organization.Id && ordinals.Contains(step.Ordinal) && step.Reference != ""
                && (step.Code == "paid" || step.Code == "issued")).OrderBy(step => step.Step).ToListAsync(cancel);
            return new Outcome<(IReadOnlyList<PublishedInvoice>, int)>.Done((
                [
                    .. rows.Select(row => new PublishedInvoice(new OrganizationId(row.OrganizationId), row.Ordinal, row.Status, InvoiceJson.Read(row.Document), new Instant(row.CreatedAt))
                    {
                        Paid = row.Paid, Outstanding = row.Outstanding, Reference = payments.LastOrDefault(step => step.Ordinal == row.Ordinal)?.Reference,
                    }),
                ],
                await all.CountAsync(cancel)));
        });
    }
}

/// <summary>An invoice as contracts 2 and 3 show it.</summary>
/// <param name="Organization">The payer.</param>
/// <param name="Ordinal">Which of its documents.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Document">What it says.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record PublishedInvoice(OrganizationId Organization, int Ordinal, InvoiceStatus Status, InvoiceDocument Document, Instant CreatedAt)
{
    /// <summary>Paid since it was issued, millionths.</summary>
    public long Paid { get; init; }

    /// <summary>Still to be paid, millionths.</summary>
    public long Outstanding { get; init; }

    /// <summary>The last payment's reference; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>The id for programs: payer and ordinal.</summary>
    public string Id => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Organization}-{Ordinal}");

    /// <summary>Where its page stands on this portal.</summary>
    public string Path => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/organizations/{Organization}/invoices/{Ordinal}");

    /// <summary>Contract 2's and 3's word: draft, open, paid, uncollectible, void.</summary>
    public string StatusWord => Status.ToString().ToLowerInvariant();

    /// <summary>An amount of it.</summary>
    public Money Of(long micros) => new(micros, Currency.Of(Document.Currency));
}
