using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using BillingPortal.Domain;
using BillingPortal.Notifications;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Notifications;

public sealed class MailSenderTests : IDisposable
{
    private static readonly OutgoingMail Mail = new(12, "mara@example.test", "Ünïcode is below $20.00", "Grüße\n.\nHello\n", new Instant(1_773_835_200_000_000));
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "billing-portal-mail-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task A_mail_server_gets_the_mail_whole_with_one_recipient()
    {
        await using var server = new MailServer();
        await new SmtpMailSender(Options(server), TimeProvider.System).SendAsync(Mail, CancellationToken.None);

        var mail = await server.NextAsync();
        mail.ShouldContain("\nTo: mara@example.test\n");
        mail.ShouldContain("From: \"Billing\" <billing@example.test>\n");
        mail.ShouldContain("Message-ID: <notice-12-1773835200000000@example.test>\n", Case.Insensitive);
        mail.ShouldContain("Auto-Submitted: auto-generated\n");
        var body = mail[(mail.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Replace("\n", "", StringComparison.Ordinal);
        Encoding.UTF8.GetString(Convert.FromBase64String(body)).ShouldBe("Grüße\r\n.\r\nHello\r\n");
        server.Said.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_name_with_line_breaks_begins_no_header_and_no_recipient()
    {
        await using var server = new MailServer();
        var sender = new SmtpMailSender(Options(server), TimeProvider.System);
        await sender.SendAsync(Mail with { Subject = "Acme\r\nBcc: all@example.test\r\n\r\nPay\u2028now\0 is below $20.00" }, CancellationToken.None);

        var headers = (await server.NextAsync()).Split("\n\n")[0].Split('\n');
        headers.ShouldContain("Subject: Acme Bcc: all@example.test Pay now is below $20.00");
        headers.ShouldNotContain(line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        var broken = await Should.ThrowAsync<MailNotSentException>(() => sender.SendAsync(Mail with { Recipient = "a@example.test\r\nBcc: b@example.test" }, CancellationToken.None));
        (broken.ForGood, broken.Message).ShouldBe((true, "the recipient is no mail address"));
        server.Said.ShouldNotContain(line => line.Contains("all@example.test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_refuses_is_told_of_without_the_address()
    {
        await using var server = new MailServer { ToRecipients = "550 5.1.1 <mara@example.test> is unknown" };
        var refused = await Should.ThrowAsync<MailNotSentException>(() => new SmtpMailSender(Options(server), TimeProvider.System).SendAsync(Mail, CancellationToken.None));
        refused.Message.ShouldBe("the mail server refused the recipient (550 MailboxUnavailable)");
        refused.ForGood.ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_as_such()
    {
        using var closed = new TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var port = ((System.Net.IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var options = new MailOptions("127.0.0.1", port, UseTls: false, new MailAddress("billing@example.test"), Folder: null, BaseUrl: null);
        (await Should.ThrowAsync<MailNotSentException>(() => new SmtpMailSender(options, TimeProvider.System).SendAsync(Mail, CancellationToken.None)))
            .Message.ShouldBe("the mail server could not be reached (ConnectionRefused)");
    }

    [Fact]
    public async Task A_server_that_wants_a_password_gets_it_and_one_without_encryption_gets_nothing()
    {
        await using var server = new MailServer();
        await new SmtpMailSender(Options(server) with { UserName = "portal", Password = "secret" }, TimeProvider.System).SendAsync(Mail, CancellationToken.None);
        server.Said.ShouldContain(Convert.ToBase64String("secret"u8));

        server.Said.Clear();
        await Should.ThrowAsync<MailNotSentException>(() => new SmtpMailSender(Options(server) with { UseTls = true }, TimeProvider.System).SendAsync(Mail, CancellationToken.None));
        server.Said.ShouldNotContain(line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_holds_each_mail_once_as_it_would_be_sent()
    {
        var sender = new FolderMailSender(new MailOptions(null, 587, UseTls: true, new MailAddress("billing@example.test"), _folder, BaseUrl: null));
        await sender.SendAsync(Mail, CancellationToken.None);
        await sender.SendAsync(Mail, CancellationToken.None);

        var file = Directory.GetFiles(_folder).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe("mail-000012.eml");
        var text = await File.ReadAllTextAsync(file);
        text.ShouldStartWith("Message-ID: ", Case.Insensitive);
        text.ShouldContain("\r\nTo: mara@example.test\r\n");
        text.ShouldContain("Grüße\r\n");
        Directory.GetDirectories(Path.Combine(_folder, ".writing")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_of_and_tried_again()
    {
        await File.WriteAllTextAsync(_folder, "a file stands where the folder should");
        var sender = new FolderMailSender(new MailOptions(null, 587, UseTls: true, new MailAddress("billing@example.test"), _folder, BaseUrl: null));
        (await Should.ThrowAsync<MailNotSentException>(() => sender.SendAsync(Mail, CancellationToken.None))).ForGood.ShouldBeFalse();
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        File.Delete(_folder);
    }

    private static MailOptions Options(MailServer server) =>
        new("127.0.0.1", server.Port, UseTls: false, new MailAddress("billing@example.test", "Billing"), Folder: null, BaseUrl: null);
}
