using System.Net.Mail;
using BillingPortal.Capabilities.Notifying;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Notifications;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.Notifying;

/// <summary>A reseller, a sub-organization below it and a stranger, with people and notifications as a test wants them.</summary>
internal sealed class NotifiedHouse : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly Ledger _ledger;

    private NotifiedHouse(TestDatabase database)
    {
        _database = database;
        Stores = new StoreOf(database);
        _ledger = new Ledger(database, Clock);
    }

    public FakeClock Clock { get; } = new();

    public StoreOf Stores { get; }

    public TestDatabase Database => _database;

    public long Reseller { get; private set; }

    public long Below { get; private set; }

    public long Stranger { get; private set; }

    public static MailOptions Options { get; } =
        new("mail.example.test", 587, UseTls: true, new MailAddress("billing@example.test", "Billing"), Folder: null, new Uri("https://billing.example.test/"));

    public static async Task<NotifiedHouse> OpenAsync(TestDatabases databases, DatabaseKind kind)
    {
        var house = new NotifiedHouse(await databases.CreateAsync(kind));
        house.Reseller = (await house._ledger.OrganizationAsync(name: "Umbrella")).Value;
        house.Below = (await house.OrganizationAsync("Acme Robotics", house.Reseller)).Value;
        house.Stranger = (await house._ledger.OrganizationAsync(name: "Strangers")).Value;
        return house;
    }

    public Task<OrganizationId> OrganizationAsync(string name, long? parent) => _ledger.OrganizationAsync(name: name, shape: organization => organization.ParentId = parent);

    /// <summary>Somebody with a role; the address may be unconfirmed, the account closed.</summary>
    public async Task<Caller> MemberAsync(string email, long organization, string role = "ADMIN", bool confirmed = true, bool closed = false)
    {
        await using var store = Stores.CreateDbContext();
        store.Users.Add(new BillingUser
        {
            Id = email, UserName = email, Email = email, EmailConfirmed = confirmed, DisplayName = email,
            LockoutEnd = closed ? DateTimeOffset.MaxValue : null,
        });
        store.Memberships.Add(new Membership { UserId = email, OrganizationId = organization, Role = role });
        await store.SaveChangesAsync();
        return new Caller(email, "page");
    }

    /// <summary>A notification as the writer leaves it.</summary>
    public async Task<long> NoticeAsync(long organization, string kind = "low_balance", string title = "Acme Robotics is below $20.00", string link = "/organizations/10002/billing")
    {
        await using var store = Stores.CreateDbContext();
        var notice = new NotificationRow
        {
            OrganizationId = organization, At = Instant.Now(Clock).Micros, Kind = kind, Title = title,
            Text = "$12.34 is left. Top up, or switch auto-recharge on.", Link = link,
        };
        store.Notifications.Add(notice);
        await store.SaveChangesAsync();
        return notice.Id;
    }

    /// <summary>Has the mails of all notifications written.</summary>
    public Task<int> WriteAsync(MailOptions? options = null) => new MailNotices(Stores, options ?? Options, Clock).RunAsync(CancellationToken.None);

    public async Task<List<MailRow>> MailsAsync()
    {
        await using var store = Stores.CreateDbContext();
        return [.. store.Mails.OrderBy(mail => mail.Id)];
    }

    /// <summary>Takes the notifications away, as a store that does not answer.</summary>
    public async Task BreakAsync()
    {
        await using var store = Stores.CreateDbContext();
        await store.Database.ExecuteSqlRawAsync("ALTER TABLE notification RENAME TO gone");
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _database.DisposeAsync();
    }
}
