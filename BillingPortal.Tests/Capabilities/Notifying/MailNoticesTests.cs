using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.Notifying;

public sealed class MailNoticesTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task Administrators_and_managers_are_written_to_and_nobody_else(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        await house.MemberAsync("admin@example.test", house.Below);
        await house.MemberAsync("manager@example.test", house.Below, "MANAGER");
        await house.MemberAsync("developer@example.test", house.Below, "DEVELOPER");
        await house.MemberAsync("staff@example.test", house.Below, "STAFF");
        await house.MemberAsync("unconfirmed@example.test", house.Below, confirmed: false);
        await house.MemberAsync("closed@example.test", house.Below, closed: true);
        await house.MemberAsync("above@example.test", house.Reseller);
        await house.MemberAsync("stranger@example.test", house.Stranger);
        await house.NoticeAsync(house.Below);

        await house.WriteAsync();
        (await RecipientsAsync(house)).ShouldBe(["admin@example.test", "manager@example.test"]);
    }

    [Theory]
    [BothDatabases]
    public async Task Where_an_organization_has_nobody_the_nearest_above_is_written_to_and_told_why(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        var deep = await house.OrganizationAsync("Deep Down", house.Below);
        await house.MemberAsync("staff@example.test", deep.Value, "STAFF");
        await house.MemberAsync("near@example.test", house.Below);
        await house.MemberAsync("far@example.test", house.Reseller);
        await house.NoticeAsync(deep.Value, title: "Low balance");

        await house.WriteAsync();
        var mail = (await house.MailsAsync()).ShouldHaveSingleItem();
        (mail.Recipient, mail.Subject).ShouldBe(("near@example.test", "Low balance: Deep Down"));
        mail.Body.ShouldContain("because you administer Acme Robotics, and Deep Down below it has no administrator of its own.");
    }

    [Theory]
    [BothDatabases]
    public async Task The_contact_address_is_written_to_as_well_and_no_address_twice(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        var one = await house.OrganizationAsync("One", parent: null);
        var other = await house.OrganizationAsync("Other", parent: null);
        await ContactAsync(house, one.Value, "Billing@Example.test");
        await ContactAsync(house, other.Value, "office@example.test");
        await house.MemberAsync("billing@example.test", one.Value);
        await house.NoticeAsync(one.Value);
        await house.NoticeAsync(other.Value);

        await house.WriteAsync();
        (await RecipientsAsync(house)).ShouldBe(["billing@example.test", "office@example.test"]);
        (await house.MailsAsync())[1].Body.ShouldContain("because this is the contact address of Other.");
    }

    [Theory]
    [BothDatabases]
    public async Task A_notification_is_mailed_once_however_many_nodes_write(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        await house.MemberAsync("admin@example.test", house.Below);
        for (var n = 0; n < 120; n++)
        {
            await house.NoticeAsync(house.Below);
        }

        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => house.WriteAsync())))).Sum().ShouldBe(120);
        (await house.WriteAsync()).ShouldBe(0);
        var mails = await house.MailsAsync();
        mails.Count.ShouldBe(120);
        mails.Select(mail => mail.NotificationId).ShouldBeUnique();
    }

    [Theory]
    [BothDatabases]
    public async Task A_mail_says_what_when_where_and_why(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        await house.MemberAsync("admin@example.test", house.Below);
        await using (var store = house.Stores.CreateDbContext())
        {
            await store.Organizations.Where(o => o.Id == house.Below).ExecuteUpdateAsync(o => o.SetProperty(row => row.TimeZone, "Asia/Tokyo"));
        }

        await house.NoticeAsync(house.Below);
        await house.WriteAsync();
        var mail = (await house.MailsAsync()).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Acme Robotics is below $20.00");
        mail.Body.ShouldBe("""
            Acme Robotics is below $20.00

            $12.34 is left. Top up, or switch auto-recharge on.

            When: 18 March 2026, 21:00 (Asia/Tokyo)
            Organization: Acme Robotics, number 10002

            See it in the portal:
            https://billing.example.test/organizations/10002/billing

            -- 
            You get this mail because you administer Acme Robotics.
            It was sent by a program; nobody reads answers to it.

            """);
    }

    [Theory]
    [InlineData("https://evil.example.test/")]
    [InlineData("//evil.example.test/")]
    [InlineData("/\\evil.example.test")]
    [InlineData("")]
    public async Task A_link_never_leaves_the_portal(string link)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        await house.MemberAsync("admin@example.test", house.Below);
        await house.NoticeAsync(house.Below, link: link);
        await house.WriteAsync(NotifiedHouse.Options with { BaseUrl = null });
        (await house.MailsAsync()).ShouldHaveSingleItem().Body.ShouldContain("See it in the portal at\n/organizations/10002\n");
    }

    private static async Task ContactAsync(NotifiedHouse house, long organization, string address)
    {
        await using var store = house.Stores.CreateDbContext();
        await store.Organizations.Where(o => o.Id == organization).ExecuteUpdateAsync(o => o.SetProperty(row => row.ContactEmail, address));
    }

    private static async Task<IEnumerable<string>> RecipientsAsync(NotifiedHouse house) => (await house.MailsAsync()).Select(mail => mail.Recipient);
}
