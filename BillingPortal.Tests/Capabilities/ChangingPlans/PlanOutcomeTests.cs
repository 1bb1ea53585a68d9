using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Bunit;

namespace BillingPortal.Tests.Capabilities.ChangingPlans;

/// <summary>What becomes of a change of the plan: declined, unknown, stale, planned, taken back; and who may make it.</summary>
public sealed class PlanOutcomeTests(TestDatabases databases) : PlanPageTest(databases)
{
    private const string NoTax = "No VAT is charged: the billing country is not known. 0.00";

    private const string Payment = "Payment method", Coupon = "Coupon", DueStep = "Due today and from the next period", Confirm = "Confirm";

    [Fact]
    public async Task A_declined_card_changes_nothing_and_another_is_another_payment()
    {
        await House.CardAsync(Acme, "4000000000000341");
        var page = await OpenAsync("?step=confirm&plan=standard");
        await PressAsync(page, "Change to Standard and pay $20.00");
        page.WaitForAssertion(() => Words(page, ".note.n-bad").ShouldStartWith("Nothing changed: the card was declined."));
        page.Find(".note.n-bad a").TextContent.ShouldBe("Try another card");
        (await House.PlanAsync(Acme)).ShouldBe("free");

        await House.CardAsync(Acme);
        page = await OpenAsync("?step=confirm&plan=standard");
        (await ConfirmAsync(page, "Change to Standard and pay $20.00")).ShouldContain("Charged $20.00 to Visa ·4242");
        (await House.FeesAsync(Acme)).Select(fee => (FeeState)fee.State).ShouldBe([FeeState.Declined, FeeState.Paid]);
    }

