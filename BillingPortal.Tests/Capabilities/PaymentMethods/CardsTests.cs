using BillingPortal.Capabilities.PaymentMethods;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.PaymentMethods;

public sealed class CardsTests(TestDatabases databases)
{
    private const string Good = "4242424242424242", Declines = "4000000000000341", Master = "5555555555554444";

    [Theory, BothDatabases]
    public async Task The_first_card_is_charged_and_coming_back_twice_adds_it_once(DatabaseKind kind)
    {
        await using var house = await CardsHouse.BuildAsync(databases, kind);
        var setup = await house.TypeAsync(Good);

        for (var time = 0; time < 2; time++)
        {
            (await house.Adding.FinishAsync(house.Admin, house.Acme, setup, choose: false, default))
                .ShouldBe(new Outcome<AddedCard>.Done(new AddedCard("Visa ·4242", IsCharged: true, GoesOn: false)));
        }

        var card = (await house.CardsAsync()).Cards.ShouldHaveSingleItem();
        (card.Name, card.ExpiryMonth, card.ExpiryYear, card.AddedBy, card.IsCharged, card.IsInactive).ShouldBe(("Visa ·4242", 12, 2034, "admin", true, false));
    }

    [Fact]
    public async Task A_second_card_is_charged_only_where_that_is_asked()
    {
        await using var house = await CardsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        await house.AddAsync(Good);
        await house.AddAsync(Master);
        (await house.CardsAsync()).Cards.Single(card => card.IsCharged).Name.ShouldBe("Visa ·4242");

        await house.AddAsync("378282246310005", choose: true);

        (await house.CardsAsync()).Cards.Single(card => card.IsCharged).Name.ShouldBe("American Express ·0005");
    }

    [Fact]
    public async Task Leaving_the_providers_page_adds_nothing()
    {
        await using var house = await CardsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        var page = (await house.Adding.BeginAsync(house.Admin, house.Acme, new Uri("/back", UriKind.Relative), default)).ShouldBeOfType<Outcome<Uri>.Done>().Value;

        foreach (var setup in new[] { null, "", page.ToString().Split('/')[^1] })
        {
            (await house.Adding.FinishAsync(house.Admin, house.Acme, setup, choose: false, default)).ShouldBeOfType<Outcome<AddedCard>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Cancelled);
        }

