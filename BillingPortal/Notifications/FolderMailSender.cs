using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;

namespace BillingPortal.Notifications;

/// <summary>Puts mails into a folder as they would be sent, one <c>.eml</c> file each. The same mail, put twice, is one file.</summary>
public sealed class FolderMailSender(MailOptions options) : IMailSender
{
    private readonly string _folder = options.Folder ?? throw new ArgumentException("A folder is needed.", nameof(options));

    /// <inheritdoc />
    public string? Lacks => null;

    /// <summary>The name of a mail's file.</summary>
    public static string FileOf(long number) => string.Create(CultureInfo.InvariantCulture, $"mail-{number:000000}.eml");

    /// <inheritdoc />
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        using var message = MailText.Compose(mail, options.Sender, TransferEncoding.EightBit);
        try
        {
            // The framework names the file; it is written aside, so that the folder holds whole mails only.
            var aside = Directory.CreateDirectory(Path.Combine(_folder, ".writing", Guid.NewGuid().ToString("N"))).FullName;
            using var writer = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = aside };
            await writer.SendMailAsync(message, cancel);
            var written = Directory.GetFiles(aside).Single();

            await File.WriteAllTextAsync(written, WithoutEnvelope(await File.ReadAllTextAsync(written, cancel)), cancel);
            File.Move(written, Path.Combine(_folder, FileOf(mail.Number)), overwrite: true);
            Directory.Delete(aside);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or SmtpException)
        {
            throw new MailNotSentException($"the folder for mails could not be written ({(broken.InnerException ?? broken).GetType().Name})", forGood: false, broken);
        }
    }

    /// <summary>Without the lines X-Sender and X-Receiver, which a server is told apart from the mail.</summary>
    private static string WithoutEnvelope(string text)
    {
        while (text.StartsWith("X-", StringComparison.Ordinal))
        {
            text = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        }

        return text;
    }
}
