using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Store;

/// <summary>The worked examples of rules §1 and §2 through the writer, on both databases.</summary>
public sealed class JournalWriterTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task The_worked_examples_give_the_balances_of_the_rules(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();

        var paid = await ledger.DoneAsync(ledger.TopUp(acme, 100, bonusRate: 200_000));
        After(paid).ShouldBe((100, 120));
        await ledger.DoneAsync(new GrantCredits(Ledger.Tester, ledger.NextKey(), acme) { Amount = Ledger.Micros(10) });
        var fifty = await ledger.DoneAsync(ledger.Charge(acme, 50));
        Lines(fifty).ShouldBe(["monthly -10.00", "cash -40.00", "revenue 50.00"]);
        var seventy = await ledger.DoneAsync(ledger.Charge(acme, 70));
        Lines(seventy).ShouldBe(["cash -60.00", "bonus -10.00", "revenue 70.00"]);

        var refused = (await ledger.RunAsync(ledger.Charge(acme, 25))).ShouldBeOfType<Outcome<Receipt>.Refused>();
        refused.Refusal.Code.ShouldBe(RefusalCode.InsufficientBalance);
        refused.Refusal.Message.ShouldContain("short of $15.00");
        var fact = await ledger.DoneAsync(ledger.Charge(acme, 25, ChargeMode.Fact));
        Lines(fact).ShouldBe(["bonus -10.00", "overdraft -15.00", "revenue 25.00"]);
        fact.Effects.ShouldContain(effect => effect is Effect.Block);
        (await ledger.RunAsync(ledger.Charge(acme, 1))).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Blocked);

        var repaid = await ledger.DoneAsync(ledger.TopUp(acme, 100, bonusRate: 200_000));
        Lines(repaid).ShouldBe(["cash 85.00", "bonus 20.00", "overdraft 15.00", "payments_clearing -100.00", "credits_granted -20.00"]);
        repaid.Effects.ShouldContain(effect => effect is Effect.Unblock);
    }

    [Theory]
    [BothDatabases]
    public async Task A_postpaid_shortfall_becomes_a_receivable(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        await ledger.DoneAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(10))));
        Lines(await ledger.DoneAsync(ledger.Charge(acme, 25))).ShouldBe(["bonus -10.00", "unbilled_receivable -15.00", "revenue 25.00"]);
    }

    [Theory]
    [BothDatabases]
    public async Task The_same_key_and_wish_is_answered_as_it_was_and_another_wish_is_refused(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        var command = ledger.TopUp(acme, 100);
        var first = await ledger.DoneAsync(command);
        var again = await ledger.DoneAsync(command);
        again.Replayed.ShouldBeTrue();
        again.Entries.Single().Hash.ShouldBe(first.Entries.Single().Hash);
        (await ledger.RunAsync(command with { Amount = 1 })).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.KeyReused);
    }

    [Theory]
    [BothDatabases]
    public async Task A_commit_is_bound_to_the_preview_that_was_shown(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        var set = ledger.Adjust(acme, new Adjustment.Set(AccountKind.Bonus, Ledger.Micros(30)));
        var shown = (await ledger.Writer.PreviewAsync(set, default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        var add = ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(5)));
        var added = (await ledger.Writer.PreviewAsync(add, default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;

        await ledger.DoneAsync(ledger.TopUp(acme, 100, bonusRate: 200_000));

        (await ledger.Writer.RunAsync(set, Agreement.To(shown), default)).ShouldBeOfType<Outcome<Receipt>.Stale>();
        (await ledger.Writer.RunAsync(add, Agreement.To(added), default)).ShouldBeOfType<Outcome<Receipt>.Done>();
    }

    [Theory]
    [BothDatabases]
    public async Task Splitting_an_amount_does_not_pass_the_limit(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        var limited = (decimal amount) => ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(amount))) with { Limit = Ledger.Micros(100) };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ledger.RunAsync(limited(30))));
        answers.Count(answer => answer is Outcome<Receipt>.Done).ShouldBe(3);
        var need = answers.OfType<Outcome<Receipt>.NeedsApproval>().Single().Need;
        (need.Limit.Units, need.Used.Units, need.Asked.Units).ShouldBe((100m, 90m, 30m));
    }

    private static (decimal Cash, decimal Credits) After(Receipt receipt)
    {
        var after = receipt.Entries[^1].Postings.ToDictionary(posting => posting.Account.Kind, posting => posting.BalanceAfter);
        var cash = after.GetValueOrDefault(AccountKind.Cash) / 1_000_000m;
        return (cash, cash + (after.GetValueOrDefault(AccountKind.Bonus) / 1_000_000m));
    }

    private static string[] Lines(Receipt receipt) => [.. receipt.Entries.Single().Postings.Select(posting =>
        $"{posting.Account} {new Money(posting.Amount, Currency.Usd).ToDecimalString()}")];
}
