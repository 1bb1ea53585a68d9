using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Store.Reading;

/// <summary>The past that rehearsals replay, on both databases.</summary>
public sealed class UsageReadingTests(TestDatabases databases)
{
    private static readonly DateTimeOffset Start = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory, BothDatabases]
    public async Task Charges_are_net_of_corrections_and_payments_stand_apart(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(Start);
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        clock.Advance(TimeSpan.FromMinutes(10));
        await ledger.DoneAsync(ledger.Charge(acme, 30));
        await ledger.DoneAsync(ledger.Charge(acme, 7, ChargeMode.Fact));
        clock.Advance(TimeSpan.FromHours(3));
        await ledger.DoneAsync(ledger.Reverse(acme, 2));
        await ledger.DoneAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Promotional, Micros(5))));
        await ledger.DoneAsync(ledger.Reverse(acme, 5));

        var past = await PastAsync(database, acme, clock);
        past.Opening.ShouldBe(0);
        past.From.ShouldBe(Instant.From(Start));
        past.Settles.ShouldBe(RehearsedPast.UsualSettlement);
        past.Usage.Where(usage => usage.At < At(1)).Sum(usage => usage.Requested).ShouldBe(Micros(30));
        past.Usage.Where(usage => usage.At < At(1)).Sum(usage => usage.Reported).ShouldBe(Micros(7));
        past.Usage.Where(usage => usage.At < At(1)).Sum(usage => usage.PaidIn).ShouldBe(Micros(100));
        past.Usage.Where(usage => usage.At >= At(1)).Sum(usage => usage.Reported).ShouldBe(Micros(-30));
        past.Usage.Where(usage => usage.At >= At(1)).Sum(usage => usage.PaidIn).ShouldBe(0);
        Rehearsal.Of(AutoRecharge.Off, SpendingCap.Off, past).Curve[^1].Available.ShouldBe(Micros(93));
    }

    [Theory, BothDatabases]
    public async Task It_begins_ninety_days_ago_with_what_was_there_and_late_usage_stands_where_it_happened(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(Start);
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync();
        var other = await ledger.OrganizationAsync(name: "Other");
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.DoneAsync(ledger.Charge(acme, 1));
        clock.MoveTo(Start.AddDays(100));
        await ledger.DoneAsync(ledger.Charge(acme, 2, ChargeMode.Fact) with { OccurredAt = At(99 * 24) });
        await ledger.DoneAsync(ledger.Charge(other, 50, ChargeMode.Fact));

        var past = await PastAsync(database, acme, clock);
        past.From.ShouldBe(At(10 * 24));
        past.Opening.ShouldBe(Micros(99));
        past.Usage.Where(usage => usage.At < past.From).Sum(usage => usage.Requested).ShouldBe(Micros(1));
        var late = past.Usage.Single(usage => usage.At >= past.From);
        (late.At, late.EffectiveAt, late.Reported).ShouldBe((At(99 * 24), At(99 * 24), Micros(2)));
    }

    [Theory, BothDatabases]
    public async Task Usage_that_a_file_brings_from_before_the_organization_was_entered_is_rehearsed_too(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(Start.AddDays(60));
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 60) with { PaidAt = At(10 * 24) });
        await ledger.DoneAsync(ledger.Charge(acme, 8, ChargeMode.Fact) with { OccurredAt = At(30 * 24) });

        var past = await PastAsync(database, acme, clock);
        past.From.ShouldBe(At(10 * 24));
        past.Usage.Where(usage => usage.At >= past.From).Sum(usage => usage.Reported).ShouldBe(Micros(8));
    }

    [Theory, BothDatabases]
    public async Task Years_of_charges_are_read_as_sums_of_hours(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(Start);
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        for (var hour = 0; hour < 5; hour++)
        {
            for (var number = 0; number < 20; number++)
            {
                clock.Advance(TimeSpan.FromMinutes(3));
                await ledger.DoneAsync(ledger.Charge(acme, 0.013m));
            }
        }

        var past = await PastAsync(database, acme, clock);
        past.Usage.Length.ShouldBeLessThanOrEqualTo(6 * 4);
        past.Usage.Sum(usage => usage.Requested).ShouldBe(Micros(1.3m));
        past.Usage.ShouldBe(past.Usage.OrderBy(usage => usage.At));
    }

    private static async Task<RehearsedPast> PastAsync(TestDatabase database, OrganizationId id, FakeClock clock)
    {
        await using var store = database.Read();
        var organization = await store.Organizations.AsNoTracking().SingleAsync(o => o.Id == id.Value);
        clock.Advance(TimeSpan.FromMicroseconds(1));
        return await UsageReading.RehearsedAsync(store, organization, Instant.Now(clock), CancellationToken.None);
    }

    private static Instant At(int hours) => Instant.From(Start.AddHours(hours));

    private static long Micros(decimal units) => Ledger.Micros(units);
}
