using Quartz;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>Wakes what writes and what sends mails.</summary>
public sealed class MailRound(MailNotices notices, SendMails mails) : IJob
{
    /// <summary>How often: a notification is in the portal at once, its mail follows.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await notices.RunAsync(cancellationToken);
        await mails.RunAsync(cancellationToken);
    }
}
