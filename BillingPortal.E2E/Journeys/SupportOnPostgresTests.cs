using BillingPortal.E2E.Pages;

namespace BillingPortal.E2E.Journeys;

public sealed class SupportOnPostgresTests(PostgresPortalFixture portal, Browsers browsers) : SupportStory(portal, browsers), IClassFixture<PostgresPortalFixture>
{
    protected override Hands Hands => new MouseHands(Page);

    [Fact]
    public Task The_same_on_postgresql() => TellAsync();
}
