using System.Collections.Immutable;
using BillingPortal.Capabilities.Refunding;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Writing;
using BillingPortal.Tests.Capabilities.Recharges;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.Refunding;

public sealed class RefundTests(TestDatabases databases)
{
    private const string Pays = "4242424242424242", AnswerLost = "4000000000009900", OrderLost = "4000000000009901", Disputed = "4000000000000259";

    [Theory]
    [InlineData(70, 2_000_000, 35, 1_000_000)]
    [InlineData(3, 1_000_000, 1, 333_333)]
    [InlineData(8, 4, 1, 0)]
    [InlineData(8, 12, 1, 2)]
    [InlineData(50, 0, 20, 0)]
    [InlineData(50, -10_000_000, 20, 0)]
    public void The_bonus_is_forfeited_pro_rata_and_half_even(int cash, long bonus, int refund, long forfeited)
    {
        var accounts = new[] { new Account(AccountKey.Of(AccountKind.Cash), Ledger.Micros(cash), null), new Account(AccountKey.Of(AccountKind.Bonus), bonus, null) };
        var state = new LedgerState { Organization = new OrganizationId(10001), Currency = Currency.Usd, Accounts = accounts.ToImmutableSortedDictionary(account => account.Key, account => account) };
        RefundBalance.Forfeited(state, Ledger.Micros(refund)).ShouldBe(forfeited);
    }

