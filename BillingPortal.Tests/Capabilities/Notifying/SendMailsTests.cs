using System.Collections.Concurrent;
using BillingPortal.Capabilities.Notifying;
using BillingPortal.Domain;
using BillingPortal.Notifications;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.Notifying;

public sealed class SendMailsTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task Two_nodes_never_send_one_mail_twice(DatabaseKind kind)
    {
        await using var house = await WithMailsAsync(kind, 60);
        var sender = new Sender();
        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Sending(house, sender).RunAsync(CancellationToken.None))));

        counts.Sum().ShouldBe(60);
        sender.Sent.Select(mail => mail.Number).ShouldBeUnique();
        (await house.MailsAsync()).ShouldAllBe(mail => mail.State == 1 && mail.DueAt == null && mail.SentAt != null && mail.Attempts == 1);
        (await Sending(house, sender).RunAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Theory]
    [BothDatabases]
    public async Task A_mail_that_is_not_taken_is_tried_again_later_and_later_and_then_given_up(DatabaseKind kind)
    {
        await using var house = await WithMailsAsync(kind, 1);
        var sender = new Sender { Fails = _ => new MailNotSentException("the mail server could not be reached (ConnectionRefused)", forGood: false) };
        var tries = new List<TimeSpan>();
        for (var last = house.Clock.GetUtcNow(); house.Clock.GetUtcNow() < last.AddHours(4); house.Clock.Advance(TimeSpan.FromMinutes(1)))
        {
            var before = sender.Tried;
            await Sending(house, sender).RunAsync(CancellationToken.None);
            if (sender.Tried > before)
            {
                tries.Add(house.Clock.GetUtcNow() - last);
                last = house.Clock.GetUtcNow();
            }
        }

        tries.Select(pause => pause.TotalMinutes).ShouldBe([0, 1, 5, 30, 120]);
        var mail = (await house.MailsAsync()).ShouldHaveSingleItem();
        (mail.State, mail.Attempts, mail.DueAt, mail.Failure).ShouldBe((2, 5, null, "the mail server could not be reached (ConnectionRefused)"));
    }

    [Theory]
    [BothDatabases]
    public async Task What_never_can_be_taken_is_given_up_at_once_and_holds_up_no_other_mail(DatabaseKind kind)
    {
        await using var house = await WithMailsAsync(kind, 3);
        var sender = new Sender
        {
            Fails = mail => mail.Number switch { 1 => new MailNotSentException("the recipient is no mail address", forGood: true), 2 => new InvalidDataException("odd"), _ => null },
        };
        (await Sending(house, sender).RunAsync(CancellationToken.None)).ShouldBe(1);
        var mails = await house.MailsAsync();
        mails.Select(mail => mail.State).ShouldBe([2, 0, 1]);
        mails[1].Failure.ShouldBe("the portal failed to send it (InvalidDataException)");
    }

    [Theory]
    [BothDatabases]
    public async Task A_mail_whose_sender_died_is_sent_when_its_lease_ends_and_not_before(DatabaseKind kind)
    {
        await using var house = await WithMailsAsync(kind, 1);
        using var died = new CancellationTokenSource();
        var dying = new Sender { Fails = _ => { died.Cancel(); return new OperationCanceledException(died.Token); } };
        await Should.ThrowAsync<OperationCanceledException>(() => Sending(house, dying).RunAsync(died.Token));

        var sender = new Sender();
        house.Clock.Advance(SendMails.Lease - TimeSpan.FromSeconds(1));
        (await Sending(house, sender).RunAsync(CancellationToken.None)).ShouldBe(0);
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Sending(house, sender).RunAsync(CancellationToken.None)).ShouldBe(1);
        SendMails.Lease.ShouldBeGreaterThan(SmtpMailSender.Patience);
    }

    [Theory]
    [BothDatabases]
    public async Task Without_a_mail_server_mails_wait_untried_and_after_three_days_are_no_news(DatabaseKind kind)
    {
        await using var house = await WithMailsAsync(kind, 1);
        (await Sending(house, new UnsetMailSender()).RunAsync(CancellationToken.None)).ShouldBe(0);
        (await house.MailsAsync()).ShouldHaveSingleItem().Attempts.ShouldBe(0);

        house.Clock.Advance(SendMails.Worth + TimeSpan.FromMinutes(1));
        var sender = new Sender();
        (await Sending(house, sender).RunAsync(CancellationToken.None)).ShouldBe(0);
        (await house.MailsAsync()).ShouldHaveSingleItem().State.ShouldBe(2);
    }

    [Fact]
    public async Task The_log_says_what_to_do_and_names_no_address()
    {
        await using var house = await WithMailsAsync(DatabaseKind.Sqlite, 2);
        var log = new Lines();
        var sender = new Sender { Fails = mail => new MailNotSentException("the mail server refused the mail (554 TransactionFailed)", forGood: mail.Number == 2) };
        await new SendMails(house.Stores, sender, house.Clock, log).RunAsync(CancellationToken.None);
        log.Written.Count.ShouldBe(2);
        log.Written[0].ShouldContain("check the settings Mail__Host");
        log.Written[1].ShouldContain("given up after 1 tries");
        log.Written.ShouldAllBe(line => !line.Contains('@'));
    }

    private static SendMails Sending(NotifiedHouse house, IMailSender sender) => new(house.Stores, sender, house.Clock, NullLogger<SendMails>.Instance);

    private async Task<NotifiedHouse> WithMailsAsync(DatabaseKind kind, int count)
    {
        var house = await NotifiedHouse.OpenAsync(databases, kind);
        var now = Instant.Now(house.Clock).Micros;
        await using var store = house.Stores.CreateDbContext();
        for (var n = 1; n <= count; n++)
        {
            store.Mails.Add(new MailRow { Id = n, NotificationId = n, Recipient = $"person{n}@example.test", Subject = "Low balance", Body = "Low.", CreatedAt = now, DueAt = now });
        }

        await store.SaveChangesAsync();
        return house;
    }

    /// <summary>Takes mails, or fails as a test wants.</summary>
    private sealed class Sender : IMailSender
    {
        private int _tried;

        public ConcurrentQueue<OutgoingMail> Sent { get; } = new();

        public int Tried => _tried;

        public Func<OutgoingMail, Exception?> Fails { get; init; } = _ => null;

        public string? Lacks => null;

        public async Task SendAsync(OutgoingMail mail, CancellationToken cancel)
        {
            Interlocked.Increment(ref _tried);
            await Task.Yield();
            if (Fails(mail) is { } failure)
            {
                throw failure;
            }

            Sent.Enqueue(mail);
        }
    }

    private sealed class Lines : ILogger<SendMails>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception) + exception);
    }
}
