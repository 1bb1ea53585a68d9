using BillingPortal.Capabilities.Notifying;
using BillingPortal.Tests.Setup;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BillingPortal.Tests.Capabilities.Notifying;

public sealed class NoticesPageTests(TestDatabases databases) : NotifyingTest(databases)
{
    [Fact]
    public async Task The_page_lists_what_happened_where_and_when()
    {
        await using var house = await SignInAsync();
        await house.NoticeAsync(house.Below, "out_of_balance", "Acme Robotics has nothing left");
        Clock.Advance(TimeSpan.FromHours(2));
        var page = At<NoticesPage>("/notifications");

        page.WaitForElement("tbody th a").TextContent.ShouldBe("Acme Robotics has nothing left");
        page.Find("tbody th a").GetAttribute("href").ShouldBe("/organizations/10002/billing");
        page.FindAll("tbody td").Select(td => td.TextContent.Trim()).ShouldBe(["Acme Robotics", "Out of balance", "2 hours ago", "Mark as read: Acme Robotics has nothing left"]);
        page.Find(".pager [role=status]").TextContent.ShouldBe("1 row of 1");
        page.Markup.ShouldNotContain("/mail");
    }

    [Fact]
    public async Task Filters_stand_in_the_address_and_can_be_taken_off()
    {
        await using var house = await SignInAsync();
        await house.NoticeAsync(house.Below);
        await house.NoticeAsync(house.Below, "recharge_failed", "Recharge declined");
        var page = At<NoticesPage>("/notifications?kind=recharge_failed&organization=10002&unread=1");

        page.WaitForElements("tbody th a").Select(a => a.TextContent).ShouldBe(["Recharge declined"]);
        page.FindAll(".chip").Select(chip => chip.TextContent).ShouldBe(["Kind Recharge failed", "Organization Acme Robotics"]);
        page.Find(".chip a").GetAttribute("href").ShouldBe("/notifications?organization=10002&unread=1");
        page.Find(".views [aria-current]").TextContent.ShouldBe("Unread");
    }

    [Theory]
    [InlineData("/notifications", "No notifications yet")]
    [InlineData("/notifications?unread=1", "Nothing is unread")]
    [InlineData("/notifications?kind=recharge_failed", "No notification matches")]
    [InlineData("/notifications?kind=nonsense&after=x", "Nothing follows here")]
    public async Task What_is_empty_says_why(string address, string words)
    {
        await using var house = await SignInAsync();
        At<NoticesPage>(address).WaitForElement(".state h3").TextContent.ShouldBe(words);
    }

    [Fact]
    public async Task Who_may_read_no_organization_is_told_which_permission_is_missing()
    {
        await using var house = await SignInAsync();
        SignInAs(await house.Stores.PersonAsync("nobody"));
        var page = At<NoticesPage>("/notifications");
        page.WaitForElement(".state h3").TextContent.ShouldBe("You see no notifications");
        page.Find(".state p").TextContent.ShouldStartWith("The permission “See organizations” is missing.");
    }

    [Fact]
    public async Task Marking_all_as_read_says_so_and_the_bell_hears_of_it()
    {
        await using var house = await SignInAsync();
        await house.NoticeAsync(house.Below);
        var bell = Render<BellPanel>();
        bell.WaitForElement(".dot");
        var page = At<NoticesPage>("/notifications");
        page.WaitForElement("tbody .badge");
        await page.FindAll(".head button").Single(button => button.TextContent.Contains("Mark all")).ClickAsync(new());

        page.WaitForAssertion(() => page.FindAll("tbody .badge").ShouldBeEmpty());
        page.Find("p[role=status]").TextContent.ShouldBe("All notifications are read");
        bell.WaitForAssertion(() => bell.FindAll(".dot").ShouldBeEmpty());
    }

    [Fact]
    public async Task One_can_be_marked_as_read_without_opening_it()
    {
        await using var house = await SignInAsync();
        await house.NoticeAsync(house.Below);
        await house.NoticeAsync(house.Below);
        var page = At<NoticesPage>("/notifications");
        await page.WaitForElement("tbody button").ClickAsync(new());
        page.WaitForAssertion(() => page.FindAll("tbody .badge").Count.ShouldBe(1));
    }

    [Fact]
    public async Task In_development_the_staff_sees_the_mails_that_would_have_been_sent_and_their_text_is_only_text()
    {
        Environment = Environments.Development;
        await using var house = await SignInAsync();
        SignInAs(await house.Stores.PersonAsync("support", "SUPPORT"));
        await house.NoticeAsync(house.Below, title: "<b>Acme</b> is below $20.00");
        var round = ActivatorUtilities.CreateInstance<MailRound>(Services);
        await round.Execute(null!);

        At<NoticesPage>("/notifications").WaitForElement(".head a").GetAttribute("href").ShouldBe("/mail");
        var page = At<MailPage>("/mail");
        page.WaitForElement("tbody th a").TextContent.ShouldBe("<b>Acme</b> is below $20.00: Acme Robotics");
        await page.InvokeAsync(() => Services.GetRequiredService<BunitNavigationManager>().NavigateTo("/mail?mail=1"));
        page.WaitForElement("pre").TextContent.ShouldContain("To: admin@example.test");
        page.FindAll("pre b").ShouldBeEmpty();
    }

    [Fact]
    public async Task Mails_are_shown_to_the_platforms_staff_alone_and_nowhere_but_in_development()
    {
        Environment = Environments.Development;
        await using var house = await SignInAsync();
        At<MailPage>("/mail").WaitForElement(".state h3").TextContent.ShouldBe("You cannot read these mails");

        Environment = Environments.Production;
        var elsewhere = new ReadMailFolder(house.Stores, NotifiedHouse.Options, new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = Environment });
        (await elsewhere.RunAsync(await house.Stores.PersonAsync("finance", "FINANCE"), default)).ShouldBeOfType<BillingPortal.Domain.Outcome<IReadOnlyList<BillingPortal.Notifications.FolderMail>>.NotFound>();
    }
}
