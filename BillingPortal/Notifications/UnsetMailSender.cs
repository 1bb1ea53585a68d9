namespace BillingPortal.Notifications;

/// <summary>In place of a way out where none is set: mails are written and wait.</summary>
public sealed class UnsetMailSender : IMailSender
{
    /// <inheritdoc />
    public string? Lacks => "Mail__Host and Mail__From, the mail server and the sender";

    /// <inheritdoc />
    public Task SendAsync(OutgoingMail mail, CancellationToken cancel) => throw new MailNotSentException("no mail server is set", forGood: false);
}
