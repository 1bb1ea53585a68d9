using BillingPortal.Domain.Access;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>Notes what a person has read. It is theirs alone: what one has read, another has not.</summary>
public sealed class MarkNoticesRead(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>One of them. Of those that the person may not see, or has read, nothing is noted.</summary>
    public async Task OneAsync(Caller caller, long notice, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var sql = new NoticeSql(await Access.ReadAsync(store, caller, cancel));
        var statement = sql.Read(notice);
        await store.Database.ExecuteSqlRawAsync(statement, sql.Values, cancel);
    }

    /// <summary>All up to <paramref name="newest"/>, the newest that the person saw: what has come since stays unread.</summary>
    public async Task AllAsync(Caller caller, long newest, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return;
        }

        await using var transaction = await store.Database.BeginTransactionAsync(cancel);
        await store.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO notification_mark (user_id, read_up_to) VALUES ({caller.UserId}, {newest})
            ON CONFLICT (user_id) DO UPDATE SET read_up_to = excluded.read_up_to WHERE notification_mark.read_up_to < excluded.read_up_to
            """,
            cancel);
        await store.NotificationsRead.Where(read => read.UserId == caller.UserId && read.NotificationId <= newest).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
