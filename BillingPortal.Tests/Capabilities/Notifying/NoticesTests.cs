using BillingPortal.Capabilities.Notifying;
using BillingPortal.Domain;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Notifying;

public sealed class NoticesTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task Everybody_sees_those_of_organizations_they_can_read_and_no_others(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        var own = await house.NoticeAsync(house.Below);
        var above = await house.NoticeAsync(house.Reseller);
        var other = await house.NoticeAsync(house.Stranger, "payment_disputed");

        (await SeenAsync(house, await house.MemberAsync("admin@example.test", house.Reseller))).ShouldBe([above, own]);
        (await SeenAsync(house, await house.MemberAsync("staff@example.test", house.Below, "STAFF"))).ShouldBe([own]);
        (await SeenAsync(house, await house.Stores.PersonAsync("support", "SUPPORT"))).ShouldBe([other, above, own]);
        (await new ListNotices(house.Stores).RunAsync(await house.Stores.PersonAsync("nobody"), new(), new(25), default)).ShouldBeOfType<Outcome<NoticeList>.Refused>();
        (await new CountUnreadNotices(house.Stores).RunAsync(new Caller("nobody", "page"), default)).ShouldBe(0);
    }

    [Theory]
    [BothDatabases]
    public async Task The_platforms_staff_is_called_only_for_what_waits_for_somebody(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        await house.NoticeAsync(house.Below);
        var suspended = await house.NoticeAsync(house.Below, "recharge_suspended");
        var disputed = await house.NoticeAsync(house.Stranger, "payment_disputed");
        var support = await house.Stores.PersonAsync("support", "SUPPORT");

        (await new CountUnreadNotices(house.Stores).RunAsync(support, default)).ShouldBe(2);
        (await new ListNotices(house.Stores).LatestAsync(support, 10, default)).Select(line => line.Id).ShouldBe([disputed, suspended]);
    }

    [Theory]
    [BothDatabases]
    public async Task What_one_person_reads_stays_unread_for_another(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        var first = await house.NoticeAsync(house.Below);
        await house.NoticeAsync(house.Below);
        var one = await house.MemberAsync("one@example.test", house.Below);
        var other = await house.MemberAsync("other@example.test", house.Below);
        var reading = new MarkNoticesRead(house.Stores);
        await reading.OneAsync(one, first, default);
        await reading.OneAsync(one, first, default);

        (await UnreadAsync(house, one), await UnreadAsync(house, other)).ShouldBe((1, 2));
        (await SeenAsync(house, one, new NoticeFilter(UnreadOnly: true))).ShouldBe([first + 1]);
    }

    [Theory]
    [BothDatabases]
    public async Task All_up_to_the_newest_seen_are_read_at_once_and_later_ones_are_not(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        var admin = await house.MemberAsync("admin@example.test", house.Below);
        var seen = await house.NoticeAsync(house.Below);
        var reading = new MarkNoticesRead(house.Stores);
        await reading.OneAsync(admin, seen, default);
        seen = await house.NoticeAsync(house.Below);
        var later = await house.NoticeAsync(house.Below);
        await reading.AllAsync(admin, seen, default);
        (await UnreadAsync(house, admin)).ShouldBe(1);

        // A mark never moves back: an older page, marked later, makes nothing unread again.
        await reading.AllAsync(admin, later, default);
        await reading.AllAsync(admin, seen, default);
        (await UnreadAsync(house, admin)).ShouldBe(0);
        await using var store = house.Stores.CreateDbContext();
        store.NotificationsRead.ShouldBeEmpty();
    }

    [Theory]
    [BothDatabases]
    public async Task Nobody_marks_what_they_may_not_see(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        var notice = await house.NoticeAsync(house.Stranger);
        await new MarkNoticesRead(house.Stores).OneAsync(await house.MemberAsync("admin@example.test", house.Below), notice, default);
        await new MarkNoticesRead(house.Stores).AllAsync(await house.Stores.PersonAsync("nobody"), notice, default);
        await using var store = house.Stores.CreateDbContext();
        store.NotificationsRead.ShouldBeEmpty();
        store.NotificationMarks.ShouldBeEmpty();
    }

    [Theory]
    [BothDatabases]
    public async Task The_count_is_exact_up_to_ninety_nine(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        var admin = await house.MemberAsync("admin@example.test", house.Below);
        await FillAsync(house, 99);
        (await UnreadAsync(house, admin)).ShouldBe(99);
        await FillAsync(house, 50);
        (await UnreadAsync(house, admin)).ShouldBe(CountUnreadNotices.Enough);
    }

    [Theory]
    [BothDatabases]
    public async Task Pages_go_by_number_in_both_directions_without_gap_or_repeat(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        var admin = await house.MemberAsync("admin@example.test", house.Below);
        await FillAsync(house, 25);
        var ids = new List<long>();
        NoticeList? page = null;
        do
        {
            page = await ListAsync(house, admin, new(), new(10, After: page?.Lines[^1].Id));
            ids.AddRange(page.Lines.Select(line => line.Id));
        }
        while (page.HasOlder);

        ids.ShouldBe(Enumerable.Range(1, 25).Select(n => (long)n).Reverse());
        page.Counted.ShouldBe(25);
        var back = await ListAsync(house, admin, new(), new(10, Before: page.Lines[0].Id));
        back.Lines.Select(line => line.Id).ShouldBe(ids.GetRange(10, 10));
        (back.HasNewer, back.HasOlder).ShouldBe((true, true));
    }

    [Theory]
    [BothDatabases]
    public async Task Kind_and_organization_narrow_the_list(DatabaseKind kind)
    {
        await using var house = await NotifiedHouse.OpenAsync(databases, kind);
        var admin = await house.MemberAsync("admin@example.test", house.Reseller);
        await house.NoticeAsync(house.Reseller);
        var wanted = await house.NoticeAsync(house.Below, "recharge_failed");
        await house.NoticeAsync(house.Below);

        (await SeenAsync(house, admin, new(Kind: "recharge_failed"))).ShouldBe([wanted]);
        var of = await ListAsync(house, admin, new(Organization: house.Below), new(25));
        (of.Lines.Count, of.OrganizationName).ShouldBe((2, "Acme Robotics"));
        (await ListAsync(house, admin, new(Organization: house.Stranger), new(25))).OrganizationName.ShouldBeNull();
    }

    private static async Task FillAsync(NotifiedHouse house, int count)
    {
        await using var store = house.Stores.CreateDbContext();
        store.Notifications.AddRange(Enumerable.Range(0, count).Select(_ => new NotificationRow { OrganizationId = house.Below, Kind = "low_balance", Title = "Low" }));
        await store.SaveChangesAsync();
    }

    private static Task<int> UnreadAsync(NotifiedHouse house, Caller caller) => new CountUnreadNotices(house.Stores).RunAsync(caller, default);

    private static async Task<NoticeList> ListAsync(NotifiedHouse house, Caller caller, NoticeFilter filter, NoticePlace place) =>
        (await new ListNotices(house.Stores).RunAsync(caller, filter, place, default)).ShouldBeOfType<Outcome<NoticeList>.Done>().Value;

    private static async Task<IEnumerable<long>> SeenAsync(NotifiedHouse house, Caller caller, NoticeFilter? filter = null) =>
        (await ListAsync(house, caller, filter ?? new(), new(25))).Lines.Select(line => line.Id);
}
