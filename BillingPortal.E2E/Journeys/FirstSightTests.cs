namespace BillingPortal.E2E.Journeys;

public sealed class FirstSightTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    [Fact]
    public async Task A_browser_reaches_the_portal()
    {
        var answer = await Page.APIRequest.GetAsync("/");

        answer.Status.ShouldBeLessThan(500);
    }
}
