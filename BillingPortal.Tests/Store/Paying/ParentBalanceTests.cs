using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Store.Paying;

/// <summary>Who uses its parent's balance, is switched off or handed to another parent, on both databases.</summary>
public sealed class ParentBalanceTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task Using_the_parents_balance_first_moves_every_bucket_there_and_tells_nobody_that_nothing_is_left(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(west, 100, bonusRate: 200_000));
        await ledger.DoneAsync(new GrantCredits(Ledger.Tester, ledger.NextKey(), west) { Amount = Ledger.Micros(7) });

        var receipt = await ledger.UseParentBalanceAsync(west, acme);

        receipt.Entries.Where(entry => entry.Organization == acme).SelectMany(Ledger.Lines).ShouldBe(
            ["monthly 7.00", "transfers_in_transit -7.00", "cash 100.00", "transfers_in_transit -100.00", "bonus 20.00", "transfers_in_transit -20.00"]);
        receipt.Entries.ShouldAllBe(entry => entry.Kind == EntryKind.Transfer && entry.Reason == "moved_to_payer");
        receipt.Effects.OfType<Effect.Notify>().ShouldBeEmpty();
        var state = await ledger.StateAsync(west);
        (state.Net, state.Payer).ShouldBe((0, acme));
        (await ledger.UseParentBalanceAsync(west, acme)).Entries.ShouldBeEmpty();
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task It_pays_for_itself_again_and_nothing_flows_back(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(west, 100));
        var moved = await ledger.UseParentBalanceAsync(west, acme);

        (await ledger.RefusedAsync(ledger.Undo(moved))).Message.ShouldBe("Acme West uses its parent's balance. Let it pay for itself first. Nothing was moved.");
        (await ledger.RefusedAsync(ledger.Transfer(acme, west, 1))).Code.ShouldBe(RefusalCode.NotRelated);
        (await ledger.UseParentBalanceAsync(west, acme, uses: false)).Entries.ShouldBeEmpty();

        (await ledger.HeldAsync(west), await ledger.HeldAsync(acme)).ShouldBe((0, 100));
        await ledger.DoneAsync(ledger.Undo(moved));
        (await ledger.HeldAsync(west), await ledger.HeldAsync(acme)).ShouldBe((100, 0));
        (await ledger.DoneAsync(ledger.Charge(west, 5))).Entries.Single().Organization.ShouldBe(west);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task Who_owes_has_no_parent_or_pays_for_others_cannot_use_anothers_balance(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        var below = await ledger.OrganizationAsync(name: "Below", shape: o => o.ParentId = west.Value);
        var uses = new ConfigureOrganization(Ledger.Tester, "uses", west) { Parent = acme, UseParentBalance = true };

        await ledger.UseParentBalanceAsync(below, west);
        (await ledger.RefusedAsync(uses)).Message.ShouldStartWith("1 of its sub-organizations use");
        await ledger.UseParentBalanceAsync(below, west, uses: false);
        (await ledger.RefusedAsync(uses with { Organization = acme, Parent = null })).Code.ShouldBe(RefusalCode.NotRelated);
        (await ledger.RefusedAsync(uses with { Organization = below })).Code.ShouldBe(RefusalCode.NotRelated);
        await ledger.UseParentBalanceAsync(west, acme);
        (await ledger.RefusedAsync(uses with { Organization = below, Parent = west })).Message.ShouldStartWith("Acme West uses its own parent's balance");
        await ledger.UseParentBalanceAsync(west, acme, uses: false);
        await ledger.DoneAsync(ledger.Charge(west, 12, ChargeMode.Fact));
        (await ledger.RefusedAsync(uses)).Code.ShouldBe(RefusalCode.BelowFloor);
        (await ledger.StateAsync(west)).Payer.ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task Switched_off_it_is_refused_and_an_allowed_overdraft_ends_a_block(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (_, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(west, 10));
        var change = () => new ConfigureOrganization(Ledger.Tester, ledger.NextKey(), west);

        await ledger.DoneAsync(change() with { Disabled = true });
        (await ledger.RefusedAsync(ledger.Charge(west, 1))).Code.ShouldBe(RefusalCode.Disabled);
        await ledger.DoneAsync(change() with { Disabled = false });
        await ledger.DoneAsync(ledger.Charge(west, 12, ChargeMode.Fact));
        (await ledger.RefusedAsync(ledger.Charge(west, 1))).Code.ShouldBe(RefusalCode.Blocked);

        (await ledger.DoneAsync(change() with { AllowOverdraft = true })).Effects.ShouldContain(effect => effect is Effect.Unblock);
        await ledger.DoneAsync(ledger.Charge(west, 1));
        (await ledger.DoneAsync(change() with { AllowOverdraft = false })).Effects.ShouldContain(effect => effect is Effect.Block);
        await using var store = database.Read();
        (await store.Organizations.SingleAsync(o => o.Id == west.Value)).BlockedCause.ShouldBe(BlockCause.UnfundedOverdraft);
    }

    [Theory, BothDatabases]
    public async Task Handed_to_another_parent_it_pays_for_itself_and_its_past_stays_where_it_was_booked(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await ledger.FamilyAsync();
        var other = await ledger.OrganizationAsync(name: "Other");
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.UseParentBalanceAsync(west, acme);
        await ledger.DoneAsync(ledger.Charge(west, 40) with { Payer = acme });

        await ledger.DoneAsync(new MoveOrganization(Ledger.Tester, ledger.NextKey(), west, other) { ParentName = "Other" });

        var state = await ledger.StateAsync(west);
        (state.Payer, state.Parent).ShouldBe((null, other));
        (await ledger.HeldAsync(acme)).ShouldBe(60);
        (await ledger.RefusedAsync(ledger.Charge(west, 1) with { Payer = acme })).Code.ShouldBe(RefusalCode.PayerChanged);
        (await ledger.RefusedAsync(ledger.Charge(west, 1))).Code.ShouldBe(RefusalCode.InsufficientBalance);
        await using var store = database.Read();
        (await store.OrganizationEvents.Where(e => e.OrganizationId == west.Value).OrderBy(e => e.Id).Select(e => e.Text).ToListAsync())
            .ShouldBe(["Its parent's balance pays for it from now on.", "Moved under Other. It pays for itself from now on."]);
    }
}
