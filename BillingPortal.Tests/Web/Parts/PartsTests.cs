using BillingPortal.Web.Parts;
using Bunit;
using Shouldly;

namespace BillingPortal.Tests.Web.Parts;

public sealed class PartsTests : WebTest
{
    [Fact]
    public void Every_state_has_a_picture_and_a_word()
    {
        foreach (var state in Enum.GetValues<State>())
        {
            var badge = Render<StateBadge>(b => b.Add(x => x.Is, state));

            badge.Find(".badge svg").InnerHtml.ShouldNotBeEmpty();
            badge.Find(".badge").TextContent.ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public void No_two_states_say_the_same() => Enum.GetValues<State>().Select(state => StateLook.Of(state).Word).ShouldBeUnique();

    [Fact]
    public void Every_picture_is_drawn() => Enum.GetValues<Glyph>().ShouldAllBe(glyph => Glyphs.Drawing(glyph).Value.StartsWith('<'));

    [Fact]
    public void A_denied_act_can_be_focused_and_says_which_permission_is_missing()
    {
        var denied = Render<Denied>(d => d.Add(x => x.Permission, "balance.refund").Add(x => x.On, "Acme Robotics").AddChildContent("Refund…"));

        var button = denied.Find("button");
        (button.HasAttribute("disabled"), button.GetAttribute("aria-disabled")).ShouldBe((false, "true"));
        denied.Find("#" + button.GetAttribute("aria-describedby")).TextContent.ShouldBe("Needs permission balance.refund on Acme Robotics");
    }

    [Fact]
    public void A_page_head_leads_back_and_ends_at_itself()
    {
        var head = Render<PageHead>(h => h.Add(x => x.Title, "Adjust balance").Add(x => x.Crumbs, [new("Organizations", "/"), new("Acme", "/organizations/acme")]));

        head.FindAll(".crumbs a").Select(a => a.GetAttribute("href")).ShouldBe(["/", "/organizations/acme"]);
        head.Find("[aria-current=page]").TextContent.ShouldBe("Adjust balance");
        head.Find("h1").TextContent.ShouldBe("Adjust balance");
    }

    [Fact]
    public void A_panel_is_named_by_its_heading()
    {
        var panel = Render<Panel>(p => p.Add(x => x.Title, "Value held").Add(x => x.Live, true).AddChildContent("x"));

        panel.Find("#" + panel.Find("section").GetAttribute("aria-labelledby")).TextContent.ShouldBe("Value held");
        panel.Find("section").GetAttribute("aria-live").ShouldBe("polite");
    }

    [Fact]
    public void A_receipt_is_announced() =>
        Render<Receipt>(r => r.Add(x => x.Title, "Added $250.00")).Find("[role=status]").TextContent.ShouldContain("Added $250.00");
}
