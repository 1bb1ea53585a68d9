using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>
/// What the bell says. People of organizations are called for everything of the organizations they may read; the platform's staff, who may
/// read all, only for what waits for somebody (<see cref="NoticeKind.ForStaff"/>).
/// </summary>
public sealed class CountUnreadNotices(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>Where counting stops: one more than is shown exactly.</summary>
    public const int Enough = 100;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>How many are unread, counted up to <see cref="Enough"/>; none for a person who may see nothing.</summary>
    public async Task<int> RunAsync(Caller caller, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return 0;
        }

        var sql = ForBell(access).Only(new NoticeFilter(UnreadOnly: true));
        var statement = sql.Count(Enough);
        return (int)await store.Database.SqlQueryRaw<long>(statement, sql.Values).SingleAsync(cancel);
    }

    /// <summary>What the bell is about for this person.</summary>
    internal static NoticeSql ForBell(Access access) =>
        access.PlatformRole is null ? new NoticeSql(access) : new NoticeSql(access).OfKinds(NoticeKind.ForStaff);
}
