using System.Security.Claims;
using BillingPortal.Capabilities.Vouchers;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.Vouchers;

public sealed class VoucherPagesTests(TestDatabases databases) : WebTest
{
    [Fact]
    public async Task Finance_issues_one_sees_who_redeemed_it_and_withdraws_it_after_asking()
    {
        await using var house = await OpenAsync(house => house.Finance);
        var page = Render<VouchersPage>();
        page.WaitForElement(".state h3").TextContent.ShouldBe("No vouchers yet");

        await page.Find("form").SubmitAsync();
        page.WaitForElement(".note.n-bad").TextContent.ShouldContain("No voucher was issued. 2 fields need mending.");
        await Field(page, "Gives").ChangeAsync(new() { Value = "25" });
        await Field(page, "Most redemptions").ChangeAsync(new() { Value = "2" });
        await Field(page, "Code").ChangeAsync(new() { Value = "welcome2026" });
        await Field(page, "What it is for").ChangeAsync(new() { Value = "=Welcome" });
        await page.Find("form").SubmitAsync();
        page.WaitForElement(".receipt .t").TextContent.ShouldBe("Issued a voucher of $25.00");
        page.Find(".receipt .mono").TextContent.ShouldBe("WELC-OME2-026");

        await house.RedeemAsync("WELCOME2026");
        page = Render<VouchersPage>();
        page.WaitForElement("tbody td[data-l='Redeemed']").TextContent.ShouldContain("1 of 2");
        page.Find("tbody td[data-l='Redeemed'] a").TextContent.ShouldBe("Acme Robotics");
        await page.Find("button[aria-label='Withdraw WELC-OME2-026']").ClickAsync(new());
        page.Find(".note").TextContent.ShouldContain("Nobody can redeem it any more. What 1 redeemed stays theirs.");
        await page.Find(".btn--danger").ClickAsync(new());
        page.WaitForAssertion(() => page.Find("tbody td[data-l='State']").TextContent.ShouldContain("Withdrawn"));
        page.FindAll("tbody button").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_organizations_people_see_what_a_code_gives_before_they_redeem_it()
    {
        await using var house = await OpenAsync(house => house.Admin);
        var voucher = await house.IssueAsync();
        var page = Render<RedeemVoucherPage>(p => p.Add(x => x.Number, house.Acme.Value));
        page.WaitForElement("input").Input("NEVERISSUED");
        await RestAsync(page);
        page.WaitForElement(".note.n-bad").TextContent.ShouldContain(RedeemVoucher.NotRedeemable);
        page.FindAll(".confirm button").ShouldBeEmpty();

        page.Find("input").Input(Voucher.Grouped(voucher.Code));
        await RestAsync(page);
        page.WaitForElement(".confirm button").TextContent.ShouldBe("Add $25.00 of promotional credits to Acme Robotics");
        page.Find(".confirm").TextContent.ShouldContain("Given for: Welcome");
        await page.Find(".confirm button").ClickAsync(new());
        page.WaitForElement(".receipt .t").TextContent.ShouldBe("Redeemed the voucher for Acme Robotics");

        page.Find("input").Input(voucher.Code);
        await RestAsync(page);
        page.WaitForElement(".note.n-bad").TextContent.ShouldContain(RedeemVoucher.Redeemed);
    }

    [Fact]
    public async Task Who_lacks_the_permission_is_told_which()
    {
        await using var house = await OpenAsync(house => house.Admin, "STAFF");
        Render<VouchersPage>().WaitForElement(".state").TextContent.ShouldContain("“Issue vouchers” is missing");
        Render<RedeemVoucherPage>(p => p.Add(x => x.Number, house.Acme.Value)).WaitForElement(".state h3").TextContent.ShouldContain("“Change billing settings” is missing");
    }

    private static AngleSharp.Dom.IElement Field<T>(IRenderedComponent<T> page, string label)
        where T : IComponent => page.Find("#" + page.FindAll("label").Single(found => found.TextContent.StartsWith(label, StringComparison.Ordinal)).GetAttribute("for"));

    private async Task<VoucherHouse> OpenAsync(Func<VoucherHouse, Caller> who, string? role = null)
    {
        var house = await VoucherHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        Services.AddSingleton<IDbContextFactory<BillingStore>>(house.Stores);
        Services.AddScoped<CurrentCaller>();
        Services.AddSingleton(house.Issuing).AddSingleton(house.Listing).AddSingleton(house.Redeeming);
        var person = role is null ? who(house) : await house.Stores.PersonAsync("person", null, (house.Acme.Value, role));
        AddAuthorization().SetAuthorized(person.UserId).SetClaims(new Claim(ClaimTypes.NameIdentifier, person.UserId));
        return house;
    }
}
