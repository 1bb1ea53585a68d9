using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Notifications;
using BillingPortal.Store;
using BillingPortal.Store.Writing;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>An invoice as a mail: what is due and how to pay it, with the document as files.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Body">Its text.</param>
/// <param name="Files">UBL, and PDF where it was printed.</param>
public sealed record InvoiceMail(string Subject, string Body, ImmutableArray<MailFile> Files)
{
    /// <summary>The mail of a document.</summary>
    public static InvoiceMail Of(InvoiceDocument document, int ordinal, OrganizationId payer, MailOptions options, ReadOnlyMemory<byte>? pdf)
    {
        var currency = Currency.Of(document.Currency);
        var (kind, culture) = (InvoiceWords.NameOf(document.Kind), CultureInfo.InvariantCulture);
        string Text(long micros) => new Money(micros, currency).ToString(culture);
        var due = document.Kind == InvoiceKind.CreditNote ? $"Credited: {Text(document.Total)}, tax included."
            : document.DueOn is { } day ? $"To be paid: {Text(document.Due)} until {InvoiceWords.Day(day)}{(document.Seller.Account is { } account ? $", to {account}, reference {document.Number}" : "")}."
            : "Nothing is left to pay.";
        var body = string.Join('\n',
        [
            $"{kind} {document.Number} of {document.Seller.Name} for {document.Buyer.Name}, {InvoiceWords.Day(document.From)} to {InvoiceWords.Day(document.To)}.", "", $"Total: {Text(document.Total)}, of it tax {Text(document.Tax)}.", due, "",
            pdf is null ? "It is attached as UBL 2.1 (XML), for accounting programs." : "It is attached as PDF, and as UBL 2.1 (XML) for accounting programs.",
            $"Who signs in to the portal sees it at {options.LinkTo(string.Create(culture, $"/organizations/{payer}/invoices/{ordinal}"))}",
        ]);
        return new InvoiceMail($"{kind} {document.Number}: {Text(document.Kind == InvoiceKind.CreditNote ? document.Total : document.Due)}", body,
        [
            .. pdf is { } paper ? [new MailFile($"{document.Number}.pdf", "application/pdf", paper)] : Array.Empty<MailFile>(),
            .. UblDocument.WhyNot(document) is null ? [new MailFile($"{document.Number}.xml", "application/xml", UblDocument.Write(document))] : Array.Empty<MailFile>(),
        ]);
    }
}

/// <summary>States that an invoice was sent, and puts its mail into the queue, in one transaction. A repeated submit queues none.</summary>
/// <param name="command">States it.</param>
/// <param name="mail">What is mailed.</param>
/// <param name="now">When.</param>
internal sealed class InvoiceMailing(MarkInvoiceSent command, InvoiceMail mail, Instant now) : Publication
{
    public override Task<(MoneyCommand? Command, Outcome<Receipt>? End)> PrepareAsync(DbConnection connection) => Task.FromResult<(MoneyCommand?, Outcome<Receipt>?)>((command, null));

    public override async Task CompleteAsync(DbConnection connection, Receipt receipt)
    {
        if (receipt.Replayed || receipt.Effects.Count == 0)
        {
            return;
        }

        // It belongs to no notification; the queue sends it all the same.
        var number = await LedgerQueries.ScalarAsync(connection,
            "INSERT INTO mail (notification_id, recipient, subject, body, created_at, state, attempts, due_at) VALUES (0, @to, @subject, @body, @now, 0, 0, @now) RETURNING id",
            ("to", command.To), ("subject", mail.Subject), ("body", mail.Body), ("now", now.Micros))
            ?? throw new InvalidOperationException("A mail has a number.");
        for (var at = 0; at < mail.Files.Length; at++)
        {
            await using var insert = LedgerQueries.Command(connection, "INSERT INTO mail_attachment (mail_id, position, name, media_type, content) VALUES (@mail, @at, @name, @type, @content)",
                ("mail", number), ("at", at + 1), ("name", mail.Files[at].Name), ("type", mail.Files[at].MediaType), ("content", mail.Files[at].Content.ToArray()));
            await insert.ExecuteNonQueryAsync();
        }
    }
}
