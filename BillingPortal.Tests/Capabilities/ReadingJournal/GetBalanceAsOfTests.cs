using BillingPortal.Capabilities.ReadingJournal;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.ReadingJournal;

public sealed class GetBalanceAsOfTests(TestDatabases databases)
{
    private static readonly AccountKey Cash = AccountKey.Of(AccountKind.Cash);

    [Theory]
    [BothDatabases]
    public async Task A_late_charge_counts_from_its_effect_by_one_reading_and_from_its_recording_by_the_other(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var acme = await room.Ledger.OrganizationAsync();
        var before = room.Later();
        await room.PostAsync(room.Ledger.TopUp(acme, 100));
        var paid = room.Later();
        await room.PostAsync(room.Ledger.Charge(acme, 10));
        var charged = room.Later();
        await room.PostAsync(room.Ledger.Charge(acme, 7) with { OccurredAt = paid });
        await room.PostAsync(room.Ledger.Charge(acme, 1));
        var now = room.Later();

        async Task<(decimal Effective, decimal Recorded)> CashAsync(Instant at) =>
            ((await room.AsOfAsync(acme, at, EntryTime.Effective)).Of(Cash) / 1_000_000m, (await room.AsOfAsync(acme, at, EntryTime.Recorded)).Of(Cash) / 1_000_000m);

        (await CashAsync(before)).ShouldBe((0, 0));
        (await CashAsync(new Instant(paid.Micros - 1))).ShouldBe((100, 100));
        (await CashAsync(paid)).ShouldBe((93, 100));
        (await CashAsync(charged)).ShouldBe((83, 90));
        (await CashAsync(now)).ShouldBe((82, 82));
        (await room.AsOfAsync(acme, charged, EntryTime.Effective)).Seq.ShouldBe(2);
    }

    [Theory]
    [BothDatabases]
    public async Task An_organization_without_entries_stands_at_nothing(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var acme = await room.Ledger.OrganizationAsync();

        (await room.AsOfAsync(acme, room.Later(), EntryTime.Effective)).Balances.ShouldBeEmpty();
    }

    [Theory]
    [BothDatabases]
    public async Task A_local_time_is_that_of_the_organization(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var acme = await room.Ledger.OrganizationAsync(shape: o => o.TimeZone = "Europe/Berlin");
        await room.PostAsync(room.Ledger.TopUp(acme, 100));

        async Task<BothBalances> AtAsync(string? asked) => (await new GetBalanceAsOf(room.Stores, room.Clock).CompareAsync(room.Support, acme, asked, default))
            .ShouldBeOfType<Outcome<BothBalances>.Done>().Value;
        (await AtAsync("2026-03-10T13:59")).Effective.Of(Cash).ShouldBe(0);
        (await AtAsync("2026-03-10T14:00")).Effective.Of(Cash).ShouldBe(Ledger.Micros(100));
        (await AtAsync("2026-03-10T13:00:00Z")).Recorded.Of(Cash).ShouldBe(Ledger.Micros(100));
        (await AtAsync(null)).Moment.At.ShouldBe(Instant.Now(room.Clock));
        (await AtAsync("soon")).Moment.Understood.ShouldBeFalse();
    }
}