    [Theory, BothDatabases]
    public async Task A_refund_goes_back_to_its_payment_once_whatever_is_lost_on_the_way_and_comes_back_where_it_is_refused(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind, withSandbox: true);
        var finance = await house.Stores.PersonAsync("Fiona", "FINANCE");
        var refunding = new RefundingBalance(house.Stores, house.Ledger.Writer);
        var told = new List<(string Card, RefundState State)>();
        foreach (var (card, rounds) in new[] { (Pays, 1), (AnswerLost, 2), (OrderLost, 2), (Disputed, 1) })
        {
            var customer = await house.ShortCustomerAsync(card);
            await house.AfterAsync(TimeSpan.Zero);
            await house.AfterAsync(TimeSpan.FromMinutes(10));
            (await house.StateAsync(customer)).ShouldBe(RechargeState.Settled, card);
            await house.Ledger.DoneAsync(house.Ledger.TopUp(customer, 10, bonusRate: 200_000));

            var form = new RefundForm(1, Ledger.Micros(35), "Moved away");
            var preview = (await refunding.PreviewAsync(finance, customer, form, "refund", default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
            preview.Entries.Single().Postings.Select(posting => (posting.Account.Kind, posting.Amount)).ShouldBe(
                [(AccountKind.Cash, -Ledger.Micros(35)), (AccountKind.Bonus, -Ledger.Micros(1)), (AccountKind.CreditsGranted, Ledger.Micros(1)), (AccountKind.RefundsAndDisputes, Ledger.Micros(35))], ignoreOrder: true);
            (await refunding.CommitAsync(finance, customer, form, Agreement.To(preview), "refund", default)).ShouldBeOfType<Outcome<Receipt>.Done>();
            (await refunding.CommitAsync(finance, customer, form, Agreement.To(preview), "refund", default)).ShouldBeOfType<Outcome<Receipt>.Done>().Value.Replayed.ShouldBeTrue();
            (await refunding.PreviewAsync(finance, customer, form, "more", default)).ShouldBeOfType<Outcome<Preview>.Refused>().Refusal.Code.ShouldBe(RefusalCode.TooLarge);

            (await house.RefundRoundAsync()).ShouldBe(1);
            if (rounds == 2)
            {
                (await IntentAsync(house, customer)).State.ShouldBe(RefundState.Unknown, card);
                (await house.RefundRoundAsync()).ShouldBe(0);
                house.Clock.Advance(TimeSpan.FromHours(1));
                (await house.RefundRoundAsync()).ShouldBe(1);
            }

            house.Clock.Advance(TimeSpan.FromHours(2));
            (await house.RefundRoundAsync()).ShouldBe(0);
            var intent = await IntentAsync(house, customer);
            told.Add((card, intent.State));
            var back = intent.State == RefundState.Settled;
            (await BalancesAsync(house, customer)).ShouldBe(back ? (35, 1, 0) : (70, 2, 0), card);
            (await RefundedAtProviderAsync(house)).ShouldBe(told.Count(line => line.State == RefundState.Settled));

            // News that come again change nothing.
            await house.Ledger.RunAsync(new SettleRefund(Actor.System("gateway"), customer, 1, back ? new RefundOutcome.Paid(intent.RefundId!) : new RefundOutcome.Refused(null, "no", "No.")));
            (await BalancesAsync(house, customer)).ShouldBe(back ? (35, 1, 0) : (70, 2, 0), card);
        }

        told.ShouldBe([(Pays, RefundState.Settled), (AnswerLost, RefundState.Settled), (OrderLost, RefundState.Settled), (Disputed, RefundState.Released)]);
    }

    [Fact]
    public async Task No_more_than_is_refundable_and_only_by_finance()
    {
        await using var house = await RechargedHouse.OpenAsync(databases, DatabaseKind.Sqlite, withSandbox: true);
        var customer = await house.ShortCustomerAsync();
        await house.AfterAsync(TimeSpan.Zero);
        await house.Ledger.DoneAsync(house.Ledger.Charge(customer, 30));
        var refunding = new RefundingBalance(house.Stores, house.Ledger.Writer);
        var finance = await house.Stores.PersonAsync("Fiona", "FINANCE");
        var admin = await house.Stores.PersonAsync("Renate", memberships: (customer.Value, "ADMIN"));
        (await AskAsync(finance, 1, 31)).ShouldBe("InsufficientBalance");
        (await AskAsync(finance, 1, 51)).ShouldBe("TooLarge");
        (await AskAsync(finance, 2, 10)).ShouldBe("NotFound");
        (await AskAsync(finance, 1, 0.001m)).ShouldBe("Invalid");
        (await AskAsync(admin, 1, 10)).ShouldBe("Forbidden");
        (await AskAsync(finance, 1, 30)).ShouldBe("Done");

        async Task<string> AskAsync(Caller caller, long recharge, decimal amount) => await refunding.PreviewAsync(caller, customer, new RefundForm(recharge, Ledger.Micros(amount), ""), "k", default) switch
        {
            Outcome<Preview>.Refused refused => refused.Refusal.Code.ToString(),
            var other => other.GetType().Name,
        };
    }

    [Theory, BothDatabases]
    public async Task Money_handed_back_is_not_charged_again_until_something_is_used(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind, withSandbox: true);
        var customer = await house.ShortCustomerAsync();
        await house.AfterAsync(TimeSpan.Zero);
        (await house.StateAsync(customer)).ShouldBe(RechargeState.Settled);
        house.Clock.Advance(TimeSpan.FromHours(25));
        var refunding = new RefundingBalance(house.Stores, house.Ledger.Writer);
        var finance = await house.Stores.PersonAsync("Fiona", "FINANCE");
        var held = await house.Ledger.HeldAsync(customer);

        var form = new RefundForm(1, Ledger.Micros(50), "Moved away");
        var preview = (await refunding.PreviewAsync(finance, customer, form, "refund", default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        preview.Effects.OfType<Effect.Recharge>().ShouldBeEmpty();
        preview.Effects.OfType<Effect.Notify>().Select(effect => effect.Notice.Kind).ShouldBe([NoticeKind.LowBalance]);
        (await refunding.CommitAsync(finance, customer, form, Agreement.To(preview), "refund", default)).ShouldBeOfType<Outcome<Receipt>.Done>();
        (await house.RefundRoundAsync()).ShouldBe(1);
        (await house.Ledger.HeldAsync(customer)).ShouldBe(held - 50);
        (await house.Ledger.RechargesAsync(customer)).Count.ShouldBe(1);

        await house.Ledger.DoneAsync(house.Ledger.Charge(customer, 1, ChargeMode.Fact));
        (await house.Ledger.RechargesAsync(customer)).Count.ShouldBe(2, "usage recharges");
    }

    private static async Task<RefundIntent> IntentAsync(RechargedHouse house, OrganizationId customer)
    {
        await using var store = house.Stores.CreateDbContext();
        return RefundJson.Read((await store.RefundIntents.SingleAsync(row => row.OrganizationId == customer.Value)).Body);
    }

    private static async Task<(decimal Cash, decimal Bonus, decimal OnItsWay)> BalancesAsync(RechargedHouse house, OrganizationId customer)
    {
        await using var store = house.Stores.CreateDbContext();
        var accounts = await store.Accounts.Where(account => account.OrganizationId == customer.Value).ToListAsync();
        decimal Of(AccountKind kind) => accounts.Where(account => account.Kind == (int)kind).Sum(account => account.Balance) / (decimal)Money.Unit;
        return (Of(AccountKind.Cash), Of(AccountKind.Bonus), Of(AccountKind.RefundsAndDisputes));
    }

    private static async Task<long> RefundedAtProviderAsync(RechargedHouse house)
    {
        await using var store = house.Stores.CreateDbContext();
        return (await store.Database.SqlQueryRaw<long>("""SELECT COUNT(*) AS "Value" FROM sandbox_object WHERE kind = 'refund'""").ToListAsync())[0];
    }
}
