using System.Net.Mail;
using BillingPortal.Domain;
using BillingPortal.Notifications;

namespace BillingPortal.Tests.Notifications;

public sealed class MailFolderTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "billing-portal-mail-" + Guid.NewGuid().ToString("N"));

    [Theory]
    [InlineData("Plain words")]
    [InlineData("Ünïcode GmbH is below 20,00 €")]
    [InlineData("Eine sehr lange Überschrift, die in mehrere Teile zerfällt, weil kein Kopf einer Mail so lang sein darf: größer, größer, größer, größer")]
    public async Task A_subject_is_read_as_it_was_written(string subject)
    {
        await PutAsync(3, subject);
        (await MailFolder.ReadAsync(_folder, 10, CancellationToken.None)).ShouldHaveSingleItem().Subject.ShouldBe(subject);
    }

    [Fact]
    public async Task The_newest_come_first_and_what_is_no_mail_is_passed_over()
    {
        foreach (var number in new[] { 2L, 1_000_001, 10 })
        {
            await PutAsync(number, "Low balance");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "mail-of-mine.eml"), "");
        var mails = await MailFolder.ReadAsync(_folder, 2, CancellationToken.None);
        mails.Select(mail => (mail.Number, mail.To)).ShouldBe([(1_000_001, "mara@example.test"), (10, "mara@example.test")]);
        (await MailFolder.ReadAsync(_folder + "-nowhere", 2, CancellationToken.None)).ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task PutAsync(long number, string subject) =>
        new FolderMailSender(new MailOptions(null, 587, UseTls: true, new MailAddress("billing@example.test"), _folder, BaseUrl: null))
            .SendAsync(new OutgoingMail(number, "mara@example.test", subject, "Hello\n", new Instant(1)), CancellationToken.None);
}
