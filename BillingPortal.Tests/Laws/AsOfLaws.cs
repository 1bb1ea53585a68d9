using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Laws;

public sealed class AsOfLaws(TestDatabases databases) : LawTest(databases)
{
    private const int Questions = 24;

    [Theory, BothDatabases]
    public Task What_was_recorded_at_an_instant_is_what_had_been_written_by_then(DatabaseKind kind) =>
        HoldsAsync(kind, Wishes.Any, (ledger, clock, wishes) => AgreesAsync(ledger, clock, wishes, EntryTime.Recorded, line => line.RecordedAt));

    [Theory, BothDatabases]
    public Task What_was_effective_at_an_instant_counts_what_was_written_late(DatabaseKind kind) =>
        HoldsAsync(kind, Wishes.Any, (ledger, clock, wishes) => AgreesAsync(ledger, clock, wishes, EntryTime.Effective, line => line.EffectiveAt));

    /// <summary>The look-ups give what adding up every line gives, at, just before and between the moments at which something happened.</summary>
    private static async Task AgreesAsync(Ledger ledger, FakeClock clock, Wish[] wishes, EntryTime by, Func<Line, Instant> time)
    {
        var history = await History.BeginAsync(ledger, clock, ChargingModel.Prepaid);
        await history.LiveAsync(wishes);
        var lines = await history.LinesAsync();
        var moments = lines.Select(time).Distinct().SelectMany(at => new[] { at, new Instant(at.Micros - 1) }).Append(ledger.Now).ToArray();
        Random.Shared.Shuffle(moments);

        await using var store = ledger.Database.Read();
        foreach (var at in moments.Take(Questions))
        {
            var model = lines.Where(line => time(line) <= at).GroupBy(line => line.Account)
                .ToDictionary(account => account.Key, account => account.Sum(line => line.Amount));
            var answer = await BalanceReading.AsOfAsync(store, history.Organization, at, by, CancellationToken.None);
            foreach (var (account, balance) in answer.Balances)
            {
                balance.ShouldBe(model.GetValueOrDefault(account), $"{account} at {at} by {by}");
            }

            model.Keys.ShouldBeSubsetOf(answer.Balances.Keys);
        }
    }
}