        (await house.CardsAsync()).Cards.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_setup_of_another_organization_adds_nothing_here(DatabaseKind kind)
    {
        await using var house = await CardsHouse.BuildAsync(databases, kind);
        var other = await house.Ledger.OrganizationAsync(name: "Baltic Maps");
        var stranger = await house.Stores.PersonAsync("stranger", null, (other.Value, "ADMIN"));
        await house.TypeAsync(Good);
        var theirs = await house.TypeAsync(Good, stranger, other);

        (await house.Adding.FinishAsync(house.Admin, house.Acme, theirs, choose: false, default)).ShouldBeOfType<Outcome<AddedCard>.Refused>().Refusal.Code.ShouldBe(RefusalCode.ProviderFailed);
        (await house.CardsAsync()).Cards.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ADMIN", true)]
    [InlineData("MANAGER", true)]
    [InlineData("DEVELOPER", false)]
    [InlineData("STAFF", false)]
    public async Task Only_who_may_change_billing_settings_changes_cards_and_all_of_them_see_them(string role, bool may)
    {
        await using var house = await CardsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        await house.AddAsync(Good);
        var card = (await house.CardsAsync()).Cards.Single().Id;
        var person = await house.Stores.PersonAsync("somebody", null, (house.Acme.Value, role));

        (await house.Listing.RunAsync(person, house.Acme, default)).ShouldBeOfType<Outcome<OrganizationCards>.Done>().Value.MayManage.ShouldBe(may);
        (await house.Adding.BeginAsync(person, house.Acme, new Uri("/", UriKind.Relative), default) is Outcome<Uri>.Done).ShouldBe(may);
        (await house.Adding.FinishAsync(person, house.Acme, "x", choose: false, default)).ShouldBeOfType<Outcome<AddedCard>.Refused>().Refusal.Code
            .ShouldBe(may ? RefusalCode.ProviderFailed : RefusalCode.Forbidden);
        (await house.Changing.PreviewAsync(person, house.Acme, card, CardAct.Remove, "k", default) is Outcome<Preview>.Done).ShouldBe(may);
    }

    [Fact]
    public async Task Strangers_learn_nothing()
    {
        await using var house = await CardsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        await house.AddAsync(Good);
        var other = await house.Ledger.OrganizationAsync(name: "Baltic Maps");
        var stranger = await house.Stores.PersonAsync("stranger", null, (other.Value, "ADMIN"));

        (await house.Listing.RunAsync(stranger, house.Acme, default)).ShouldBeOfType<Outcome<OrganizationCards>.NotFound>();
        (await house.Adding.BeginAsync(stranger, house.Acme, new Uri("/", UriKind.Relative), default)).ShouldBeOfType<Outcome<Uri>.NotFound>();
        (await new FindCards(house.Stores).RunAsync(stranger, "4242", default)).ShouldBeEmpty();
        var card = (await house.CardsAsync()).Cards.Single().Id;
        (await house.Changing.PreviewAsync(stranger, other, card, CardAct.Remove, "k", default)).ShouldBeOfType<Outcome<Preview>.NotFound>();
    }

    [Theory, BothDatabases]
    public async Task A_card_is_chosen_and_removed_as_it_was_shown(DatabaseKind kind)
    {
        await using var house = await CardsHouse.BuildAsync(databases, kind);
        await house.AddAsync(Good);
        await house.AddAsync(Master);
        var master = (await house.CardsAsync()).Cards.Single(card => card.Brand == "mastercard").Id;

        (await house.ActAsync(master, CardAct.Choose)).ShouldBeOfType<Outcome<Receipt>.Done>();
        (await house.CardsAsync()).Cards.Single(card => card.IsCharged).Id.ShouldBe(master);

        (await house.ActAsync(master, CardAct.Remove)).ShouldBeOfType<Outcome<Receipt>.Done>();
        var left = (await house.CardsAsync()).Cards.ShouldHaveSingleItem();
        (left.Name, left.IsCharged).ShouldBe(("Visa ·4242", false));
        await using var store = house.Stores.CreateDbContext();
        var method = await store.PaymentMethods.Where(m => m.Id == master).Select(m => m.Method).SingleAsync();
        (await house.Books.FindAsync<BillingPortal.Payments.Sandbox.SandboxMethod>("method", method, default))!.Value.Value.Removed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_card_that_failed_says_when_and_why_and_a_new_one_resumes_recharging()
    {
        await using var house = await CardsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        var order = await house.RechargeAsync(Declines);
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await house.Ledger.RunAsync(new SubmitRecharge(BillingPortal.Domain.Ledger.Actor.System("engine"), house.Ledger.NextKey(), house.Acme, 1));
            await house.Ledger.DoneAsync(new SettleRecharge(BillingPortal.Domain.Ledger.Actor.System("engine"), house.Acme, 1, attempt,
                new RechargeOutcome.Declined("pi", "generic_decline", "Your card was declined.")));
            house.Clock.Advance(TimeSpan.FromHours(25));
        }

        var before = await house.CardsAsync();
        var failed = before.Cards.ShouldHaveSingleItem();
        (before.ResumesWithACard, failed.IsInactive, failed.Failure!.Why, order.Attempt).ShouldBe((true, true, "Your card was declined.", 1));

        (await house.AddAsync(Good)).ShouldBe(new Outcome<AddedCard>.Done(new AddedCard("Visa ·4242", IsCharged: true, GoesOn: true)));

        var after = await house.CardsAsync();
        (after.Suspended, after.Cards.Single(card => card.IsCharged).Name).ShouldBe((null, "Visa ·4242"));
    }

    [Theory, BothDatabases]
    public async Task A_card_is_found_by_its_last_four_among_what_one_sees(DatabaseKind kind)
    {
        await using var house = await CardsHouse.BuildAsync(databases, kind);
        await house.AddAsync(Good);
        var below = await house.Ledger.OrganizationAsync(name: "Acme Labs", shape: o => o.ParentId = house.Acme.Value);
        (await house.Adding.FinishAsync(house.Admin, below, await house.TypeAsync(Good, at: below), choose: false, default)).ShouldBeOfType<Outcome<AddedCard>.Done>();
        var find = new FindCards(house.Stores);
        var staff = await house.Stores.PersonAsync("labs", null, (below.Value, "STAFF"));

        (await find.RunAsync(house.Admin, "4242", default)).Select(card => card.OrganizationName).ShouldBe(["Acme Robotics", "Acme Labs"], ignoreOrder: true);
        (await find.RunAsync(staff, "4242", default)).ShouldBe([new FoundCard(below.Value, "Acme Labs", "Visa ·4242")]);
        (await find.RunAsync(await house.Stores.PersonAsync("finance", Role.Finance.Code), "4242", default)).Length.ShouldBe(2);
        (await find.RunAsync(house.Admin, "4243", default)).ShouldBeEmpty();
    }
}
