using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>Plans are tried, paid, changed, cancelled and agreed; what the wizard showed is what is charged. Told by mouse and by keyboard alone.</summary>
public abstract class ChangingPlansStory(SandboxMoneyFixture portal, Browsers browsers) : BrowserTest(portal, browsers)
{
    private const string Compare = "Choose a plan", Payment = "Payment method", Coupon = "Coupon", Due = "Due today and from the next period", Confirm = "Confirm";

    /// <summary>How this person works.</summary>
    protected abstract Hands Hands { get; }

    private PlanPages Plan => new(Page, Hands);

    [Fact]
    public async Task A_trial_is_paid_with_a_card_added_on_the_way_and_its_credits_expire_with_the_month()
    {
        var number = await portal.NumberOfAsync("Acme Archive");
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/plan", Hands);
        await Plan.ActAsync("Change plan", Compare);
        await Plan.ChooseAsync("Try Advanced free for 14 days");
        await Plan.NextAsync(Payment);
        await Plan.NextAsync(Due);
        await Plan.NextAsync(Confirm);
        await Plan.ConfirmAsync("Start the trial of Advanced");
        await Expect(Plan.Receipt).ToContainTextAsync("The trial of Advanced began");
        await Expect(Plan.Standing).ToContainTextAsync("14 days left");

        await Plan.ActAsync("End the trial now…", Payment);
        await Page.ShouldBeAccessibleAsync();
        await Plan.AddCardAsync("Add a card", "4242 4242 4242 4242");
        await Expect(Plan.Main).ToContainTextAsync("Visa ·4242");
        await Plan.NextAsync(Coupon);
        await Plan.NextAsync(Due);
        await Expect(Plan.ChargedToday).ToHaveTextAsync("$99.00");
        await Page.ShouldBeAccessibleAsync();
        await Plan.NextAsync(Confirm);
        await Plan.ConfirmAsync("Change to Advanced and pay $99.00");
        await Expect(Plan.Receipt).ToContainTextAsync("Charged $99.00 to Visa ·4242");
        await Page.ShouldBeAccessibleAsync();

        portal.Clock.Advance(TimeSpan.FromDays(32));
        await portal.PassPlansAsync();
        await using var store = await portal.StoreAsync();
        (await store.Accounts.Where(a => a.OrganizationId == number && a.Kind == (int)AccountKind.Breakage).SumAsync(a => a.Balance)).ShouldBeGreaterThan(0, "what was not used of the month's credits lapsed");
        await Page.Context.ClearCookiesAsync();
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/plan", Hands);
        await Expect(Plan.Main).ToContainTextAsync("Advanced was renewed.");
    }

    [Fact]
    public async Task An_upgrade_in_mid_period_is_made_with_a_coupon()
    {
        var number = await portal.NumberOfAsync("Acme Field");
        await portal.CardAsync(number, "4242424242424242");
        await portal.CouponAsync("SCALE10");
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/plan", Hands);
        await Plan.ActAsync("Change plan", Compare);
        await Plan.ChooseAsync("Choose Advanced");
        await Plan.NextAsync(Payment);
        await Plan.NextAsync(Coupon);
        await Plan.CouponAsync("scale10");
        await Plan.NextAsync(Due);
        await Expect(Plan.Main).ToContainTextAsync("Coupon SCALE10");
        var due = await Plan.ChargedToday.InnerTextAsync();

        // Back to the first step and on again: everything is kept.
        await Hands.PressAsync(Page.GetByRole(AriaRole.Link, new() { Name = "Back to Plan" }));
        await Plan.ArrivedAsync(Compare);
        await Expect(Page.GetByRole(AriaRole.Radio, new() { Name = "Choose Advanced", Exact = true })).ToBeCheckedAsync();
        await Plan.NextAsync(Payment);
        await Plan.NextAsync(Coupon);
        await Plan.NextAsync(Due);
        await Expect(Plan.ChargedToday).ToHaveTextAsync(due);
        await Plan.NextAsync(Confirm);
        await Plan.ConfirmAsync("Change to Advanced and pay");
        await Expect(Plan.Receipt).ToContainTextAsync($"Charged {due} to Visa ·4242");
        await using var store = await portal.StoreAsync();
        new Money((await store.PlanFees.SingleAsync(fee => fee.OrganizationId == number)).Amount, Currency.Usd).ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(due);
    }

