using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;

namespace BillingPortal.Notifications;

/// <summary>Hands mails to a mail server by SMTP. A connection for each mail: they are few, and one that hangs holds up no other.</summary>
public sealed class SmtpMailSender(MailOptions options, TimeProvider clock) : IMailSender
{
    /// <summary>How long a server may take for one mail. Shorter than the lease of who sends it, so that no other node sends it meanwhile.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <inheritdoc />
    public string? Lacks => null;

    /// <inheritdoc />
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        using var message = MailText.Compose(mail, options.Sender, TransferEncoding.Base64);
        using var server = new SmtpClient(options.Host, options.Port) { EnableSsl = options.UseTls, UseDefaultCredentials = false };
        if (options.UserName is not null)
        {
            server.Credentials = new NetworkCredential(options.UserName, options.Password);
        }

        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            await server.SendMailAsync(message, either.Token);
        }
        catch (Exception broken) when (broken is SmtpException or IOException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            throw Reason(broken, late.IsCancellationRequested);
        }
    }

    /// <summary>A server's own words may repeat the address; its status does not.</summary>
    private static MailNotSentException Reason(Exception broken, bool late) => broken switch
    {
        _ when late => new("the mail server did not answer in time", forGood: false, broken),
        SmtpFailedRecipientException { StatusCode: var status } => new($"the mail server refused the recipient ({(int)status} {status})", forGood: false, broken),
        SmtpException { StatusCode: not SmtpStatusCode.GeneralFailure and var status } => new($"the mail server refused the mail ({(int)status} {status})", forGood: false, broken),
        { InnerException: SocketException { SocketErrorCode: var error } } => new($"the mail server could not be reached ({error})", forGood: false, broken),
        _ => new($"the conversation with the mail server broke off ({(broken.InnerException ?? broken).GetType().Name})", forGood: false, broken),
    };
}
