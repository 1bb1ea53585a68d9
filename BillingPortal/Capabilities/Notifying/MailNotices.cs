using BillingPortal.Domain;
using BillingPortal.Notifications;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>
/// Writes the mails of notifications that have none yet. A notification's mails and the mark that they are written come in one
/// transaction, and only who sets the mark writes them: there is each mail once, however many nodes try and wherever one dies.
/// </summary>
public sealed class MailNotices(IDbContextFactory<BillingStore> stores, MailOptions options, TimeProvider clock)
{
    /// <summary>How many notifications one transaction takes.</summary>
    private const int Batch = 50;

    /// <summary>Writes what is to be written; gives how many mails.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        for (var written = 0; ;)
        {
            await using var store = await stores.CreateDbContextAsync(cancel);
            var notices = await store.Notifications.AsNoTracking().Where(n => n.MailedAt == null).OrderBy(n => n.Id).Take(Batch).ToListAsync(cancel);
            if (notices.Count > 0)
            {
                written += await WriteAsync(store, notices, cancel);
            }

            if (notices.Count < Batch)
            {
                return written;
            }
        }
    }

    private async Task<int> WriteAsync(BillingStore store, List<NotificationRow> notices, CancellationToken cancel)
    {
        var recipients = await MailRecipients.ReadAsync(store, [.. notices.Select(n => n.OrganizationId).Distinct()], cancel);
        var now = Instant.Now(clock).Micros;
        await using var transaction = await store.Database.BeginTransactionAsync(cancel);
        foreach (var notice in notices)
        {
            var mine = await store.Notifications.Where(n => n.Id == notice.Id && n.MailedAt == null)
                .ExecuteUpdateAsync(n => n.SetProperty(row => row.MailedAt, now), cancel);
            if (mine == 1)
            {
                store.Mails.AddRange(recipients.Of(notice.OrganizationId).Select(recipient => MailOf(notice, recipients, recipient, now)));
            }
        }

        var written = await store.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return written;
    }

    private MailRow MailOf(NotificationRow notice, MailRecipients recipients, MailRecipient recipient, long now)
    {
        var words = new NoticeMail(notice, recipients[notice.OrganizationId], recipient.Because, options);
        return new MailRow
        {
            NotificationId = notice.Id,
            Recipient = recipient.Address.Trim(),
            Subject = words.Subject,
            Body = words.Body,
            CreatedAt = now,
            DueAt = now,
        };
    }
}
