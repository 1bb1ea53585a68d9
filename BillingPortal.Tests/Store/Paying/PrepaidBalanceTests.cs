using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Store.Paying;

/// <summary>A prepaid balance that is added to, used up and reset, on both databases.</summary>
public sealed class PrepaidBalanceTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task Used_up_it_blocks_with_an_event_until_value_comes(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 10));

        Causes(await ledger.DoneAsync(ledger.Charge(acme, 9))).ShouldBeEmpty();
        Causes(await ledger.DoneAsync(ledger.Charge(acme, 1))).ShouldBe([("block", BlockCause.BalanceExhausted)]);
        var refused = await ledger.RefusedAsync(ledger.Charge(acme, 1));
        (refused.Code, refused.Message).ShouldBe((RefusalCode.InsufficientBalance, "The balance is short of $1.00. Nothing was charged."));
        Causes(await ledger.DoneAsync(ledger.Charge(acme, 5, ChargeMode.Fact))).ShouldBe([("block", BlockCause.UnfundedOverdraft)]);
        Causes(await ledger.DoneAsync(ledger.TopUp(acme, 5))).ShouldBe([("unblock", BlockCause.UnfundedOverdraft)]);
        Causes(await ledger.DoneAsync(new GrantCredits(Ledger.Tester, ledger.NextKey(), acme) { Amount = Ledger.Micros(1) })).ShouldBe([("unblock", BlockCause.BalanceExhausted)]);

        // Straight into an overdraft it is blocked for that alone; one that never spent is new, not empty.
        Causes(await ledger.DoneAsync(ledger.Charge(acme, 3, ChargeMode.Fact))).ShouldBe([("block", BlockCause.UnfundedOverdraft)]);
        var newcomer = await ledger.OrganizationAsync(name: "Newcomer");
        await ledger.DoneAsync(ledger.TopUp(newcomer, 5));
        Causes(await ledger.DoneAsync(new ResetBalance(Ledger.Tester, ledger.NextKey(), newcomer))).ShouldBeEmpty();

        await using var store = database.Read();
        (await store.OrganizationEvents.Where(e => e.OrganizationId == acme.Value).OrderBy(e => e.Id).Select(e => e.Text).FirstAsync()).ShouldBe("Blocked: the prepaid balance is used up.");
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task Each_type_adds_against_its_own_contra_a_reset_is_undone_and_the_transactions_are_listed(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        AddToBalance Add(decimal amount, int type) => new(Ledger.Tester, ledger.NextKey(), acme) { Amount = Ledger.Micros(amount), Type = type, Limit = Ledger.Micros(1_000) };
        await ledger.DoneAsync(ledger.Charge(acme, 5, ChargeMode.Fact));

        Lines(await ledger.DoneAsync(Add(12, PrepaidTransactions.TopUp) with { Reference = "p\"1", PaymentOption = 1 })).ShouldBe(["cash 7.00", "overdraft 5.00", "payments_clearing -12.00"]);
        Lines(await ledger.DoneAsync(Add(3, PrepaidTransactions.CreditNote))).ShouldBe(["bonus 3.00", "goodwill -3.00"]);
        Lines(await ledger.DoneAsync(Add(4, PrepaidTransactions.Reset))).ShouldBe(["cash 4.00", "cash_adjustments -4.00"]);
        (await ledger.RunAsync(Add(2_000, PrepaidTransactions.TopUp))).ShouldBeOfType<Outcome<BillingPortal.Store.Receipt>.NeedsApproval>();

        // 12 + 3 + 4 were entered by hand in the last day, payments too: splitting does not help (rules §5).
        (await ledger.RunAsync(Add(981.01m, PrepaidTransactions.TopUp))).ShouldBeOfType<Outcome<BillingPortal.Store.Receipt>.NeedsApproval>().Need.Used.Units.ShouldBe(19);

        var reset = await ledger.DoneAsync(new ResetBalance(Ledger.Tester, "reset", acme) { Limit = Ledger.Micros(1_000) });
        Lines(reset).ShouldBe(["cash -11.00", "bonus -3.00", "write_off 14.00"]);
        (await ledger.DoneAsync(new ResetBalance(Ledger.Tester, "reset", acme) { Limit = Ledger.Micros(1_000) })).Replayed.ShouldBeTrue();
        await ledger.DoneAsync(ledger.Reverse(acme, reset.Entries[0].Seq));
        (await ledger.StateAsync(acme)).Balance.ShouldBe(Ledger.Micros(14));

        await using var store = database.Read();
        var organization = await store.Organizations.SingleAsync();
        (await BalanceTransactions.CountAsync(store, acme, [], CancellationToken.None)).ShouldBe(5);
        var all = await BalanceTransactions.ReadAsync(store, organization, new([], ByAmount: true, Descending: false, Skip: 0, Rows: 10), CancellationToken.None);
        all.Select(row => (row.Type.Id, row.Amount.Units)).ShouldBe([(3, -14), (2, 3), (3, 4), (1, 12), (4, 14)]);
        (all[3].Reference, all[3].PaymentOption!.Name).ShouldBe(("p\"1", "Bank transfer"));
        (await BalanceTransactions.ReadAsync(store, organization, new([1, 2], ByAmount: false, Descending: true, Skip: 1, Rows: 1), CancellationToken.None)).Single().Type.Id.ShouldBe(1);
        await ledger.LawsHoldAsync();
    }

    private static IEnumerable<(string, BlockCause)> Causes(BillingPortal.Store.Receipt receipt) => receipt.Effects.Select(effect => effect switch
    {
        Effect.Block(_, var cause) => ("block", cause),
        Effect.Unblock(_, var cause) => ("unblock", cause),
        _ => ("", BlockCause.None),
    }).Where(pair => pair.Item1.Length > 0);

    private static string[] Lines(BillingPortal.Store.Receipt receipt) => Ledger.Lines(receipt.Entries.Single());
}
