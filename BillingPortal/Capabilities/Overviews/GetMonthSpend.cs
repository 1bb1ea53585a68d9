using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>What an organization spent in a month, service by service and day by day, in its own zone.</summary>
public sealed class GetMonthSpend(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    private const int MonthsBack = 36;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>The spend of <paramref name="month"/>; for null that of the present month or, where that has none, of the last that has.</summary>
    public async Task<Outcome<MonthSpend>> RunAsync(Caller caller, OrganizationId organization, BillingPeriod? month, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        switch (await OrganizationReach.FindAsync(store, caller, organization.ToString(), Permission, cancel))
        {
            case Outcome<(Organization Organization, Access Access)>.Done({ Organization: var found }):
                return new Outcome<MonthSpend>.Done(await ReadAsync(store, found, month, cancel));
            case var kept:
                return kept.Then<MonthSpend>(_ => throw new InvalidOperationException("It was reached."));
        }
    }

    private async Task<MonthSpend> ReadAsync(BillingStore store, Organization organization, BillingPeriod? asked, CancellationToken cancel)
    {
        var (zone, now) = (organization.Zone, Instant.Now(clock));
        var present = BillingPeriod.Of(now, zone);
        var latest = await store.Heads.Where(h => h.OrganizationId == organization.Id).Select(h => h.HighEffectiveAt).FirstAsync(cancel);
        var lastActive = latest == 0 ? present : BillingPeriod.Of(new Instant(latest), zone);
        var months = Back(lastActive).Append(present).Concat(asked is { } wish ? [wish] : []).Distinct().OrderByDescending(month => month.Number).ToList();
        var figures = await FigureReading.ReadAsync(store, months.ConvertAll(month => Month.WindowOf(organization.Id, organization.TimeZone, month, now)), now, cancel);
        var charged = months.Where((_, n) => figures[n].Spend != 0).ToList();
        var shown = asked ?? (charged.Contains(present) || charged.Count == 0 ? present : charged[0]);
        var total = figures[months.IndexOf(shown)].Spend;

        var slots = await SpendSlots.ReadAsync(store, Month.WindowOf(organization.Id, organization.TimeZone, shown, now), cancel);
        return new MonthSpend(shown, [.. charged.Append(present).Append(shown).Distinct().OrderByDescending(month => month.Number)], new Money(total, organization.Money),
            [.. slots.GroupBy(slot => slot.Service, StringComparer.Ordinal).Select(service => ServiceOf(service.Key, service, organization)).OrderByDescending(service => service.Total.Micros).ThenBy(service => service.Name, StringComparer.Ordinal)]);
    }

    private static ServiceSpend ServiceOf(string name, IEnumerable<SpendSlot> slots, Organization organization)
    {
        var days = slots.GroupBy(slot => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(slot.Start.ToUtc(), organization.Zone).DateTime))
            .ToImmutableSortedDictionary(day => day.Key, day => new Money(day.Sum(slot => slot.Amount), organization.Money));
        return new ServiceSpend(name, new Money(days.Values.Sum(day => day.Micros), organization.Money), days);
    }

    private static IEnumerable<BillingPeriod> Back(BillingPeriod last)
    {
        var first = new DateOnly(last.Number / 100, last.Number % 100, 1);
        return Enumerable.Range(0, MonthsBack).Select(back => first.AddMonths(-back)).Select(day => new BillingPeriod((day.Year * 100) + day.Month));
    }
}

/// <summary>A month's spend, net of corrections.</summary>
/// <param name="Month">The month.</param>
/// <param name="Months">The months on offer, newest first: the present one and those with charges, three years back.</param>
/// <param name="Total">The change of revenue.</param>
/// <param name="Services">What it is made of, largest first; corrections may leave a service below zero.</param>
public sealed record MonthSpend(BillingPeriod Month, ImmutableArray<BillingPeriod> Months, Money Total, ImmutableArray<ServiceSpend> Services);

/// <summary>A service's part of a month.</summary>
/// <param name="Name">The service; empty where the entries name none.</param>
/// <param name="Total">Its sum.</param>
/// <param name="Days">The days with charges or corrections, in the organization's zone.</param>
public sealed record ServiceSpend(string Name, Money Total, ImmutableSortedDictionary<DateOnly, Money> Days);
