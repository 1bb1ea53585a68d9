using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain.Plans;
using BillingPortal.Tests.Setup;
using Bunit;

namespace BillingPortal.Tests.Capabilities.ChangingPlans;

/// <summary>The plan's page and each step of its wizard, in each of their states.</summary>
public sealed class PlanPageTests(TestDatabases databases) : PlanPageTest(databases)
{
    private const string NoTax = "No VAT is charged: the billing country is not known. 0.00";

    private const string Compare = "Choose a plan", Payment = "Payment method", Coupon = "Coupon", DueStep = "Due today and from the next period", Confirm = "Confirm";

    [Fact]
    public async Task Plans_stand_beside_each_other_and_what_cannot_be_chosen_says_why()
    {
        var page = await OpenAsync("?step=plan");
        page.WaitForElement(".compare");
        page.FindAll(".compare thead .pn").Select(name => name.TextContent).ShouldBe(["Free", "Standard", "Advanced", "Enterprise"]);
        Words(page, ".compare thead .cur").ShouldBe("Free Now $0.00 flat a month");
        page.FindAll(".compare tfoot td").Select(cell => Plain(cell.TextContent)).ShouldBe(
        [
            "Your plan now.", "Choose Standard At once; only the days left are charged.",
            "Choose Advanced At once; only the days left are charged.Try Advanced free for 14 days", "Only finance can agree Enterprise.",
        ]);
        page.FindAll(".compare tbody tr")[0].QuerySelectorAll("b").Select(cell => cell.TextContent).ShouldBe(["$20.00", "$60.00", "$60.00"]);

        await StayAsync(page);
        page.Find("[role=alert]").TextContent.ShouldContain("Choose a plan first.");

        // A step that nothing leads to is left for the first one.
        await GoAsync(page, "due", Compare);
    }

    [Fact]
    public async Task From_plan_to_receipt_what_was_shown_is_charged_and_Back_keeps_everything()
    {
        await House.CardAsync(Acme);
        await House.ChangedAsync(House.Wish(Acme, new SubscriptionWish.Choose("standard")));
        await House.AtAsync(2026, 11, 20);
        var page = await OpenAsync("?step=plan");
        await ChooseAsync(page, "Choose Advanced");
        await NextAsync(page, Payment);
        Words(page, ".kv").ShouldContain("Visa ·4242");
        await NextAsync(page, Coupon);
        await FillAsync(page, "NOPE");
        await StayAsync(page);
        page.WaitForAssertion(() => Words(page, ".err").ShouldBe("Coupon: There is no coupon NOPE."));
        await FillAsync(page, " scale10 ");
        await NextAsync(page, DueStep);
        Due(page).ShouldBe(["Advanced, 11 of 30 days 36.30", "Standard, unused 11 of 30 days −7.33", "Coupon SCALE10 −3.63", NoTax, "Charged to Visa ·4242 $25.34"]);
        Due(page, table: 1).ShouldBe(["Advanced 99.00", "Coupon SCALE10 −9.90", NoTax, "Charged to Visa ·4242 $89.10"]);
        Words(page, ".panel form header").ShouldContain("20 November 2026 to 30 November 2026 is 11 of 30");
        Words(page, ".rule").ShouldBe("Fern moves to Advanced when you confirm, pays $25.34 now and $89.10 on 1 December 2026; monthly credits rise from $20.00 to $60.00 with the next grant.");
        page.FindAll(".steps a").Select(step => step.GetAttribute("aria-label")).ShouldBe(["Back to Plan", "Back to Payment method", "Back to Coupon"]);

        await GoAsync(page, "coupon", Coupon);
        page.Find(".field input").GetAttribute("value").ShouldBe(" scale10 ");
        await GoAsync(page, "plan", Compare);
        Words(page, ".compare label.strong").ShouldBe("Choose Advanced");
        await GoAsync(page, "confirm", Confirm);
        (await ConfirmAsync(page, "Change to Advanced and pay $25.34")).ShouldContain("Changed from Standard to Advanced.");
        Words(page, ".receipt").ShouldContain("Charged $25.34 to Visa ·4242");
        (await House.FeesAsync(Acme)).Select(fee => fee.Amount).ShouldBe([20_000_000, 25_340_000]);
        page.WaitForAssertion(() => Words(page, ".tbl tbody tr").ShouldBe("Changed from Standard to Advanced. INV-2026-0002 $25.34 20 Nov 2026 00:01 Renate"));
        Words(page, ".kv").ShouldContain("SCALE10, 10 % off in 2 more periods");
    }

    [Fact]
    public async Task Without_a_card_the_wizard_stops_at_the_payment_method_and_a_kept_draft_goes_on_once_there_is_one()
    {
        var page = await OpenAsync("?step=payment&plan=advanced");
        page.WaitForAssertion(() => Words(page, ".state h3").ShouldBe("No card on file"));
        page.Find("a.btn--primary").GetAttribute("href").ShouldBe($"/organizations/{Acme.Value}/cards?returnTo=%2Forganizations%2F{Acme.Value}%2Fplan%3Fstep%3Dpayment");
        page.FindAll(".confirm .btn--primary").ShouldBeEmpty();

        // Back from the provider's page, or from a lost connection: another circuit, the same tab.
        await House.CardAsync(Acme);
        JSInterop.Setup<PlanDraft>("portal.findDraft", _ => true).SetResult(new PlanDraft("advanced", Coupon: "SCALE10"));
        page = await OpenAsync("?step=payment");
        page.WaitForAssertion(() => Words(page, ".kv").ShouldContain("Visa ·4242"));
        await NextAsync(page, Coupon);
        page.Find(".field input").GetAttribute("value").ShouldBe("SCALE10");
        Words(await OpenAsync(), ".note").ShouldContain("A change was begun here: Advanced. Nothing of it was charged.");
    }
}
