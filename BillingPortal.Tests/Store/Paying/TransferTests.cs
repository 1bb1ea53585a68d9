using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Store.Paying;

/// <summary>Value that moves between a reseller and a sub-organization, and back, on both databases.</summary>
public sealed class TransferTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task Both_ledgers_have_an_entry_of_one_transfer_and_nothing_stays_in_transit(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));

        var moved = await ledger.DoneAsync(ledger.Transfer(acme, west, 30) with { Comment = "for May" });

        moved.Entries.Select(entry => (entry.Organization, entry.Kind, entry.Reason, entry.Comment)).ShouldBe(
            [(acme, EntryKind.Transfer, "transfer", "for May"), (west, EntryKind.Transfer, "transfer", "for May")]);
        moved.Entries.Select(Ledger.Lines).ShouldBe([["cash -30.00", "transfers_in_transit 30.00"], ["cash 30.00", "transfers_in_transit -30.00"]]);
        moved.Entries[0].TransferId.ShouldNotBeNull().ShouldBe(moved.Entries[1].TransferId!.Value);
        (await ledger.DoneAsync(ledger.Transfer(west, acme, 10))).Entries[0].Organization.ShouldBe(west);
        (await ledger.HeldAsync(acme), await ledger.HeldAsync(west)).ShouldBe((80, 20));
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task The_same_key_moves_once_and_is_answered_with_both_entries(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        var command = ledger.Transfer(acme, west, 30);
        var first = await ledger.DoneAsync(command);

        var again = await ledger.DoneAsync(command);

        again.Replayed.ShouldBeTrue();
        again.Entries.Select(entry => entry.Hash).ShouldBe(first.Entries.Select(entry => entry.Hash));
        var undo = ledger.Undo(first);
        var undone = await ledger.DoneAsync(undo);
        (await ledger.DoneAsync(undo)).Entries.Select(entry => entry.Hash).ShouldBe(undone.Entries.Select(entry => entry.Hash));
        (await ledger.HeldAsync(acme)).ShouldBe(100);
    }

    [Theory, BothDatabases]
    public async Task Two_sub_organizations_may_give_under_the_same_key(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        var east = await ledger.OrganizationAsync(name: "Acme East", shape: o => o.ParentId = acme.Value);
        await ledger.DoneAsync(ledger.TopUp(west, 10));
        await ledger.DoneAsync(ledger.TopUp(east, 10));

        await Task.WhenAll(new[] { west, east }.Select(sub => ledger.DoneAsync(ledger.Transfer(sub, acme, 10) with { Key = "monthly" })));

        (await ledger.HeldAsync(acme)).ShouldBe(20);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task More_than_can_be_moved_is_refused_with_how_much_can(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100, bonusRate: 200_000));

        (await ledger.RefusedAsync(ledger.Transfer(acme, west, 100.000001m))).Message.ShouldBe("Acme can move $100.00 of cash. Nothing was moved.");
        (await ledger.RefusedAsync(ledger.Transfer(acme, west, 21, AccountKind.Bonus))).Message.ShouldBe("Acme can move $20.00 of bonus. Nothing was moved.");
        (await ledger.RunAsync(ledger.Transfer(acme, west, 0))).ShouldBeOfType<Outcome<Receipt>.Invalid>().Errors.Single().Field.ShouldBe("Amount");
        (await ledger.RunAsync(ledger.Transfer(acme, west, 1, AccountKind.Monthly))).ShouldBeOfType<Outcome<Receipt>.Invalid>().Errors.Single().Field.ShouldBe("Bucket");
        (await ledger.StateAsync(west)).Seq.ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Only_an_organization_and_its_own_parent_move_value_and_only_in_one_currency(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        var below = await ledger.OrganizationAsync(name: "Below", shape: o => o.ParentId = west.Value);
        var euro = await ledger.OrganizationAsync(name: "Euro", shape: o => (o.ParentId, o.Currency) = (acme.Value, "EUR"));
        await ledger.DoneAsync(ledger.TopUp(acme, 100));

        (await ledger.RefusedAsync(ledger.Transfer(acme, below, 1))).Code.ShouldBe(RefusalCode.NotRelated);
        (await ledger.RefusedAsync(ledger.Transfer(acme, euro, 1))).Code.ShouldBe(RefusalCode.CurrencyNotSupported);
    }

    [Theory, BothDatabases]
    public async Task Cash_that_arrives_repays_an_overdraft_first_and_ends_the_block_and_its_undo_brings_both_back(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.DoneAsync(ledger.Charge(west, 12, ChargeMode.Fact));

        var moved = await ledger.DoneAsync(ledger.Transfer(acme, west, 30));

        Ledger.Lines(moved.Entries[1]).ShouldBe(["cash 18.00", "overdraft 12.00", "transfers_in_transit -30.00"]);
        moved.Effects.ShouldContain(effect => effect is Effect.Unblock);
        (await ledger.DoneAsync(ledger.Undo(moved))).Effects.ShouldContain(effect => effect is Effect.Block);
        (await ledger.HeldAsync(west, AccountKind.Overdraft), await ledger.HeldAsync(acme)).ShouldBe((-12, 100));
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task Credits_that_lapse_keep_their_day_on_the_other_side(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Promotional, Ledger.Micros(10))));
        var soon = ledger.Now.Plus(TimeSpan.FromDays(9));
        await using (var store = new StoreOf(database).CreateDbContext())
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(store.Database,
                $"UPDATE account SET expires_at = {soon.Micros} WHERE organization_id = {acme.Value} AND account = {(int)AccountKind.Promotional}");
        }

        await ledger.DoneAsync(ledger.Transfer(acme, west, 4, AccountKind.Promotional));
        await ledger.DoneAsync(ledger.Transfer(acme, west, 3, AccountKind.Promotional));

        (await ledger.StateAsync(west)).Accounts.Values.Where(account => account.Key.Kind == AccountKind.Promotional)
            .Select(account => (account.Balance, account.ExpiresAt)).ShouldBe([(Ledger.Micros(4), soon), (Ledger.Micros(3), soon)]);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task An_undo_reverses_both_sides_once(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        var moved = await ledger.DoneAsync(ledger.Transfer(acme, west, 30));

        (await ledger.RefusedAsync(ledger.Reverse(west, moved.Entries[1].Seq))).Code.ShouldBe(RefusalCode.NotReversible);

        var undone = await ledger.DoneAsync(ledger.Undo(moved) with { Comment = "wrong one" });

        undone.Entries.Select(entry => (entry.Organization, entry.Kind, entry.ReversesSeq)).ShouldBe(
            [(west, EntryKind.Reversal, moved.Entries[1].Seq), (acme, EntryKind.Reversal, moved.Entries[0].Seq)]);
        (await ledger.HeldAsync(acme), await ledger.HeldAsync(west)).ShouldBe((100, 0));
        (await ledger.RefusedAsync(ledger.Undo(moved))).Code.ShouldBe(RefusalCode.AlreadyReversed);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task What_was_spent_since_cannot_be_taken_back(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        var moved = await ledger.DoneAsync(ledger.Transfer(acme, west, 30));
        await ledger.DoneAsync(ledger.Charge(west, 5));

        var refusal = await ledger.RefusedAsync(ledger.Undo(moved));

        (refusal.Code, refusal.Message).ShouldBe((RefusalCode.BelowFloor, "Acme West has $25.00 of the $30.00 that it received. Transfer that back instead."));
        (await ledger.HeldAsync(acme)).ShouldBe(70);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task Two_entries_that_are_no_pair_are_not_a_transfer(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        var (one, two) = (await ledger.DoneAsync(ledger.Transfer(acme, west, 30)), await ledger.DoneAsync(ledger.Transfer(acme, west, 30)));

        var mixed = ledger.Undo(one) with { ToSeq = two.Entries[1].Seq };
        (await ledger.RunAsync(mixed)).ShouldBeOfType<Outcome<Receipt>.NotFound>();
        (await ledger.RunAsync(mixed with { FromSeq = 1 })).ShouldBeOfType<Outcome<Receipt>.NotFound>();
    }
}
