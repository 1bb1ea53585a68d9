using System.Data.Common;
using System.Runtime.InteropServices;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Store.Reading;

/// <summary>
/// A range of times as a range of one organization's entry numbers, found by index: recorded time never falls from entry to entry, nor
/// does the effective time of those on time.
/// </summary>
/// <param name="First">The first number that can match.</param>
/// <param name="Last">The last that can match among those on time, or of all where times are recorded ones.</param>
/// <param name="LateLast">The last late one that can match; null where late entries are not looked for apart.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SeqBounds(long First, long Last, long? LateLast)
{
    private static readonly SeqBounds Nothing = new(1, 0, null);
    private static readonly SeqBounds All = new(1, long.MaxValue, null);

    /// <summary>The bounds on the side of the cursor that <paramref name="place"/> asks for.</summary>
    public (long First, long Last) Within(JournalPlace place) => place switch
    {
        { After: { } after } => (First, Math.Min(Last, after.Seq - 1)),
        { Before: { } before } => (Math.Max(First, before.Seq + 1), Last),
        _ => (First, Last),
    };

    /// <summary>Finds them.</summary>
    public static async Task<SeqBounds> FindAsync(DbConnection connection, JournalScope scope, JournalFilter filter)
    {
        if (scope is not JournalScope.Of(var organization) || (filter.From is null && filter.Until is null))
        {
            return All;
        }

        var effective = filter.By == EntryTime.Effective;
        var column = effective ? "effective_at" : "recorded_at";
        var onTime = (effective, connection is SqliteConnection) switch { (false, _) => "", (_, true) => "AND late = 0", _ => "AND NOT late" };
        async Task<long?> SeqAsync(string condition, long value, string order) => await LedgerQueries.ScalarAsync(connection,
            $"SELECT seq FROM journal_entry WHERE organization_id = @o {onTime} AND {column} {condition} @value ORDER BY {column} {order}, seq {order} LIMIT 1",
            ("o", organization.Value), ("value", value));

        var first = filter.From is { } from ? await SeqAsync(">=", from.Micros, "ASC") : 1;
        var last = filter.Until is { } until ? await SeqAsync("<", until.Micros, "DESC") ?? 0 : long.MaxValue;

        // A late entry follows one on time with a later effect: where none on time is in reach of the beginning, no late one is.
        return first is not { } found ? Nothing : new SeqBounds(found, last, effective ? long.MaxValue : null);
    }
}
