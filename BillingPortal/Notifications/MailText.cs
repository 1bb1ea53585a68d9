using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace BillingPortal.Notifications;

/// <summary>Mails in the form of RFC 5322, alike for every way out.</summary>
internal static class MailText
{
    private const int LongestSubject = 200;

    /// <summary>The message, its body in UTF-8 under <paramref name="encoding"/>.</summary>
    /// <exception cref="MailNotSentException">The recipient is no address.</exception>
    public static MailMessage Compose(OutgoingMail mail, MailAddress sender, TransferEncoding encoding)
    {
        if (mail.Recipient.Any(char.IsControl) || !MailAddress.TryCreate(mail.Recipient, out var recipient))
        {
            throw new MailNotSentException("the recipient is no mail address", forGood: true);
        }

        var message = new MailMessage(sender, recipient)
        {
            Subject = OneLine(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Body.ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = encoding,
        };
        message.Headers["Message-ID"] = string.Create(CultureInfo.InvariantCulture, $"<notice-{mail.Number}-{mail.Written.Micros}@{sender.Host}>");

        // Nobody's absence note answers a program (RFC 3834).
        message.Headers["Auto-Submitted"] = "auto-generated";
        foreach (var file in mail.Files)
        {
            message.Attachments.Add(new Attachment(new MemoryStream(file.Content.ToArray()), file.Name, file.MediaType) { TransferEncoding = TransferEncoding.Base64 });
        }

        return message;
    }

    /// <summary>Names come from people: what they contain never begins another header.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var blank = char.IsControl(letter) || char.IsWhiteSpace(letter);
            if (!blank || (line.Length > 0 && line[^1] != ' '))
            {
                line.Append(blank ? ' ' : letter);
            }
        }

        var whole = line.ToString().TrimEnd();
        return whole.Length <= LongestSubject ? whole : whole[..(LongestSubject - 1)] + "…";
    }
}
