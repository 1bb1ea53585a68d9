using BillingPortal.Capabilities.Recharges;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Recharges;

/// <summary>Why was somebody charged twice on Tuesday? The list and the flight record answer it alone.</summary>
public sealed class ReadingRechargesTests(TestDatabases databases)
{
    private static readonly RechargeForm Everything = new(_ => null);

    [Theory]
    [BothDatabases]
    public async Task Two_recharges_of_a_day_stand_side_by_side_each_with_its_own_cause(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var (acme, support) = await TwiceAsync(house);

        var list = await DoneAsync(new ListRecharges(new StoreOf(house.Ledger.Database)).RunAsync(support, acme, Everything, 25, null, null, default));
        list.Lines.Select(line => (line.Number, line.State, line.Cause!.Seq, line.Cause.Kind, line.Cause.Service)).ShouldBe(
            [(2, RechargeState.Settled, 4, EntryKind.Charge, "Storage"), (1, RechargeState.Settled, 2, EntryKind.Charge, "Compute")]);
        list.Lines.Select(line => RechargeWords.CauseOf(line)).ShouldBe(
            ["a charge for Storage of $45.00 left $15.00 available, below $20.00", "a charge for Compute of $90.00 left $10.00 available, below $20.00"]);
        (list.Counted, list.HasNewer, list.HasOlder).ShouldBe((2, false, false));

        var flight = await DoneAsync(new GetRecharge(new StoreOf(house.Ledger.Database)).RunAsync(support, acme, 1, default));
        flight.Steps.Select(step => (step.State, step.Via)).ShouldBe(
            [(RechargeState.Planned, "engine"), (RechargeState.Submitted, "engine"), (RechargeState.Settled, "gateway")]);
        flight.SameDay.Select(other => other.Number).ShouldBe([2]);
        RechargeWords.Sentence(flight.Recharge, "Acme Robotics").ShouldBe(
            "Acme Robotics was charged $50.00 with Visa ·4242 because a charge for Compute of $90.00 left $10.00 available, below $20.00.");
    }

    [Theory]
    [BothDatabases]
    public async Task A_recharge_that_saving_the_rule_caused_names_who_saved_it(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.CustomerAsync();
        var support = await new StoreOf(house.Ledger.Database).PersonAsync("support", "SUPPORT");
        await house.RuleAsync(new RuleWish(acme) { Threshold = Ledger.Micros(200) });

        var flight = await DoneAsync(new GetRecharge(new StoreOf(house.Ledger.Database)).RunAsync(support, acme, 1, default));
        flight.Recharge.Cause.ShouldBeNull();
        flight.SavedBy.ShouldNotBeNull();
        RechargeWords.CauseOf(flight.Recharge).ShouldStartWith("rule version 3 was saved with $100.00 available, below $200.00");
    }

    [Theory]
    [BothDatabases]
    public async Task Pages_go_by_key_both_ways_and_the_filter_lets_through_what_it_says(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var (acme, support) = await TwiceAsync(house);
        var list = new ListRecharges(new StoreOf(house.Ledger.Database));

        var first = await DoneAsync(list.RunAsync(support, acme, Everything, 1, null, null, default));
        (first.Lines.Single().Number, first.HasNewer, first.HasOlder).ShouldBe((2, false, true));
        (first.Settled.Count, first.Settled.Amount.ToDecimalString()).ShouldBe((2, "100.00"));
        var second = await DoneAsync(list.RunAsync(support, acme, Everything, 1, 2, null, default));
        (second.Lines.Single().Number, second.HasNewer, second.HasOlder).ShouldBe((1, true, false));
        var back = await DoneAsync(list.RunAsync(support, acme, Everything, 1, null, 1, default));
        (back.Lines.Single().Number, back.HasNewer, back.HasOlder).ShouldBe((2, false, true));

        (await CountAsync(("state", "settled"))).ShouldBe(2);
        (await CountAsync(("state", "failed"))).ShouldBe(0);
        (await CountAsync(("from", "2026-03-19"))).ShouldBe(0);
        (await CountAsync(("from", "2026-03-18"), ("to", "2026-03-18"))).ShouldBe(2);
        var wrong = await DoneAsync(list.RunAsync(support, acme, new RechargeForm(key => key == "from" ? "Tuesday" : null), 25, null, null, default));
        (wrong.Counted, wrong.Errors.Single().Field).ShouldBe((2, "from"));
        (await list.ExportAsync(support, acme, new RechargeForm(key => key == "from" ? "Tuesday" : null), default))
            .ShouldBeOfType<Outcome<(Organization, IAsyncEnumerable<RechargeLine>)>.Invalid>();

        async Task<int> CountAsync(params (string Key, string Value)[] asked) => (await DoneAsync(list.RunAsync(
            support, acme, new RechargeForm(key => asked.Where(pair => pair.Key == key).Select(pair => pair.Value).FirstOrDefault()), 25, null, null, default))).Counted;
    }

    [Theory]
    [BothDatabases]
    public async Task Strangers_are_not_told_that_there_is_one(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var (acme, _) = await TwiceAsync(house);
        var other = await house.Ledger.OrganizationAsync(name: "Stranger");
        var stranger = await new StoreOf(house.Ledger.Database).PersonAsync("stranger", null, (other.Value, "ADMIN"));
        (await new GetRecharge(new StoreOf(house.Ledger.Database)).RunAsync(stranger, acme, 1, default)).ShouldBeOfType<Outcome<RechargeFlight>.NotFound>();
        (await new ListRecharges(new StoreOf(house.Ledger.Database)).RunAsync(stranger, acme, Everything, 25, null, null, default)).ShouldBeOfType<Outcome<RechargeList>.NotFound>();
    }

    private static async Task<(OrganizationId Acme, Caller Support)> TwiceAsync(RechargedHouse house)
    {
        var acme = await house.ShortCustomerAsync();
        await house.RoundAsync();
        house.Clock.Advance(TimeSpan.FromHours(3));
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 45, service: "Storage"));
        await house.RoundAsync();
        return (acme, await new StoreOf(house.Ledger.Database).PersonAsync("support", "SUPPORT"));
    }

    private static async Task<T> DoneAsync<T>(Task<Outcome<T>> asked) => (await asked).ShouldBeOfType<Outcome<T>.Done>().Value;
}