    [Fact]
    public async Task What_is_not_known_is_shown_as_unknown_and_asked_for_again()
    {
        SignInAs(await House.Stores.PersonAsync("Mara", "FINANCE"));
        var dora = await House.Ledger.OrganizationAsync(name: "Dora");
        foreach (var organization in new[] { Acme, dora })
        {
            await House.CardAsync(organization, "4000000000009900");
        }

        var page = await UnknownAsync(dora);
        Words(await OpenAsync("", dora), ".note.n-warn").ShouldStartWith("It is not known yet whether a payment went through.");
        Words(await OpenAsync("?step=plan", dora), ".note.n-warn").ShouldStartWith("Nothing can be chosen now.");

        page = await UnknownAsync(Acme);
        page.FindAll(".confirm .btn--primary").ShouldBeEmpty();
        await House.AtAsync(2026, 11, 1, 10);
        await page.InvokeAsync(() => page.Find(".note.n-warn button").ClickAsync(new()));
        page.WaitForAssertion(() => Words(page, ".receipt").ShouldContain("Charged $20.00 to Visa ·9900"));
        (await House.FeesAsync(Acme)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_period_that_went_on_meanwhile_shows_the_difference_and_asks_again()
    {
        await House.CardAsync(Acme);
        await House.ChangedAsync(House.Wish(Acme, new SubscriptionWish.Choose("standard")));
        House.Clock.MoveTo(new DateTimeOffset(2026, 11, 20, 23, 50, 0, TimeSpan.Zero));
        var page = await OpenAsync("?step=confirm&plan=advanced");
        page.WaitForAssertion(() => Words(page, ".confirm .btn--primary").ShouldBe("Change to Advanced and pay $28.97"));

        await Renderer.Dispatcher.InvokeAsync(() => { });
        House.Clock.MoveTo(new DateTimeOffset(2026, 11, 21, 0, 4, 30, TimeSpan.Zero));

        page.WaitForAssertion(() => Words(page, ".note.n-warn").ShouldStartWith("It went stale: nothing was charged."));
        page.FindAll(".versus tfoot tr:first-child td").Select(total => Plain(total.TextContent)).ShouldBe(["$28.97", "$26.33"]);
        page.FindAll(".confirm .btn--primary").ShouldBeEmpty();
        await page.InvokeAsync(() => page.Find(".note.n-warn button").ClickAsync(new()));
        (await ConfirmAsync(page, "Change to Advanced and pay $26.33")).ShouldContain("Charged $26.33");
    }

    [Fact]
    public async Task A_downgrade_waits_a_cancellation_says_what_is_lost_and_both_are_taken_back()
    {
        await House.CardAsync(Acme);
        await House.ChangedAsync(House.Wish(Acme, new SubscriptionWish.Choose("advanced")));
        var page = await OpenAsync("?step=due&plan=standard");
        page.WaitForAssertion(() => Words(page, ".rule").ShouldBe("Fern stays on Advanced until 30 November 2026 and is on Standard from 1 December 2026. Nothing is charged today; $20.00 on 1 December 2026."));
        Due(page).ShouldBe(["Nothing 0.00", "Charged today $0.00"]);
        Words(page, ".lost").ShouldStartWith("Monthly credits: $60.00 become $20.00.Support: Premium becomes Standard.Single sign-on by SAML.");
        await NextAsync(page, Confirm);
        (await ConfirmAsync(page, "Change to Standard on 1 December 2026")).ShouldContain("Standard from 1 December 2026.");
        Words(page, "#plan-now + .badge").ShouldBe("Active");

        page = await OpenAsync("?step=resume");
        (await ConfirmAsync(page, "Keep Advanced")).ShouldContain("The change planned for the next period was taken back.");

        page = await OpenAsync("?step=cancel");
        page.WaitForAssertion(() => Words(page, ".rule").ShouldBe("Fern keeps Advanced until 30 November 2026. Then it is on Free. Nothing more is charged."));
        Words(page, ".lost").ShouldContain("What is left of this period's monthly credits lapses on 1 December 2026");
        (await ConfirmAsync(page, "Cancel Advanced")).ShouldContain("it ends with 30 November 2026");
        Words(page, "#plan-now + .badge").ShouldBe("Ends with the period");

        page = await OpenAsync("?step=resume");
        (await ConfirmAsync(page, "Keep Advanced")).ShouldContain("The cancellation was taken back.");
        (await House.SubscriptionAsync(Acme)).Standing.ShouldBe(SubscriptionStanding.Active);
    }

    [Fact]
    public async Task A_trial_is_begun_without_a_card_counts_its_days_and_can_be_ended_early()
    {
        var page = await OpenAsync("?step=plan");
        await ChooseAsync(page, "Try Advanced free for 14 days");
        await NextAsync(page, Payment);
        await NextAsync(page, DueStep);
        Words(page, ".rule").ShouldBe("Fern tries Advanced free until 14 November 2026. Then it returns to Free and nothing is charged for Advanced, unless a payment method is added before.");
        await NextAsync(page, Confirm);
        (await ConfirmAsync(page, "Start the trial of Advanced")).ShouldContain("The trial of Advanced began; it ends with 14 November 2026.");
        await House.AtAsync(2026, 11, 3);

        page = await OpenAsync();
        Words(page, ".kv").ShouldContain("12 days left, until 14 November 2026");
        Words(page, ".kv").ShouldContain("$99.00 on 15 November 2026 if there is a card by then; else the trial just ends");
        var end = page.FindAll(".confirm a").Single(act => act.TextContent == "End the trial now…").GetAttribute("href")!;
        await House.CardAsync(Acme);
        page = await OpenAsync(end[end.IndexOf('?', StringComparison.Ordinal)..]);
        await NextAsync(page, Coupon);
        await NextAsync(page, DueStep);
        Due(page).ShouldBe(["Advanced 99.00", NoTax, "Charged to Visa ·4242 $99.00"]);
    }

    [Fact]
    public async Task Finance_agrees_a_price_for_each_seat_and_seats_are_chosen_at_a_step_of_their_own()
    {
        SignInAs(await House.Stores.PersonAsync("Mara", "FINANCE"));
        await House.CardAsync(Acme);
        var page = await OpenAsync("?step=price");
        await page.InvokeAsync(() => page.FindAll("select")[0].Change(PriceKind.PerUser.ToString()));
        await page.InvokeAsync(() => page.Find("input.money").Input("40"));
        await StayAsync(page);
        (await ConfirmAsync(page, "Agree $40.00 a seat and month")).ShouldContain("Agreed price: $40.00 a seat and month.");

        page = await OpenAsync("?step=plan");
        await ChooseAsync(page, "Choose Enterprise");
        await NextAsync(page, "How many seats?");
        await FillAsync(page, "none");
        await StayAsync(page);
        page.WaitForAssertion(() => Words(page, ".err").ShouldBe("Seats: Seats go from 1 to 100,000."));
        await FillAsync(page, "5");
        await NextAsync(page, Payment);
        await GoAsync(page, "confirm", Confirm);
        (await ConfirmAsync(page, "Change to Enterprise with 5 seats and pay $200.00")).ShouldContain("Charged $200.00");

        page.WaitForAssertion(() => page.FindAll(".confirm a").Select(act => act.TextContent).ShouldContain("Change seats"));
        await GoAsync(page, "seats&plan=enterprise", "How many seats?");
        page.Find(".field input").GetAttribute("value").ShouldBe("5");
    }

    [Fact]
    public async Task A_fee_that_is_owed_is_said_and_can_be_paid_at_once()
    {
        await House.CardAsync(Acme);
        await House.ChangedAsync(House.Wish(Acme, new SubscriptionWish.Choose("standard")));
        await House.CardAsync(Acme, "4000000000000341");
        await House.AtAsync(2026, 12, 1);
        await House.CardAsync(Acme);
        var page = await OpenAsync();
        Words(page, ".note.n-bad").ShouldStartWith("$20.00 is not paid. The card was declined:");
        Words(page, "#plan-now + .badge").ShouldBe("Past due");
        page.FindAll(".confirm a").Select(act => act.TextContent).ShouldBe(["Cancel Standard…"]);
        await page.InvokeAsync(() => page.Find(".note.n-bad .btn--primary").ClickAsync(new()));
        page.WaitForAssertion(() => Words(page, ".receipt").ShouldContain("Charged $20.00 to Visa ·4242"));
        page.WaitForAssertion(() => Words(page, "#plan-now + .badge").ShouldBe("Active"));
    }

    [Fact]
    public async Task Who_pays_is_said_their_card_is_theirs_and_who_may_not_change_it_sees_why()
    {
        var (parent, child) = await House.Ledger.FamilyAsync();
        await House.Ledger.UseParentBalanceAsync(child, parent);
        await House.CardAsync(parent);
        SignInAs(await House.Stores.PersonAsync("Child", memberships: (child.Value, "ADMIN")));
        var page = await OpenAsync("?step=payment&plan=standard", child);
        page.WaitForAssertion(() => Words(page, ".panel form header").ShouldContain("pays for"));
        page.Markup.ShouldNotContain("·4242");
        page.Find(".denied").TextContent.ShouldContain("Change billing settings");

        SignInAs(await House.Stores.PersonAsync("Sam", "SUPPORT"));
        Words(await OpenAsync("", child), ".confirm .denied").ShouldContain("Change billing settings");
        Words(await OpenAsync("?step=plan", child), ".state h3").ShouldContain("Change billing settings");
    }

    /// <summary>Pays with a card whose provider gives no answer.</summary>
    private async Task<IRenderedComponent<PlanPage>> UnknownAsync(OrganizationId organization)
    {
        var page = await OpenAsync("?step=confirm&plan=standard", organization);
        await PressAsync(page, "Change to Standard and pay $20.00");
        page.WaitForAssertion(() => Words(page, ".note.n-warn").ShouldStartWith("Outcome unknown."));
        return page;
    }
}
