using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>A reseller moves value to a sub-organization and takes it back, with keys alone.</summary>
public sealed class TransferTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    private const long Reseller = 10_001;

    private KeyboardHands Hands => new(Page);

    private OneOrganization Organization => new(Page);

    private Transfers Transfers => new(Page);

    [Fact]
    public async Task Value_moved_to_a_sub_organization_is_shown_on_both_sides_first_and_comes_back_by_its_undo()
    {
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{Reseller}", Hands);
        var held = await Organization.Held.Locator(".big data").First.GetAttributeAsync("value");
        await Hands.PressAsync(Organization.Act("Transfer"));
        await Expect(Transfers.Title).ToHaveTextAsync("Transfer balance");
        await Transfers.FillAsync("Acme Archive", "30", Hands);
        await Expect(Transfers.Ledger("Acme Robotics")).ToContainTextAsync("−30.00");
        await Expect(Transfers.Ledger("Acme Archive")).ToContainTextAsync("+30.00");
        await Page.ShouldBeAccessibleAsync();

        await Transfers.DoAsync("Move $30.00 cash to Acme Archive", Hands);
        await Expect(Transfers.Receipt).ToContainTextAsync("Moved $30.00 cash to Acme Archive");
        await Page.ShouldBeAccessibleAsync();
        await Transfers.ToUndoAsync(Hands);
        await Expect(Transfers.Ledger("Acme Robotics")).ToContainTextAsync("+30.00");
        await Expect(Transfers.Ledger("Acme Archive")).ToContainTextAsync("−30.00");
        await Page.ShouldBeAccessibleAsync();

        await Transfers.DoAsync("Undo: $30.00 back to Acme Robotics", Hands);
        await Expect(Transfers.Receipt).ToContainTextAsync("Undid the transfer of $30.00 from Acme Robotics to Acme Archive");
        await Organization.OpenAsync(Reseller);
        await Expect(Organization.Held.Locator(".big data").First).ToHaveAttributeAsync("value", held!);
    }
}
