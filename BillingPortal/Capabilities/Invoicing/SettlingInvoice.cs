using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Notifications;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>Issues, sends, settles, corrects and gives up an invoice: each a decision that is shown before it is done.</summary>
public sealed class SettlingInvoice(IDbContextFactory<BillingStore> stores, JournalWriter writer, MailOptions mail, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageInvoices;

    /// <summary>What the form would do now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, int ordinal, InvoiceActForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, ordinal, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="id">The payer.</param>
    /// <param name="ordinal">Which of its documents.</param>
    /// <param name="form">What.</param>
    /// <param name="agreement">To the preview.</param>
    /// <param name="key">The key that the preview was made under.</param>
    /// <param name="pdf">Of a mail: the document on paper, where it can be printed.</param>
    /// <param name="cancel">Gives up before it is written.</param>
    public async Task<Outcome<Receipt>> CommitAsync(
        Caller caller, OrganizationId id, int ordinal, InvoiceActForm form, Agreement agreement, string key, ReadOnlyMemory<byte>? pdf, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, ordinal, form, key, cancel)).ThenAsync(async command =>
        {
            if (command is not MarkInvoiceSent sent)
            {
                return await writer.RunAsync(command, agreement, cancel);
            }

            // What was mailed is what the event states: both are written in one transaction.
            await using var store = await stores.CreateDbContextAsync(cancel);
            return await InvoiceReading.FindAsync(store, id, ordinal, cancel) is { } invoice
                ? await writer.PublishAsync(new InvoiceMailing(sent, InvoiceMail.Of(invoice.Document, ordinal, id, mail, pdf), Instant.Now(clock)), agreement, cancel)
                : new Outcome<Receipt>.NotFound("There is no such invoice.");
        });

    private async Task<Outcome<InvoiceCommand>> CommandAsync(Caller caller, OrganizationId id, int ordinal, InvoiceActForm form, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var reached = access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission);
        return reached.Then<InvoiceCommand>(organization => form.Errors() is { IsEmpty: false } errors
            ? new Outcome<InvoiceCommand>.Invalid(errors)
            : new Outcome<InvoiceCommand>.Done(Of(caller, organization, ordinal, form, key, access.RoleAt(organization.Path)!.DailyLimit * Money.Unit)));
    }

    private static InvoiceCommand Of(Caller caller, Organization organization, int ordinal, InvoiceActForm form, string key, long limit)
    {
        var (actor, id, reason) = (caller.Actor, new OrganizationId(organization.Id), form.Reason.Trim());
        return form.Act switch
        {
            InvoiceAct.Issue => new IssueInvoice(actor, key, id, ordinal),
            InvoiceAct.Send => new MarkInvoiceSent(actor, key, id, ordinal, form.To.Trim()),
            InvoiceAct.Pay => new RecordPayment(actor, key, id, ordinal) { Amount = Money.Of(form.Amount!.Value, organization.Money).Micros, Reference = form.Reference.Trim(), Limit = limit },
            InvoiceAct.Credit => new CreditInvoice(actor, key, id, ordinal) { Lines = form.Credited(organization.Money), Reason = reason, Limit = limit },
            InvoiceAct.Void => new VoidInvoice(actor, key, id, ordinal) { Reason = reason, Limit = limit },
            _ => new WriteOffInvoice(actor, key, id, ordinal) { Reason = reason, Limit = limit },
        };
    }
}
