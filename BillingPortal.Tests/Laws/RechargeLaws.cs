using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Laws;

public sealed class RechargeLaws(TestDatabases databases)
{
    private const int Cases = 50;
    private const decimal Limit = 30;

    [Theory, BothDatabases]
    public async Task A_recharge_happens_once_for_a_cause_one_at_a_time_and_within_the_months_limit(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var ledger = new Ledger(database, clock);
        await Task.Run(() => Prop.ForAll(Lives, acts => Task.Run(() => LiveAsync(ledger, clock, acts)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases)));
    }

    /// <summary>What may happen next: usage, the provider's word on what is due, time, another card, a correction by hand.</summary>
    private enum Act
    {
        Charge,
        Fact,
        Pay,
        PayTwice,
        Decline,
        LoseAnswer,
        WaitHour,
        WaitDay,
        NewCard,
        SaveRule,
        TakeCash,
    }

    private static Arbitrary<(Act Act, int Size)[]> Lives { get; } =
        (from act in Gen.Elements(Enum.GetValues<Act>()) from size in Gen.Choose(1, 12) select (act, size)).ArrayOf().Resize(40).ToArbitrary();

    private static async Task LiveAsync(Ledger ledger, FakeClock clock, (Act Act, int Size)[] acts)
    {
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 30));
        await ledger.CardAsync(acme);
        await ledger.DoneAsync(ledger.Rule(Engine.Recharge(acme, 10, 20, Limit)));
        foreach (var (act, size) in acts)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await StepAsync(ledger, clock, acme, act, size);
        }

        await ShouldHoldAsync(ledger, acme);
    }

    private static async Task StepAsync(Ledger ledger, FakeClock clock, OrganizationId acme, Act act, int size)
    {
        switch (act)
        {
            case Act.Charge or Act.Fact:
                await ledger.RunAsync(ledger.Charge(acme, size, act == Act.Charge ? ChargeMode.Request : ChargeMode.Fact));
                break;
            case Act.Pay:
                await ledger.FlyAsync(acme, Engine.Paid);
                break;
            case Act.PayTwice when await ledger.FlyAsync(acme, Engine.Paid) is { InFlight: true } paid:
                await ledger.RunAsync(new SettleRecharge(Actor.System("webhook"), acme, paid.Number, paid.Attempt, Engine.Paid(paid)));
                await ledger.RunAsync(new SettleRecharge(Actor.System("webhook"), acme, paid.Number, paid.Attempt, Engine.Declined(paid)));
                break;
            case Act.Decline:
                await ledger.FlyAsync(acme, Engine.Declined);
                break;
            case Act.LoseAnswer:
                await ledger.FlyAsync(acme, _ => new RechargeOutcome.Unknown(null, "No answer."));
                break;
            case Act.WaitHour:
                clock.Advance(TimeSpan.FromHours(size));
                break;
            case Act.WaitDay:
                clock.Advance(TimeSpan.FromDays(size));
                break;
            case Act.NewCard:
                await ledger.CardAsync(acme);
                break;
            case Act.SaveRule:
                await ledger.RunAsync(ledger.Rule(Engine.Recharge(acme, 5 + size, 20, Limit)));
                break;
            case Act.TakeCash:
                await ledger.RunAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Cash, -Ledger.Micros(size))));
                break;
        }

        await using var store = ledger.Database.Read();
        (await store.RechargeIntents.CountAsync(intent => intent.OrganizationId == acme.Value && intent.State < 10)).ShouldBeLessThanOrEqualTo(1, "one in flight");
    }

    private static async Task ShouldHoldAsync(Ledger ledger, OrganizationId acme)
    {
        var recharges = await ledger.RechargesAsync(acme);
        recharges.Where(r => r.CauseSeq is not null).Select(r => r.CauseSeq).ShouldBeUnique();
        recharges.Where(r => r.State is < 10 or (int)RechargeState.Settled)
            .GroupBy(r => BillingPeriod.Of(new Instant(r.CreatedAt), "UTC")).ShouldAllBe(month => month.Sum(r => r.Amount) <= Ledger.Micros(Limit));
        recharges.ShouldAllBe(r => r.Available < r.Threshold, "strictly below");

        await using var store = ledger.Database.Read();
        var booked = await store.Entries.Where(e => e.OrganizationId == acme.Value && e.Reason == ReasonCode.AutoRecharged.Code).Select(e => e.Seq).ToListAsync();
        booked.ShouldBe(recharges.Where(r => r.State == (int)RechargeState.Settled).Select(r => r.SettledSeq!.Value), ignoreOrder: true);
        (await store.Postings.Where(p => p.OrganizationId == acme.Value && p.Account == (int)AccountKind.PaymentsClearing).SumAsync(p => p.Amount))
            .ShouldBe(-Ledger.Micros(30) - recharges.Where(r => r.State == (int)RechargeState.Settled).Sum(r => r.Amount));
        foreach (var recharge in recharges)
        {
            (await store.RechargeAttempts.Where(step => step.OrganizationId == acme.Value && step.Number == recharge.Number).CountAsync()).ShouldBe(recharge.Steps);
        }
    }
}
