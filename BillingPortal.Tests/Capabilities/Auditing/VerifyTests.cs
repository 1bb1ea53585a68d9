using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Auditing;

/// <summary><c>verify</c> as somebody runs it: what it prints, where, and its exit code.</summary>
public sealed class VerifyTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task Sound_books_are_summed_up_and_exit_0(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await FillAsync(database);
        var run = await VerbRun.OfAsync(database, "", "verify");
        run.Errors.ShouldBeEmpty();
        run.Output.ShouldContain("The books hold.");
        run.Output.ShouldContain("holds: Carries of imports recompute");
        run.Code.ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task One_changed_amount_is_named_with_what_it_should_be_and_exits_1(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var acme = await FillAsync(database);
        await DoAsync(database, $"UPDATE posting SET amount = amount + 1 WHERE organization_id = {acme} AND seq = 2 AND account = {(int)AccountKind.Cash}");
        var run = await VerbRun.OfAsync(database, "", "verify");
        run.Errors.Trim().ShouldBe($"The books are broken: entry {acme}/2, account cash: amount is stored as -49999999, should be -50000000.");
        run.Code.ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Whatever_is_changed_or_taken_away_is_named(DatabaseKind kind)
    {
        foreach (var (change, named) in Changes)
        {
            await using var database = await databases.CreateAsync(kind);
            var acme = await FillAsync(database);
            await DoAsync(database, change.Replace("$o", acme.ToString(), StringComparison.Ordinal));
            await using var ledger = new Ledger(database);
            var found = await new BillingPortal.Store.Auditing.LedgerAudit(ledger.Options)
                .RunAsync(BillingPortal.Domain.Laws.LedgerLaws.ForOnePass(), stopAtFirst: true, progress: null, CancellationToken.None);
            found.ShouldNotBeNull(change).ToString().ShouldStartWith(named.Replace("$o", acme.ToString(), StringComparison.Ordinal), customMessage: change);
        }
    }

    private static readonly (string Change, string Named)[] Changes =
    [
        ("UPDATE posting SET balance_after = balance_after - 10 WHERE organization_id = $o AND seq = 2 AND account = 20", "entry $o/2, account revenue: balance_after is stored as 49999990, should be 50000000"),
        ("UPDATE posting SET amount = 9223372036854775807 WHERE organization_id = $o AND seq = 2 AND account = 3", "entry $o/2, account cash: amount is stored as 9223372036854775807, should be -50000000"),
        ("DELETE FROM posting WHERE organization_id = $o AND seq = 2 AND account = 20", "entry $o/2, account revenue: posting is stored as absent, should be 50000000"),
        ("UPDATE journal_entry SET kind = 6 WHERE organization_id = $o AND seq = 2", "entry $o/2: kind is stored as grant, should be charge"),
        ("UPDATE journal_entry SET comment = 'other' WHERE organization_id = $o AND seq = 3", "entry $o/3: comment is stored as “other”"),
        ("UPDATE account SET balance = balance + 1 WHERE organization_id = $o AND account = 3", "organization $o, account cash: account.balance is stored as"),
        ("DELETE FROM account WHERE organization_id = $o AND account = 3", "organization $o, account cash: account is stored as absent"),
        ("DELETE FROM journal_entry WHERE organization_id = $o AND seq = 3", "entry $o/3: entry is stored as absent, should be present, since the head counts 3 entries"),
        ("DELETE FROM journal_entry WHERE organization_id = $o; DELETE FROM posting WHERE organization_id = $o; DELETE FROM account WHERE organization_id = $o; DELETE FROM ledger_head WHERE organization_id = $o", "organization $o: ledger_head is stored as absent"),
        ("UPDATE ledger_head SET seq = 2 WHERE organization_id = $o", "entry $o/3: entry is stored as present"),
        ("UPDATE journal_entry SET prev_hash = hash WHERE organization_id = $o AND seq = 3", "entry $o/3: prev_hash is stored as"),
    ];

    private static async Task<OrganizationId> FillAsync(TestDatabase database)
    {
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        await ledger.OrganizationAsync(name: "Empty");
        await ledger.DoneAsync(ledger.TopUp(acme, 100, bonusRate: 200_000));
        await ledger.DoneAsync(ledger.Charge(acme, 50));
        await ledger.DoneAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(5))) with { Comment = "a word" });
        return acme;
    }

    private static async Task DoAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.ConnectAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class and a number
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
