using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Store.Paying;

/// <summary>Switching between paying before and paying after, on both databases (rules §8).</summary>
public sealed class ChargingModelTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task A_switch_counts_for_later_charges_and_what_is_unbilled_stays_owed(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.CardAsync(acme);
        await ledger.DoneAsync(ledger.Rule(Engine.Recharge(acme, 20, 50)));
        var change = () => new ConfigureBilling(Ledger.Tester, ledger.NextKey(), acme) { Wish = new() };

        var after = await ledger.DoneAsync(change() with { Wish = new() { ChargingModel = ChargingModel.Postpaid } });
        after.Effects.OfType<Effect.SetRule>().Single().Changed!.Lines.Single().ShouldBe(new SettingChange("recharge_enabled", "on", "off"));
        (await ledger.DoneAsync(change() with { Wish = new() { ChargingModel = ChargingModel.Postpaid } })).Effects.ShouldBeEmpty();
        await ledger.DoneAsync(ledger.Charge(acme, 130));
        (await ledger.HeldAsync(acme, AccountKind.UnbilledReceivable)).ShouldBe(-30);
        (await ledger.RechargesAsync(acme)).ShouldBeEmpty();

        await ledger.DoneAsync(change() with { Wish = new() { ChargingModel = ChargingModel.Prepaid } });
        (await ledger.RefusedAsync(ledger.Charge(acme, 1))).Code.ShouldBe(RefusalCode.InsufficientBalance);
        (await ledger.HeldAsync(acme, AccountKind.UnbilledReceivable)).ShouldBe(-30);
        await using var store = database.Read();
        (await store.Organizations.SingleAsync()).ChargingModel.ShouldBe(ChargingModel.Prepaid);
        (await store.OrganizationEvents.Where(happened => happened.Kind == "prepaid" || happened.Kind == "postpaid").Select(happened => happened.Kind).ToListAsync())
            .ShouldBe(["postpaid", "prepaid"], ignoreOrder: true);
        await ledger.LawsHoldAsync();
    }
}
