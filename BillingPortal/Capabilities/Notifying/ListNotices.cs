using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>Notifications of the organizations that a person may read, newest first.</summary>
public sealed class ListNotices(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>Where counting stops.</summary>
    public const int Enough = 1_001;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>The part of the list at <paramref name="place"/>.</summary>
    public async Task<Outcome<NoticeList>> RunAsync(Caller caller, NoticeFilter filter, NoticePlace place, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return new Outcome<NoticeList>.Refused(Access.Missing(Permission));
        }

        var lines = await ReadAsync(store, new NoticeSql(access).Only(filter), place, cancel);
        var more = lines.Count > place.Rows;
        lines = [.. lines.Take(place.Rows)];
        var back = place.Before is not null;
        if (back)
        {
            lines.Reverse();
        }

        var counting = new NoticeSql(access).Only(filter);
        var statement = counting.Count(Enough);
        var counted = (int)await store.Database.SqlQueryRaw<long>(statement, counting.Values).SingleAsync(cancel);
        return new Outcome<NoticeList>.Done(new NoticeList(
            lines,
            HasNewer: back ? more : place.After is not null && lines.Count > 0,
            HasOlder: back ? lines.Count > 0 : more,
            counted,
            await NameAsync(store, access, filter.Organization, cancel)));
    }

    /// <summary>The newest that the bell is about, at most <paramref name="most"/>; none for a person who may see nothing.</summary>
    public async Task<IReadOnlyList<NoticeLine>> LatestAsync(Caller caller, int most, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return access.MaySomewhere(Permission)
            ? [.. (await ReadAsync(store, CountUnreadNotices.ForBell(access), new NoticePlace(most), cancel)).Take(most)]
            : [];
    }

    private static Task<List<NoticeLine>> ReadAsync(BillingStore store, NoticeSql sql, NoticePlace place, CancellationToken cancel)
    {
        var statement = sql.Part(place);
        return store.Database.SqlQueryRaw<NoticeLine>(statement, sql.Values).ToListAsync(cancel);
    }

    private static async Task<string?> NameAsync(BillingStore store, Access access, long? organization, CancellationToken cancel) =>
        organization is { } id
        && access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancel), Permission) is Outcome<Domain.Organizations.Organization>.Done(var found)
            ? found.Name
            : null;
}
