using BillingPortal.Capabilities.EditingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.EditingPlans;

public sealed class EditingPlanTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task A_plan_is_drafted_and_published_on_a_date_and_who_has_the_old_version_keeps_it(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        await using var ledger = new Ledger(database, clock);
        var (stores, acme) = (new StoreOf(database), await ledger.OrganizationAsync());
        await ledger.CardAsync(acme);
        await ledger.DoneAsync(new ChangeSubscription(Ledger.Tester, "on", acme) { Wish = new SubscriptionWish.StartTrial("advanced") });
        var (finance, support) = (await stores.PersonAsync("fin", "FINANCE"), await stores.PersonAsync("sup", "SUPPORT"));
        var (editing, reading) = (new EditingPlan(stores, clock), new GetCatalogue(stores, clock));

        var form = PlanForm.Of(SeededPlans.Catalogue.Of("advanced", 1).Terms) with { Amounts = "USD 120.00, EUR 110" };
        (await editing.SaveAsync(support, "advanced", form, 0, default)).ShouldBeOfType<Outcome<CatalogueDraft>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Forbidden);
        foreach (var wrong in new[] { form with { Amounts = "" }, form with { Amounts = "USD 1.001" }, form with { Amounts = "XXX 1" }, form with { Amounts = "USD 1, USD 2" }, form with { Scopes = "fly" }, form with { TrialDays = "-1" }, form with { Name = "" }, form with { ForOrganizations = false } })
        {
            (await editing.SaveAsync(finance, "advanced", wrong, 0, default)).ShouldBeOfType<Outcome<CatalogueDraft>.Invalid>(wrong.ToString());
        }

        (await editing.SaveAsync(finance, "advanced", form, 0, default)).ShouldBeOfType<Outcome<CatalogueDraft>.Done>();
        (await editing.SaveAsync(finance, "advanced", form, 0, default)).ShouldBeOfType<Outcome<CatalogueDraft>.Stale>();
        (await editing.PublishAsync(finance, "advanced", 1, new DateOnly(2026, 11, 19), default)).ShouldBeOfType<Outcome<PlanVersion>.Invalid>();
        var published = (await editing.PublishAsync(finance, "advanced", 1, new DateOnly(2026, 12, 1), default)).ShouldBeOfType<Outcome<PlanVersion>.Done>().Value;
        published.Id.ShouldBe("advanced-2");
        (await editing.PublishAsync(finance, "advanced", 1, new DateOnly(2026, 12, 1), default)).ShouldBeOfType<Outcome<PlanVersion>.Stale>();

        clock.MoveTo(new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero));
        var sheet = (await reading.RunAsync(finance, default)).ShouldBeOfType<Outcome<CatalogueSheet>.Done>().Value;
        (sheet.InForce("advanced")!.Number, sheet.InForce("advanced")!.Terms.Price.For(Currency.Usd, 1)).ShouldBe((2, 120_000_000));
        PlanDifference.Between(sheet.Catalogue.Of("advanced", 1).Terms, sheet.InForce("advanced")!.Terms).Where(line => line.Changes).Select(line => line.Name).ShouldBe(["Price"]);
        var trial = (await ledger.Writer.PreviewAsync(new ChangeSubscription(Ledger.Tester, "end", acme) { Wish = new SubscriptionWish.EndTrial() }, default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        trial.Effects.OfType<Effect.Fee>().Single().Item.Charge.Net.ShouldBe(99_000_000, "the version that is tried is kept");
    }

    [Theory, BothDatabases]
    public async Task A_coupon_is_made_once_and_its_fields_are_read_or_named(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        var stores = new StoreOf(database);
        var (finance, making) = (await stores.PersonAsync("fin", "FINANCE"), new MakingCoupon(stores, clock));
        var form = new CouponForm { Code = "scale10", Off = "12.5 %", Duration = CouponDuration.Repeating, Periods = "4", Until = "2026-12-31", Limit = "100", Plans = "standard, advanced" };
        var made = (await making.RunAsync(finance, form, default)).ShouldBeOfType<Outcome<Coupon>.Done>().Value;
        (made.Code, made.Terms.BasisPoints, made.Terms.Lasts, made.Limit, made.Terms.AppliesTo("free")).ShouldBe(("SCALE10", 1_250, 4, 100, false));
        made.ExpiresAt!.Value.ToString().ShouldStartWith("2027-01-01T00:00:00");
        (await making.RunAsync(finance, form with { Off = "USD 5" }, default)).ShouldBeOfType<Outcome<Coupon>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Taken);
        foreach (var wrong in new[] { form with { Code = "" }, form with { Code = "a b" }, form with { Off = "" }, form with { Off = "101 %" }, form with { Off = "0 %" }, form with { Off = "5" }, form with { Periods = "" }, form with { Until = "soon" }, form with { Until = "2026-11-01" }, form with { Limit = "0" }, form with { Plans = "gold" } })
        {
            (await making.RunAsync(finance, wrong, default)).ShouldBeOfType<Outcome<Coupon>.Invalid>(wrong.ToString());
        }
    }
}
