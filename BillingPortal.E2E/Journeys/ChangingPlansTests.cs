using BillingPortal.E2E.Pages;

namespace BillingPortal.E2E.Journeys;

/// <summary>Plans are changed with the mouse.</summary>
public sealed class ChangingPlansByMouseTests(SandboxMoneyFixture portal, Browsers browsers) : ChangingPlansStory(portal, browsers), IClassFixture<SandboxMoneyFixture>
{
    /// <inheritdoc />
    protected override Hands Hands => new MouseHands(Page);
}

/// <summary>Plans are changed with keys and nothing else.</summary>
public sealed class ChangingPlansByKeyboardTests(SandboxMoneyFixture portal, Browsers browsers) : ChangingPlansStory(portal, browsers), IClassFixture<SandboxMoneyFixture>
{
    /// <inheritdoc />
    protected override Hands Hands => new KeyboardHands(Page);
}
