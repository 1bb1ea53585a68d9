using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Store.Paying;

/// <summary>Charges of who uses its parent's balance: the payer's entries, tagged with the consumer, under both caps.</summary>
public sealed class ConsumerChargeTests(TestDatabases databases)
{
    private const string Veil = "The ledger that pays for this organization does not take the charge now. Nothing was charged.";

    [Theory, BothDatabases]
    public async Task The_entry_is_the_payers_and_says_for_whom(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await BeginAsync(ledger, 100);

        var charged = await ledger.DoneAsync(ledger.Charge(west, 40) with { Payer = acme });

        var entry = charged.Entries.ShouldHaveSingleItem();
        entry.Organization.ShouldBe(acme);
        Ledger.Lines(entry).ShouldBe(["cash -40.00", $"revenue:{west} 40.00"]);
        entry.Postings[^1].Account.Consumer.ShouldBe(west);
        (await ledger.StateAsync(west)).Seq.ShouldBe(0);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task A_charge_that_asks_the_wrong_ledger_charges_nobody(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await BeginAsync(ledger, 100);

        (await ledger.RefusedAsync(ledger.Charge(west, 1))).Code.ShouldBe(RefusalCode.PayerChanged);
        (await ledger.RefusedAsync(ledger.Charge(acme, 1) with { Payer = west })).Code.ShouldBe(RefusalCode.PayerChanged);
        (await ledger.HeldAsync(acme)).ShouldBe(100);
    }

    [Theory, BothDatabases]
    public async Task Both_caps_apply_and_the_consumer_hears_only_its_own_figures(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await BeginAsync(ledger, 100);
        var charge = (decimal amount) => ledger.Charge(west, amount) with { Payer = acme };
        await ledger.CapAsync(west, 30);
        await ledger.CapAsync(acme, 50);
        await ledger.DoneAsync(charge(20));

        (await ledger.RefusedAsync(charge(11))).Message.ShouldStartWith("The spending cap of $30.00 of Acme West leaves $10.00 until ");
        await ledger.DoneAsync(ledger.Charge(acme, 25));
        var refusal = await ledger.RefusedAsync(charge(6));

        (refusal.Code, refusal.Message).ShouldBe((RefusalCode.CapReached, Veil));
        var last = await ledger.DoneAsync(charge(5));
        last.Effects.OfType<Effect.Block>().ShouldHaveSingleItem().Organization.ShouldBe(acme);
        ((await ledger.StateAsync(west)).Window!.Spent, (await ledger.StateAsync(acme)).Window!.Spent).ShouldBe((Ledger.Micros(25), Ledger.Micros(50)));
        last.Entries[0].Detail.ShouldContain($$"""{"organization":{{west}},"limit":30000000,"spent":20000000,""");
        last.Entries[0].Detail.ShouldContain($$"""{"organization":{{acme}},"limit":50000000,"spent":45000000,""");
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task A_payer_that_cannot_pay_refuses_without_a_figure(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await BeginAsync(ledger, 7);
        var charge = (decimal amount) => ledger.Charge(west, amount) with { Payer = acme };

        (await ledger.RefusedAsync(charge(9))).Message.ShouldBe("The balance of its payer does not cover it. Nothing was charged.");
        var fact = await ledger.DoneAsync(charge(9) with { Mode = ChargeMode.Fact });
        fact.Effects.OfType<Effect.Block>().Select(block => block.Organization).ShouldBe([acme]);
        (await ledger.RefusedAsync(charge(1))).Message.ShouldBe(Veil);
        await ledger.DoneAsync(new ConfigureOrganization(Ledger.Tester, ledger.NextKey(), acme) { Disabled = true });
        (await ledger.RefusedAsync(charge(1))).Message.ShouldBe(Veil);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task An_undo_of_its_charge_lowers_what_both_have_spent(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await BeginAsync(ledger, 100);
        await ledger.CapAsync(west, 30);
        await ledger.CapAsync(acme, 50);
        await ledger.DoneAsync(ledger.Charge(acme, 3));
        var charged = await ledger.DoneAsync(ledger.Charge(west, 30) with { Payer = acme });
        charged.Effects.OfType<Effect.Block>().ShouldHaveSingleItem().Organization.ShouldBe(west);

        var undone = await ledger.DoneAsync(ledger.Reverse(acme, charged.Entries[0].Seq) with { Consumer = west });

        undone.Effects.OfType<Effect.Unblock>().ShouldHaveSingleItem().Organization.ShouldBe(west);
        ((await ledger.StateAsync(west)).Window!.Spent, (await ledger.StateAsync(acme)).Window!.Spent).ShouldBe((0, Ledger.Micros(3)));
        (await ledger.HeldAsync(acme)).ShouldBe(97);
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task A_cap_set_later_counts_what_others_paid_for_in_its_window(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var ledger = new Ledger(database, clock);
        var (acme, west) = await BeginAsync(ledger, 100);
        await ledger.DoneAsync(ledger.Charge(west, 40) with { Payer = acme });
        clock.Advance(TimeSpan.FromDays(40));
        await ledger.DoneAsync(ledger.Charge(west, 12) with { Payer = acme });
        await ledger.UseParentBalanceAsync(west, acme, uses: false);
        await ledger.DoneAsync(ledger.TopUp(west, 10));
        await ledger.DoneAsync(ledger.Charge(west, 4));

        await ledger.CapAsync(west, 17);

        (await ledger.StateAsync(west)).Window!.Spent.ShouldBe(Ledger.Micros(16));
        (await ledger.RefusedAsync(ledger.Charge(west, 2))).Code.ShouldBe(RefusalCode.CapReached);
        await ledger.DoneAsync(ledger.Charge(west, 1));
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task Charges_of_both_at_once_never_pass_either_cap(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var (acme, west) = await BeginAsync(ledger, 1000);
        await ledger.CapAsync(west, 10);
        await ledger.CapAsync(acme, 17);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(n =>
            ledger.RunAsync(n % 2 == 0 ? ledger.Charge(west, 1) with { Payer = acme } : ledger.Charge(acme, 1))));

        outcomes.Count(outcome => outcome is Outcome<Receipt>.Done).ShouldBe(17);
        await using var store = database.Read();
        (await store.Postings.Where(posting => posting.Account == AccountKey.RevenueFrom(west).Value).SumAsync(posting => posting.Amount)).ShouldBeLessThanOrEqualTo(Ledger.Micros(10));
        await ledger.LawsHoldAsync();
    }

    private static async Task<(OrganizationId Acme, OrganizationId West)> BeginAsync(Ledger ledger, decimal held)
    {
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, held));
        await ledger.UseParentBalanceAsync(west, acme);
        return (acme, west);
    }
}
