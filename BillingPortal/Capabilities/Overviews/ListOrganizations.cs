using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>
/// The organizations that a caller sees, part by part, with balance, what is owed and a month's spend. Two queries for a part besides
/// who the caller is: the organizations in the order of an index, and their figures.
/// </summary>
public sealed class ListOrganizations(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <summary>How many organizations are found by their filter first; above, they are walked in the list's order.</summary>
    private const int Narrow = 1_000;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>The part of the list that <paramref name="part"/> asks for, of what <paramref name="filter"/> lets through.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer rows than 1 or more than 1,000 are asked for.</exception>
    public async Task<Outcome<OrganizationList>> RunAsync(Caller caller, OrganizationFilter filter, ListPart part, CancellationToken cancel)
    {
        if (part.Rows is < 1 or > ListPart.Most)
        {
            throw new ArgumentOutOfRangeException(nameof(part), part.Rows, $"A part has 1 to {ListPart.Most} rows.");
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return new Outcome<OrganizationList>.Refused(Access.Missing(Permission));
        }

        var connection = await JournalReading.OpenAsync(store, cancel);
        var scope = await OrganizationScope.FindAsync(store, access, filter, cancel);
        var narrow = scope.MayBeNarrow && await CountAsync(OrganizationSql.Count(connection, scope, Narrow + 1), cancel) <= Narrow;
        var back = part.Before is not null;
        var rows = await RowsAsync(OrganizationSql.Part(connection, scope, part, narrow), cancel);
        var more = rows.Count > part.Rows;
        rows = [.. rows.Take(part.Rows)];
        if (back)
        {
            rows.Reverse();
        }

        var listed = await WithFiguresAsync(store, rows, part.Month, cancel);
        return new Outcome<OrganizationList>.Done(new OrganizationList(
            listed,
            Previous: listed.Count > 0 && (back ? more : part.After is not null) ? OrganizationCursor.Of(listed[0]) : null,
            Next: listed.Count > 0 && (back || more) ? OrganizationCursor.Of(listed[^1]) : null));
    }

    private static async Task<long> CountAsync(DbCommand count, CancellationToken cancel)
    {
        await using (count)
        {
            return Convert.ToInt64(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        }
    }

    private static async Task<List<PlainRow>> RowsAsync(DbCommand part, CancellationToken cancel)
    {
        await using (part)
        {
            await using var rows = await part.ExecuteReaderAsync(cancel);
            var read = new List<PlainRow>();
            while (await rows.ReadAsync(cancel))
            {
                read.Add(new PlainRow(
                    rows.GetInt64(0), rows.GetGuid(1), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.IsDBNull(5) ? null : rows.GetInt64(5),
                    rows.GetBoolean(6), rows.IsDBNull(7) ? null : (BlockCause)rows.GetInt32(7), rows.GetString(8), (ChargingModel)rows.GetInt32(9),
                    rows.GetString(10), rows.GetString(11)));
            }

            return read;
        }
    }

    private async Task<List<ListedOrganization>> WithFiguresAsync(BillingStore store, List<PlainRow> rows, BillingPeriod? month, CancellationToken cancel)
    {
        var now = Instant.Now(clock);
        var windows = rows.ConvertAll(row => Month.WindowOf(row.Id, row.TimeZone, month, now));
        var figures = await FigureReading.ReadAsync(store, windows, now, cancel);
        return [.. rows.Select((row, n) => row.With(figures[n], month ?? BillingPeriod.Of(now, row.TimeZone)))];
    }

    private sealed record PlainRow(
        long Id, Guid Uuid, string Slug, string Name, string SearchName, long? ParentId, bool Disabled, BlockCause? BlockedCause, string Plan,
        ChargingModel Model, string TimeZone, string CurrencyCode)
    {
        public ListedOrganization With(Figures figures, BillingPeriod month)
        {
            var currency = Currency.Of(CurrencyCode);
            return new ListedOrganization
            {
                Id = Id,
                Uuid = Uuid,
                Slug = Slug,
                Name = Name,
                SearchName = SearchName,
                ParentId = ParentId,
                State = Disabled ? OrganizationState.Disabled : BlockedCause is null ? OrganizationState.Active : OrganizationState.Blocked,
                BlockedCause = BlockedCause,
                IsReseller = figures.IsReseller,
                Plan = Plan,
                Model = Model,
                TimeZone = TimeZone,
                Currency = currency,
                Month = month,
                Spend = new Money(figures.Spend, currency),
                Balance = new Money(figures.Balance, currency),
                Owed = new Money(figures.Owed, currency),
            };
        }
    }
}