    [Fact]
    public async Task A_declined_card_changes_nothing_another_pays_and_a_downgrade_and_a_cancellation_are_taken_back()
    {
        var number = await portal.NumberOfAsync("Acme Labs");
        await portal.CardAsync(number, "4000000000000341");
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/plan?step=payment&plan=advanced", Hands);
        await Plan.NextAsync(Coupon);
        await Plan.NextAsync(Due);
        await Plan.NextAsync(Confirm);
        await Plan.ConfirmAsync("Change to Advanced and pay");
        await Expect(Plan.Main).ToContainTextAsync("Nothing changed: the card was declined.");
        await Page.ShouldBeAccessibleAsync();
        await Plan.AddCardAsync("Try another card", "5555 5555 5555 4444");
        await Plan.NextAsync(Coupon);
        await Plan.NextAsync(Due);
        await Plan.NextAsync(Confirm);
        await Plan.ConfirmAsync("Change to Advanced and pay");
        await Expect(Plan.Receipt).ToContainTextAsync("to Mastercard ·4444");

        await Plan.ActAsync("Change plan", Compare);
        await Plan.ChooseAsync("Choose Standard");
        await Plan.NextAsync(Payment);
        await Plan.NextAsync(Coupon);
        await Plan.NextAsync(Due);
        await Expect(Plan.Main).ToContainTextAsync("What is lost with Advanced:");
        await Plan.NextAsync(Confirm);
        await Plan.ConfirmAsync("Change to Standard on ");
        await Expect(Plan.Receipt).ToContainTextAsync("Standard from ");

        await Plan.ActAsync("Cancel Advanced…", "Cancel Advanced?");
        await Expect(Plan.Main).ToContainTextAsync("What is lost with Advanced:");
        await Page.ShouldBeAccessibleAsync();
        await Plan.ConfirmAsync("Cancel Advanced");
        await Expect(Plan.Standing).ToContainTextAsync("Ends with the period");
        await Plan.ActAsync("Keep Advanced…", "Keep Advanced?");
        await Plan.ConfirmAsync("Keep Advanced");
        await Expect(Plan.Receipt).ToContainTextAsync("The cancellation was taken back.");
        await Expect(Plan.Standing).ToContainTextAsync("Active");
    }

    [Fact]
    public async Task Finance_agrees_an_enterprise_price_and_moves_the_organization_to_it()
    {
        var number = await portal.NumberOfAsync("Driftwood Studio");
        await portal.CardAsync(number, "4242424242424242");
        await new SigningIn(Page).AsAsync(DemoPeople.Finance, $"/organizations/{number}/plan", Hands);
        await Plan.ActAsync("Agree a price…", "Agree a price");
        await Hands.WriteAsync(Page.GetByLabel("Amount", new() { Exact = true }), "500");
        await Hands.PressAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Show what it comes to" }));
        await Plan.ConfirmAsync("Agree $500.00 a month");
        await Expect(Plan.Receipt).ToContainTextAsync("Agreed price: $500.00 a month.");
        await Plan.ActAsync("Change plan", Compare);
        await Page.ShouldBeAccessibleAsync();
        await Plan.ChooseAsync("Choose Enterprise");
        await Plan.NextAsync(Payment);
        await Plan.NextAsync(Coupon);
        await Plan.NextAsync(Due);
        await Plan.NextAsync(Confirm);
        await Plan.ConfirmAsync("Change to Enterprise and pay $500.00");
        await Expect(Plan.Receipt).ToContainTextAsync("Charged $500.00 to Visa ·4242");
    }
}
