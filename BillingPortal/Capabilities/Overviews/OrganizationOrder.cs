using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;

#pragma warning disable CA1309 // the database compares, by its columns' binary collation

namespace BillingPortal.Capabilities.Overviews;

/// <summary>
/// The orders of a list and where in them a cursor stands. The first key is compared twice, alone and with its ties, so that databases
/// seek to it in the index in place of filtering from the start.
/// </summary>
internal static class OrganizationOrder
{
    /// <summary>
    /// <paramref name="found"/> from <paramref name="cursor"/> on, in order. Where <paramref name="narrow"/>, the order is put so that no
    /// index can serve it: few rows are found by their filter and sorted, rather than many walked in order.
    /// </summary>
    public static IQueryable<Organization> From(
        BillingStore store, IQueryable<Organization> found, OrganizationSort sort, bool down, OrganizationCursor? cursor, bool narrow) => sort switch
        {
            OrganizationSort.Number => ByNumber(found, down, cursor, narrow),
            OrganizationSort.Balance => ByBalance(store, found, down, cursor),
            _ => ByName(found, down, cursor, narrow),
        };

    private static IQueryable<Organization> ByName(IQueryable<Organization> found, bool down, OrganizationCursor? cursor, bool narrow)
    {
        if (cursor is { Name: var name, Id: var id })
        {
            found = down
                ? found.Where(o => string.Compare(o.SearchName, name) <= 0 && (string.Compare(o.SearchName, name) < 0 || o.Id < id))
                : found.Where(o => string.Compare(o.SearchName, name) >= 0 && (string.Compare(o.SearchName, name) > 0 || o.Id > id));
        }

        return (down, narrow) switch
        {
            (false, false) => found.OrderBy(o => o.SearchName).ThenBy(o => o.Id),
            (false, true) => found.OrderBy(o => o.SearchName + "").ThenBy(o => o.Id),
            (true, false) => found.OrderByDescending(o => o.SearchName).ThenByDescending(o => o.Id),
            (true, true) => found.OrderByDescending(o => o.SearchName + "").ThenByDescending(o => o.Id),
        };
    }

    private static IQueryable<Organization> ByNumber(IQueryable<Organization> found, bool down, OrganizationCursor? cursor, bool narrow)
    {
        if (cursor is { Id: var id })
        {
            found = down ? found.Where(o => o.Id < id) : found.Where(o => o.Id > id);
        }

        return (down, narrow) switch
        {
            (false, false) => found.OrderBy(o => o.Id),
            (false, true) => found.OrderBy(o => o.Id + 0),
            (true, false) => found.OrderByDescending(o => o.Id),
            (true, true) => found.OrderByDescending(o => o.Id + 0),
        };
    }

    private static IQueryable<Organization> ByBalance(BillingStore store, IQueryable<Organization> found, bool down, OrganizationCursor? cursor)
    {
        const int cash = (int)AccountKind.Cash, bonus = (int)AccountKind.Bonus, overdraft = (int)AccountKind.Overdraft;
        var weighed = found.Select(o => new
        {
            Of = o,
            Balance = store.Accounts.Where(a => a.OrganizationId == o.Id && (a.Kind == cash || a.Kind == bonus || a.Kind == overdraft)).Sum(a => a.Balance),
        });
        if (cursor is { Currency: var currency, Balance: var balance, Id: var id })
        {
            weighed = down
                ? weighed.Where(w => string.Compare(w.Of.Currency, currency) < 0
                    || (w.Of.Currency == currency && (w.Balance < balance || (w.Balance == balance && w.Of.Id < id))))
                : weighed.Where(w => string.Compare(w.Of.Currency, currency) > 0
                    || (w.Of.Currency == currency && (w.Balance > balance || (w.Balance == balance && w.Of.Id > id))));
        }

        return down
            ? weighed.OrderByDescending(w => w.Of.Currency).ThenByDescending(w => w.Balance).ThenByDescending(w => w.Of.Id).Select(w => w.Of)
            : weighed.OrderBy(w => w.Of.Currency).ThenBy(w => w.Balance).ThenBy(w => w.Of.Id).Select(w => w.Of);
    }
}
