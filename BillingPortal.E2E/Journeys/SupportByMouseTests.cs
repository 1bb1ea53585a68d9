using BillingPortal.E2E.Pages;

namespace BillingPortal.E2E.Journeys;

public sealed class SupportByMouseTests(PortalFixture portal, Browsers browsers) : SupportStory(portal, browsers), IClassFixture<PortalFixture>
{
    protected override Hands Hands => new MouseHands(Page);

    [Fact]
    public Task Support_finds_a_customer_sees_why_adjusts_undoes_and_the_books_balance() => TellAsync();
}
