using System.Collections.Immutable;
using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.E2E.Pages;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>Plans are tried, paid, changed, cancelled and agreed; what the wizard showed is what is charged.</summary>
public sealed class ChangingPlansTests(SandboxMoneyFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<SandboxMoneyFixture>
{
    private const string Compare = "Choose a plan", Payment = "Payment method", Coupon = "Coupon", Due = "Due today and from the next period", Confirm = "Confirm";

    private PlanPages Plan => new(Page, new MouseHands(Page));

    [Fact]
    public async Task A_trial_is_paid_with_a_card_added_on_the_way_and_its_credits_expire_with_the_month()
    {
        var number = await portal.NumberOfAsync("Acme Archive");
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/plan");
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
        await Clock.RunAsync(TestContext.Current.CancellationToken);
        await Clock.RunAsync(TestContext.Current.CancellationToken);
        await using var store = await Stores.CreateDbContextAsync();
        (await store.Accounts.Where(a => a.OrganizationId == number && a.Kind == (int)AccountKind.Breakage).SumAsync(a => a.Balance)).ShouldBeGreaterThan(0, "what was not used of the month's credits lapsed");
        await Page.Context.ClearCookiesAsync();
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/plan");
        await Expect(Plan.Main).ToContainTextAsync("Advanced was renewed.");
    }

    [Fact]
    public async Task An_upgrade_in_mid_period_is_made_with_a_coupon()
    {
        var keys = new MouseHands(Page);
        var plan = new PlanPages(Page, keys);
        var number = await portal.NumberOfAsync("Acme Field");
        await CardAsync(number, "4242424242424242");
        await CouponAsync("SCALE10");
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/plan", keys);
        await plan.ActAsync("Change plan", Compare);
        await plan.ChooseByArrowsAsync("Back to Free", "Stay on Standard", "Choose Advanced");
        await plan.NextAsync(Payment);
        await plan.NextAsync(Coupon);
        await plan.CouponAsync("scale10");
        await plan.NextAsync(Due);
        await Expect(plan.Main).ToContainTextAsync("Coupon SCALE10");
        var due = await plan.ChargedToday.InnerTextAsync();

        // Back to the first step and on again: everything is kept.
        await keys.PressAsync(Page.GetByRole(AriaRole.Link, new() { Name = "Back to Plan" }));
        await plan.ArrivedAsync(Compare);
        await Expect(Page.GetByRole(AriaRole.Radio, new() { Name = "Choose Advanced", Exact = true })).ToBeCheckedAsync();
        await plan.NextAsync(Payment);
        await plan.NextAsync(Coupon);
        await plan.NextAsync(Due);
        await Expect(plan.ChargedToday).ToHaveTextAsync(due);
        await plan.NextAsync(Confirm);
        await plan.ConfirmAsync("Change to Advanced and pay");
        await Expect(plan.Receipt).ToContainTextAsync($"Charged {due} to Visa ·4242");
        await using var store = await Stores.CreateDbContextAsync();
        new Money((await store.PlanFees.SingleAsync(fee => fee.OrganizationId == number)).Amount, Currency.Usd).ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(due);
    }

    [Fact]
    public async Task A_declined_card_changes_nothing_another_pays_and_a_downgrade_and_a_cancellation_are_taken_back()
    {
        var number = await portal.NumberOfAsync("Acme Labs");
        await CardAsync(number, "4000000000000341");
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/plan?step=payment&plan=advanced");
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
        await CardAsync(number, "4242424242424242");
        await new SigningIn(Page).AsAsync(DemoPeople.Finance, $"/organizations/{number}/plan");
        await Plan.ActAsync("Agree a price…", "Agree a price");
        await Page.GetByLabel("Amount", new() { Exact = true }).FillAsync("500");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Show what it comes to" }).ClickAsync();
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

    private IDbContextFactory<BillingStore> Stores => portal.Services.GetRequiredService<IDbContextFactory<BillingStore>>();

    private PlanClock Clock => portal.Services.GetRequiredService<PlanClock>();

    /// <summary>A card that was typed at the provider's page before.</summary>
    private async Task CardAsync(long number, string card)
    {
        var (gateway, organization) = (portal.Services.GetRequiredService<IPaymentGateway>(), new OrganizationId(number));
        var customer = await gateway.EnterCustomerAsync(organization, "Customer", $"customer:{number}", default);
        var setup = await gateway.BeginSetupAsync(customer, new Uri("/back", UriKind.Relative), $"setup:{number}", default);
        (await portal.Services.GetRequiredService<SandboxDesk>().TakeAsync(setup.Id, card, "12", "34", default))!.Value.Refusal.ShouldBeNull();
        var typed = (await gateway.FindCardAsync(customer, setup.Id, default))!;
        await using (var store = await Stores.CreateDbContextAsync())
        {
            await store.Database.ExecuteSqlAsync($"INSERT INTO payment_customer (organization_id, provider, customer) VALUES ({number}, {gateway.Provider}, {customer}) ON CONFLICT DO NOTHING");
        }

        (await portal.Services.GetRequiredService<JournalWriter>().RunAsync(
            new AddCard(Actor.System("demo"), $"card:{number}", organization, new NewCard(gateway.Provider, customer, typed.Method, typed.Brand, typed.Last4, typed.ExpiryMonth, typed.ExpiryYear)) { Choose = true },
            Agreement.OfProgram, CancellationToken.None)).ShouldBeOfType<Outcome<Receipt>.Done>();
    }

    private async Task CouponAsync(string code)
    {
        await using var store = await Stores.CreateDbContextAsync();
        var terms = PlanJson.Write(new CouponTerms(1_000, ImmutableSortedDictionary<string, long>.Empty, CouponDuration.Repeating, 3, []));
        await store.Database.ExecuteSqlAsync($"INSERT INTO coupon (code, terms, expires_at, redemption_limit, created_at, created_by) VALUES ({code}, {terms}, NULL, NULL, 0, 'test')");
    }
}
