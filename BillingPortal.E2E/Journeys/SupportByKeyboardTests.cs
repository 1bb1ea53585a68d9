using BillingPortal.E2E.Pages;

namespace BillingPortal.E2E.Journeys;

public sealed class SupportByKeyboardTests(PortalFixture portal, Browsers browsers) : SupportStory(portal, browsers), IClassFixture<PortalFixture>
{
    protected override Hands Hands => new KeyboardHands(Page);

    [Fact]
    public Task The_same_with_keys_alone() => TellAsync();
}
