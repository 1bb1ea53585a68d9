using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>A sub-organization whose parent pays: who pays is said at every step, and the parent's card is charged by the parent's people only.</summary>
public sealed class PlanOfSubOrganizationTests(SandboxMoneyFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<SandboxMoneyFixture>
{
    private const string Compare = "Choose a plan", Payment = "Payment method", Coupon = "Coupon", Due = "Due today and from the next period", Confirm = "Confirm";

    [Fact]
    public async Task The_parents_card_pays_where_the_parents_people_say_so_and_nobody_else_can()
    {
        var number = await portal.NumberOfAsync("Acme Archive");
        await portal.CardAsync(SandboxMoneyFixture.Reseller, "4242424242424242");
        await ParentPaysAsync(number);

        var below = await AnotherPersonAsync();
        var theirs = new PlanPages(below, new MouseHands(below));
        await new SigningIn(below).AsAsync(await AdminOfAsync(number), $"/organizations/{number}/plan");
        await ToConfirmAsync(theirs);
        await Expect(theirs.Main).ToContainTextAsync("the card of Acme Robotics");
        await Expect(theirs.Main).Not.ToContainTextAsync("·4242");
        await Expect(theirs.Main.Locator(".confirm")).ToContainTextAsync("Needs permission Change billing settings on Acme Robotics");
        await below.ShouldBeAccessibleAsync();
        await theirs.Main.Locator(".confirm").GetByRole(AriaRole.Button, new() { NameRegex = Shape.Begins("Change to Standard") }).FocusAsync();
        await below.Keyboard.PressAsync("Enter");

        var plan = new PlanPages(Page, new MouseHands(Page));
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/plan");
        await ToConfirmAsync(plan);
        await Expect(plan.Main).ToContainTextAsync("Acme Robotics, Visa ·4242");
        (await FeesAsync(number)).ShouldBeEmpty("who may not spend the parent's money has spent none");
        await plan.ConfirmAsync("Change to Standard and pay $20.00");
        await Expect(plan.Receipt).ToContainTextAsync("Charged $20.00 to Visa ·4242");
        (await FeesAsync(number)).ShouldBe([(SandboxMoneyFixture.Reseller, 20 * Money.Unit)]);
    }

    private static async Task ToConfirmAsync(PlanPages plan)
    {
        await Expect(plan.Main).ToContainTextAsync("Who pays Acme Robotics");
        await plan.ActAsync("Change plan", Compare);
        await plan.ChooseAsync("Choose Standard");
        await plan.NextAsync(Payment);
        await Expect(plan.Main).ToContainTextAsync("Acme Robotics pays for Acme Archive");
        await plan.NextAsync(Coupon);
        await plan.NextAsync(Due);
        await plan.NextAsync(Confirm);
    }

    private async Task ParentPaysAsync(long number) => (await portal.Services.GetRequiredService<JournalWriter>().RunAsync(
        new ConfigureOrganization(Actor.System("demo"), "parent-pays", new OrganizationId(number)) { Parent = new OrganizationId(SandboxMoneyFixture.Reseller), UseParentBalance = true },
        Agreement.OfProgram, TestContext.Current.CancellationToken)).ShouldBeOfType<Outcome<Receipt>.Done>();

    private async Task<DemoPerson> AdminOfAsync(long number)
    {
        var person = new DemoPerson("archive@example.test", "Ines Archive", "Administrator", PlatformRole: null);
        (await portal.Services.GetRequiredService<PeopleRegister>().AddAsync(
            new NewPerson(person.Email, DemoPeople.Password, person.Name) { Memberships = [(new OrganizationId(number), Role.Admin)] }, TestContext.Current.CancellationToken)).ShouldBeOfType<Outcome<string>.Done>();
        return person;
    }

    private async Task<List<(long Payer, long Amount)>> FeesAsync(long number)
    {
        await using var store = await portal.StoreAsync();
        return [.. (await store.PlanFees.Where(fee => fee.OrganizationId == number).Select(fee => new { fee.PayerId, fee.Amount }).ToListAsync()).Select(fee => (fee.PayerId, fee.Amount))];
    }
}
