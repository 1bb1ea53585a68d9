using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Laws;

public sealed class MoneyLaws(TestDatabases databases) : LawTest(databases)
{
    [Theory, BothDatabases]
    public Task Money_is_neither_made_nor_lost(DatabaseKind kind) => HoldsAsync(kind, Wishes.Any, async (ledger, clock, wishes) =>
    {
        foreach (var model in Enum.GetValues<ChargingModel>())
        {
            var history = await History.BeginAsync(ledger, clock, model);
            await history.LiveAsync(wishes);

            var lines = await history.LinesAsync();
            lines.GroupBy(line => line.Seq).ShouldAllBe(entry => entry.Sum(line => line.Amount) == 0);
            (await history.BalancesAsync()).Values.Sum().ShouldBe(0);
        }
    });

    [Theory, BothDatabases]
    public Task A_balance_is_the_sum_of_its_postings(DatabaseKind kind) => HoldsAsync(kind, Wishes.Any, async (ledger, clock, wishes) =>
    {
        var history = await History.BeginAsync(ledger, clock, ChargingModel.Prepaid);
        await history.LiveAsync(wishes);

        var running = new Dictionary<AccountKey, long>();
        foreach (var line in await history.LinesAsync())
        {
            running[line.Account] = running.GetValueOrDefault(line.Account) + line.Amount;
            line.BalanceAfter.ShouldBe(running[line.Account], $"{line}");
        }

        (await history.BalancesAsync()).ShouldBe(running, ignoreOrder: true);
    });

    [Theory, BothDatabases]
    public Task Requests_never_overdraw(DatabaseKind kind) => HoldsAsync(kind, Wishes.AskedFirst, async (ledger, clock, wishes) =>
    {
        var history = await History.BeginAsync(ledger, clock, ChargingModel.Prepaid);
        await history.LiveAsync(wishes);

        var lines = await history.LinesAsync();
        lines.ShouldAllBe(line => line.Account.Kind != AccountKind.Overdraft);
        var balances = await history.BalancesAsync();
        (balances.GetValueOrDefault(AccountKey.Of(AccountKind.Cash)) + balances.GetValueOrDefault(AccountKey.Of(AccountKind.Bonus))).ShouldBeGreaterThanOrEqualTo(0);
        balances.ShouldAllBe(account => account.Key.Kind == AccountKind.Bonus || account.Value >= 0 || !ChartOfAccounts.IsCustomers(account.Key.Kind));
    });

    [Theory, BothDatabases]
    public Task An_overdraft_is_exactly_what_facts_took_beyond_what_was_held(DatabaseKind kind) => HoldsAsync(kind, Wishes.Any, async (ledger, clock, wishes) =>
    {
        var history = await History.BeginAsync(ledger, clock, ChargingModel.Prepaid);
        var outcomes = await history.LiveAsync(wishes);

        var reported = wishes.Zip(outcomes).Where(pair => pair.First is Wish.Charge { Mode: ChargeMode.Fact });
        reported.ShouldAllBe(pair => pair.Second is Outcome<Receipt>.Done, "a fact is never refused");
        var overdrawing = (await history.LinesAsync()).Where(line => line.Account.Kind == AccountKind.Overdraft && line.Amount < 0).Select(line => line.Seq);
        var facts = reported.SelectMany(pair => ((Outcome<Receipt>.Done)pair.Second).Value.Entries).Select(entry => entry.Seq);
        overdrawing.ShouldBeSubsetOf(facts);
    });

    [Theory, BothDatabases]
    public Task Reversing_everything_newest_first_returns_every_balance_to_zero(DatabaseKind kind) =>
        HoldsAsync(kind, Wishes.Undoable, async (ledger, clock, wishes) =>
        {
            foreach (var model in Enum.GetValues<ChargingModel>())
            {
                var history = await History.BeginAsync(ledger, clock, model);
                await history.LiveAsync(wishes);
                var written = (await history.LinesAsync()).Select(line => line.Seq).Distinct().OrderDescending().ToList();

                foreach (var seq in written)
                {
                    clock.Advance(TimeSpan.FromMinutes(1));
                    var undo = new ReverseEntry(Actor.System("laws"), $"undo-{seq}", history.Organization, seq) { Limit = long.MaxValue, MayRaiseCash = true };
                    (await ledger.RunAsync(undo)).ShouldBeOfType<Outcome<Receipt>.Done>();
                }

                (await history.BalancesAsync()).Values.ShouldAllBe(balance => balance == 0);
            }
        });

    [Theory, BothDatabases]
    public async Task A_bonus_that_contract_2_left_below_zero_can_be_raised_by_hand_but_not_lowered(DatabaseKind kind)
    {
        await using var database = await Databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.Adjust(acme, new Adjustment.SetRemaining(null, Ledger.Micros(20), Ledger.Micros(8))));

        await ledger.DoneAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(5))));
        (await ledger.RunAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, -1))))
            .ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.BelowFloor);
    }

    [Theory, BothDatabases]
    public Task The_trial_balance_sums_to_zero(DatabaseKind kind) => HoldsAsync(kind, Wishes.Any, async (ledger, clock, wishes) =>
    {
        var history = await History.BeginAsync(ledger, clock, ChargingModel.Postpaid);
        await history.LiveAsync(wishes);

        await using var read = ledger.Database.Read();
        var totals = await read.Accounts.GroupBy(account => account.Currency).Select(group => group.Sum(account => account.Balance)).ToListAsync();
        totals.ShouldAllBe(total => total == 0);
    });
}
