using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>How many organizations a filter lets through, and their sums currency by currency where they are not too many to add up.</summary>
public sealed class TotalOrganizations(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <summary>So many are counted and added up exactly; of more, a list says "more than 1,000" and gives no totals.</summary>
    public const int Most = 1_000;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>The totals of what <paramref name="filter"/> lets through, with the spend of <paramref name="month"/>; the present one for null.</summary>
    public async Task<Outcome<OrganizationTotals>> RunAsync(Caller caller, OrganizationFilter filter, BillingPeriod? month, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return new Outcome<OrganizationTotals>.Refused(Access.Missing(Permission));
        }

        var connection = await JournalReading.OpenAsync(store, cancel);
        var scope = await OrganizationScope.FindAsync(store, access, filter, cancel);
        var found = await ZonesAsync(OrganizationSql.Zones(connection, scope, Most + 1), cancel);
        if (found.Count > Most)
        {
            return new Outcome<OrganizationTotals>.Done(new OrganizationTotals(found.Count, []));
        }

        var now = Instant.Now(clock);
        var figures = await FigureReading.ReadAsync(store, found.ConvertAll(o => Month.WindowOf(o.Id, o.TimeZone, month, now)), now, cancel);
        var totals = found.Select((o, n) => (o.Currency, Figures: figures[n])).GroupBy(pair => pair.Currency, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => TotalOf(Currency.Of(group.Key), [.. group.Select(pair => pair.Figures)]));
        return new Outcome<OrganizationTotals>.Done(new OrganizationTotals(found.Count, [.. totals]));
    }

    private static async Task<List<(long Id, string TimeZone, string Currency)>> ZonesAsync(DbCommand zones, CancellationToken cancel)
    {
        await using (zones)
        {
            await using var rows = await zones.ExecuteReaderAsync(cancel);
            var read = new List<(long, string, string)>();
            while (await rows.ReadAsync(cancel))
            {
                read.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
            }

            return read;
        }
    }

    private static CurrencyTotal TotalOf(Currency currency, Figures[] figures) => new(
        currency, figures.Length,
        new Money(figures.Sum(f => f.Spend), currency), new Money(figures.Sum(f => f.Balance), currency), new Money(figures.Sum(f => f.Owed), currency));
}

/// <summary>How many, and what they add up to.</summary>
/// <param name="Counted">Organizations counted: exact up to <see cref="TotalOrganizations.Most"/>, one more where there are more.</param>
/// <param name="Currencies">A total for each currency; empty where there are too many to add up.</param>
public sealed record OrganizationTotals(int Counted, IReadOnlyList<CurrencyTotal> Currencies)
{
    /// <summary>False where there are more than were counted; then nothing was added up.</summary>
    public bool IsWhole => Counted <= TotalOrganizations.Most;
}

/// <summary>The sums of the organizations that keep one currency.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Organizations">How many keep it.</param>
/// <param name="Spend">Their spend in the month.</param>
/// <param name="Balance">Their cash, bonus and overdraft.</param>
/// <param name="Owed">Their receivables.</param>
public sealed record CurrencyTotal(Currency Currency, int Organizations, Money Spend, Money Balance, Money Owed);
