using System.Security.Claims;
using System.Text.Json;
using BillingPortal.Capabilities.BillingDetails;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.TaxRegisters;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.BillingDetails;

public sealed class BillingDetailsPageTests(TestDatabases databases) : WebTest
{
    [Fact]
    public async Task A_wrong_number_is_named_while_it_is_typed_and_the_right_one_is_saved_and_verified()
    {
        await using var house = await OpenAsync();
        var page = Show(house);

        await Labelled(page, "Country").ChangeAsync(new() { Value = "germany" });
        page.FindAll("label").Select(label => label.TextContent.Trim()).ShouldContain("Postcode");
        await Labelled(page, "Number").InputAsync(new() { Value = "DE 136.695.977" });
        page.WaitForElement(".field .err").TextContent.ShouldContain("check digits do not hold");
        await page.Find("form").SubmitAsync();
        page.WaitForElement(".n-bad").TextContent.ShouldContain("Nothing was changed.");
        await Labelled(page, "Number").InputAsync(new() { Value = "DE 136.695.976" });
        page.WaitForElement(".field .echo").TextContent.ShouldContain("DE136695976: form and check digits of “EU VAT number” hold.");
        await page.Find("form").SubmitAsync();

        page.WaitForElement(".receipt .t").TextContent.ShouldBe("Saved: Country, Tax number.");
        (await house.StoredAsync()).Details.ShouldBe((await house.StoredAsync()).Details with { Country = "DE", TaxId = "DE136695976", TaxIdType = "eu_vat" });
        page.Find(".flight .why").TextContent.ShouldContain("Tax number: nothing → DE136695976");
        page.Markup.ShouldContain("VIES is asked within a minute");

        house.Says = new TaxRegisterAnswer.Known("Acme Robotics GmbH");
        await page.FindAll("button").Single(button => button.TextContent.Contains("Check again", StringComparison.Ordinal)).ClickAsync(new());
        page.WaitForAssertion(() => page.FindAll(".badge").Select(badge => badge.TextContent).ShouldContain("Verified"));
        page.Markup.ShouldContain("Acme Robotics GmbH");
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_shown_beside_ones_own_and_not_overwritten_unseen()
    {
        await using var house = await OpenAsync();
        var page = Show(house);
        await house.ChangeAsync((DetailField.Line1, "Theirs 1"), (DetailField.Company, "Acme GmbH"));

        await Labelled(page, "Address").ChangeAsync(new() { Value = "Mine 1" });
        await page.Find("form").SubmitAsync();
        page.WaitForElement(".n-warn table").TextContent.ShouldContain("Mine 1");
        page.Find(".n-warn table").TextContent.ShouldContain("Theirs 1");
        (await house.StoredAsync()).Details.Line1.ShouldBe("Theirs 1");
        await page.FindAll("button").Single(button => button.TextContent == "Save mine over it").ClickAsync(new());

        page.WaitForElement(".receipt");
        var stored = (await house.StoredAsync()).Details;
        (stored.Line1, stored.Company).ShouldBe(("Mine 1", "Acme GmbH"));
    }

    [Fact]
    public void A_draft_survives_the_browsers_keeping_with_what_it_was_begun_on()
    {
        var draft = DetailsDraft.Of(new OrganizationDetails { Name = "Acme", Slug = "acme", Country = "DE", City = "Berlin" });
        (draft[DetailField.City], draft[DetailField.TaxId]) = ("Bonn", "DE 136695976");

        var kept = JsonSerializer.Deserialize<DetailsDraft>(JsonSerializer.Serialize(draft, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;

        kept.Shown.ShouldBe(draft.Shown);
        kept.Change.Wishes.OrderBy(wish => wish.Key.Code).Select(wish => (wish.Key.Code, wish.Value)).ShouldBe([("billing_city", "Bonn"), ("billing_tax_id", "DE 136695976")]);
    }

    [Theory]
    [InlineData("MANAGER", 1, "Change organizations")]
    [InlineData("STAFF", 0, "Change billing settings")]
    public async Task Who_may_not_change_it_is_told_which_permission_is_missing(string role, int forms, string missing)
    {
        await using var house = await OpenAsync(role);
        var page = Show(house);

        page.FindAll("form").Count.ShouldBe(forms);
        page.FindAll("label").Select(label => label.TextContent.Trim()).ShouldNotContain("Slug");
        page.Find(".denied").TextContent.ShouldContain(missing);
    }

    private static AngleSharp.Dom.IElement Labelled(IRenderedComponent<BillingDetailsPage> page, string label) =>
        page.Find("#" + page.FindAll("label").First(found => found.TextContent.Replace("(optional)", "", StringComparison.Ordinal).Trim() == label).GetAttribute("for"));

    private IRenderedComponent<BillingDetailsPage> Show(DetailsHouse house)
    {
        var page = Render<BillingDetailsPage>(p => p.Add(x => x.Number, house.Acme.Value));
        page.WaitForElement(".cols");
        return page;
    }

    private async Task<DetailsHouse> OpenAsync(string role = "ADMIN")
    {
        var house = await DetailsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        Services.AddSingleton<IDbContextFactory<BillingStore>>(house.Stores);
        Services.AddScoped<CurrentCaller>().AddScoped<DraftKeeper>();
        Services.AddSingleton(house.Changing).AddSingleton(house.Reading).AddSingleton(house.Checking);
        var person = role == "ADMIN" ? house.Admin : await house.Stores.PersonAsync("person", null, (house.Acme.Value, role));
        AddAuthorization().SetAuthorized(person.UserId).SetClaims(new Claim(ClaimTypes.NameIdentifier, person.UserId));
        return house;
    }
}
