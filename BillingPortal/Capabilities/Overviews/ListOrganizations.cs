using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
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

        var found = VisibleOrganizations.Of(store, access, filter);
        var narrow = VisibleOrganizations.MayBeNarrow(access, filter) && await found.Take(Narrow + 1).CountAsync(cancel) <= Narrow;
        var back = part.Before is not null;
        var ordered = OrganizationOrder.From(store, found, part.Sort, part.Descending != back, part.Before ?? part.After, narrow);
        var rows = await Plain(ordered.Take(part.Rows + 1)).ToListAsync(cancel);
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

    private static IQueryable<PlainRow> Plain(IQueryable<Organization> organizations) => organizations.Select(o => new PlainRow(
        o.Id, o.Uuid, o.Slug, o.Name, o.SearchName, o.ParentId, o.Disabled, o.BlockedCause, o.Plan, o.ChargingModel, o.TimeZone, o.Currency));

    private async Task<List<ListedOrganization>> WithFiguresAsync(BillingStore store, List<PlainRow> rows, BillingPeriod? month, CancellationToken cancel)
    {
        var now = Instant.Now(clock);
        var windows = rows.ConvertAll(row => Month.WindowOf(row.Id, row.TimeZone, month, now));
        var figures = await FigureReading.ReadAsync(store, windows, cancel);
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
