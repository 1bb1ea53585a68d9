using BillingPortal.Domain;
using BillingPortal.Notifications;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>
/// Sends mails that are due. A mail is taken by moving its due time ahead of everybody else: of two nodes one changes the row, and the
/// other's change finds it changed. Who dies while sending leaves it due again when the lease ends, under the same Message-ID.
/// </summary>
public sealed partial class SendMails(IDbContextFactory<BillingStore> stores, IMailSender sender, TimeProvider clock, ILogger<SendMails> log)
{
    /// <summary>How long a mail belongs to who took it; longer than any sender waits.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>How long a mail is worth sending, where no way out is set.</summary>
    public static readonly TimeSpan Worth = TimeSpan.FromDays(3);

    /// <summary>The pauses after tries that failed; after the last a mail is given up.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];

    private const int Sent = 1, GivenUp = 2, Batch = 20;
    private Instant _reminded;

    /// <summary>Sends them; gives how many were handed over.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await GiveUpOldAsync(cancel);
        for (var handed = 0; ;)
        {
            var due = await DueAsync(cancel);
            if (due.Count == 0)
            {
                return handed;
            }

            if (sender.Lacks is { } lacking)
            {
                Remind(lacking);
                return handed;
            }

            foreach (var mail in due)
            {
                handed += await TakeAsync(mail, cancel) is { } lease && await SendAsync(mail, lease, cancel) ? 1 : 0;
            }
        }
    }

    private async Task<List<MailRow>> DueAsync(CancellationToken cancel)
    {
        var now = Instant.Now(clock).Micros;
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await store.Mails.AsNoTracking().Where(m => m.DueAt != null && m.DueAt <= now).OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(Batch).ToListAsync(cancel);
    }

    /// <summary>The end of the lease, or null where somebody else has the mail.</summary>
    private async Task<long?> TakeAsync(MailRow mail, CancellationToken cancel)
    {
        var lease = Instant.Now(clock).Plus(Lease).Micros;
        await using var store = await stores.CreateDbContextAsync(cancel);
        var taken = await store.Mails.Where(m => m.Id == mail.Id && m.DueAt == mail.DueAt && m.Attempts == mail.Attempts)
            .ExecuteUpdateAsync(m => m.SetProperty(row => row.DueAt, lease).SetProperty(row => row.Attempts, mail.Attempts + 1), cancel);
        return taken == 1 ? lease : null;
    }

    private async Task<bool> SendAsync(MailRow mail, long lease, CancellationToken cancel)
    {
        try
        {
            await sender.SendAsync(new OutgoingMail(mail.Id, mail.Recipient, mail.Subject, mail.Body, new Instant(mail.CreatedAt)) { Files = await FilesAsync(mail.Id, cancel) }, cancel);
        }
#pragma warning disable CA1031 // whatever broke, the mail is tried again or given up as after every failure
        catch (Exception broken) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            await FailAsync(mail, lease, broken as MailNotSentException ?? new($"the portal failed to send it ({broken.GetType().Name})", forGood: false, broken));
            return false;
        }

        await EndAsync(mail, lease, Sent, failure: null);
        return true;
    }

    private async Task<IReadOnlyList<MailFile>> FilesAsync(long mail, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return [.. (await store.MailAttachments.Where(file => file.MailId == mail).OrderBy(file => file.Position).ToListAsync(cancel)).Select(file => new MailFile(file.Name, file.MediaType, file.Content))];
    }

    private async Task FailAsync(MailRow mail, long lease, MailNotSentException failed)
    {
        var tries = mail.Attempts + 1;
        if (failed.ForGood || tries > Pauses.Count)
        {
            await EndAsync(mail, lease, GivenUp, failed.Message);
            Ended(log, mail.Id, mail.NotificationId, tries, failed.Message);
            return;
        }

        var again = Instant.Now(clock).Plus(Pauses[tries - 1]);
        await using var store = await stores.CreateDbContextAsync(CancellationToken.None);
        await store.Mails.Where(m => m.Id == mail.Id && m.DueAt == lease)
            .ExecuteUpdateAsync(m => m.SetProperty(row => row.DueAt, again.Micros).SetProperty(row => row.Failure, failed.Message), CancellationToken.None);
        Failed(log, mail.Id, tries, failed.Message, again);
    }

    /// <summary>What happened is written even while the portal stops: a mail that was handed over is not sent again.</summary>
    private async Task EndAsync(MailRow mail, long lease, int state, string? failure)
    {
        var sentAt = state == Sent ? Instant.Now(clock).Micros : (long?)null;
        await using var store = await stores.CreateDbContextAsync(CancellationToken.None);
        await store.Mails.Where(m => m.Id == mail.Id && m.DueAt == lease).ExecuteUpdateAsync(m => m.SetProperty(row => row.State, state)
            .SetProperty(row => row.DueAt, (long?)null).SetProperty(row => row.SentAt, sentAt).SetProperty(row => row.Failure, failure), CancellationToken.None);
    }

    /// <summary>Once an hour is enough for a line that asks for a setting.</summary>
    private void Remind(string lacking)
    {
        var now = Instant.Now(clock);
        if (_reminded.Plus(TimeSpan.FromHours(1)) <= now)
        {
            _reminded = now;
            Waits(log, lacking);
        }
    }

    private async Task GiveUpOldAsync(CancellationToken cancel)
    {
        var oldest = Instant.Now(clock).Plus(-Worth).Micros;
        await using var store = await stores.CreateDbContextAsync(cancel);
        var old = await store.Mails.Where(m => m.DueAt != null && m.DueAt < oldest).ExecuteUpdateAsync(m => m.SetProperty(row => row.State, GivenUp)
            .SetProperty(row => row.DueAt, (long?)null).SetProperty(row => row.Failure, "it waited three days and is no news any more"), cancel);
        if (old > 0)
        {
            Old(log, old);
        }
    }

    [LoggerMessage(1601, LogLevel.Warning, "Mail {Mail} was not taken at try {Try}: {Reason}. It is tried again at {Again}; if this goes on, check the settings Mail__Host, Mail__Port, Mail__UseTls, Mail__UserName and the server's own log.")]
    private static partial void Failed(ILogger log, long mail, int @try, string reason, Instant again);

    [LoggerMessage(1602, LogLevel.Error, "Mail {Mail} about notification {Notification} is given up after {Tries} tries: {Reason}. Its people see the notification in the portal; tell them another way if it matters, and check the address or the mail server.")]
    private static partial void Ended(ILogger log, long mail, long notification, int tries, string reason);

    [LoggerMessage(1603, LogLevel.Warning, "Mails wait because no mail server is set. Set {Settings}.")]
    private static partial void Waits(ILogger log, string settings);

    [LoggerMessage(1604, LogLevel.Warning, "{Count} mails waited for three days and are given up; notifications stay in the portal.")]
    private static partial void Old(ILogger log, int count);
}
