using System.Security.Claims;
using BillingPortal.Web.Layout;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Shouldly;

namespace BillingPortal.Tests.Web.Layout;

public sealed class UserMenuTests : WebTest
{
    [Fact]
    public void The_way_out_is_a_form_with_its_token_and_no_link()
    {
        var menu = Menu(new ClaimsIdentity([new(ClaimTypes.Name, "Mara Lindqvist")], "test"));

        var form = menu.Find("form");
        (form.GetAttribute("method"), form.GetAttribute("action")).ShouldBe(("post", "/sign-out"));
        form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value").ShouldBe("token");
        menu.Find(".who").TextContent.ShouldContain("Mara Lindqvist");
    }

    [Fact]
    public void Nobody_signed_in_has_no_menu() => Menu(new ClaimsIdentity()).Markup.Trim().ShouldBeEmpty();

    private IRenderedComponent<UserMenu> Menu(ClaimsIdentity who) => Render<UserMenu>(menu => menu
        .AddCascadingValue(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(who))))
        .AddCascadingValue("FormToken", "token"));
}
