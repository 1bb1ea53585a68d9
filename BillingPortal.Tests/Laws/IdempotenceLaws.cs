using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Laws;

public sealed class IdempotenceLaws(TestDatabases databases) : LawTest(databases)
{
    [Theory, BothDatabases]
    public Task Posting_twice_with_one_key_is_posting_once(DatabaseKind kind) => HoldsAsync(kind, Wishes.Any, async (ledger, clock, wishes) =>
    {
        var history = await History.BeginAsync(ledger, clock, ChargingModel.Prepaid);
        var commands = wishes.Select((wish, index) => wish.ToCommand(history.Organization, $"key-{index}", ledger.Now)).ToList();

        foreach (var command in commands)
        {
            // Together, so that both may meet in one batch; and once more when the batch is long past.
            var both = await Task.WhenAll(ledger.RunAsync(command), ledger.RunAsync(command));
            var again = await ledger.RunAsync(command);
            if (both[0] is Outcome<Receipt>.Done { Value.Entries: [var entry, ..] })
            {
                both[1].ShouldBeOfType<Outcome<Receipt>.Done>().Value.Entries[0].Hash.ShouldBe(entry.Hash);
                var replayed = again.ShouldBeOfType<Outcome<Receipt>.Done>().Value;
                replayed.Replayed.ShouldBeTrue();
                replayed.Entries[0].Hash.ShouldBe(entry.Hash);
                replayed.Entries[0].Postings.ShouldBe(entry.Postings);
            }
        }

        (await history.LinesAsync()).Select(line => line.Seq).Distinct().Count().ShouldBeLessThanOrEqualTo(commands.Count);
    });

    [Theory, BothDatabases]
    public Task A_key_used_for_another_wish_is_refused_and_posts_nothing(DatabaseKind kind) => HoldsAsync(kind, Wishes.Any, async (ledger, clock, wishes) =>
    {
        var history = await History.BeginAsync(ledger, clock, ChargingModel.Postpaid);
        var first = new ChargeUsage(Actor.System("laws"), "the-key", history.Organization)
        {
            Mode = ChargeMode.Fact, Service = "storage", Amount = 91_000_001,
        };
        (await ledger.RunAsync(first)).ShouldBeOfType<Outcome<Receipt>.Done>();

        foreach (var wish in wishes)
        {
            var refused = (await ledger.RunAsync(wish.ToCommand(history.Organization, "the-key", ledger.Now))).ShouldBeOfType<Outcome<Receipt>.Refused>();
            refused.Refusal.Code.ShouldBe(RefusalCode.KeyReused);
        }

        (await history.LinesAsync()).ShouldAllBe(line => line.Seq == 1);
    });
}
