using System.Data.Common;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Writing;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>
/// The list's statements. In SQL and not in LINQ, because translating a query anew for each page costs more than the page. A cursor is a
/// row of keys, so that databases seek to it in the index.
/// </summary>
internal static class OrganizationSql
{
    private const string Columns =
        "o.id, o.uuid, o.slug, o.name, o.search_name, o.parent_id, o.disabled, o.blocked_cause, o.plan, o.charging_model, o.time_zone, o.currency";

    private static readonly string Weighed =
        $"""
        (SELECT CAST(COALESCE(SUM(a.balance), 0) AS bigint) FROM account a
          WHERE a.organization_id = o.id AND a.kind IN ({(int)AccountKind.Cash}, {(int)AccountKind.Bonus}, {(int)AccountKind.Overdraft}))
        """;

    /// <summary>The part's organizations and one more, in the order in which they are walked.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="scope">Which.</param>
    /// <param name="part">The part.</param>
    /// <param name="narrow">True where they are few: they are then found by their conditions and sorted, rather than walked in order.</param>
    public static DbCommand Part(DbConnection connection, OrganizationScope scope, ListPart part, bool narrow)
    {
        var down = part.Descending != part.Before is not null;
        var values = new List<(string, object)>(scope.Values) { ("take", part.Rows + 1) };
        var (keys, cursor) = KeysOf(part.Sort, part.Before ?? part.After);
        var after = new List<string>();
        if (cursor.Count > 0)
        {
            after.Add($"({string.Join(", ", keys)}) {(down ? "<" : ">")} ({string.Join(", ", cursor.Select(value => "@" + value.Name))})");
            values.AddRange(cursor);
        }

        var select = part.Sort == OrganizationSort.Balance
            ? $"SELECT {Columns} FROM (SELECT o.*, {Weighed} AS weighed FROM organization o {scope.Where()}) o {(after.Count > 0 ? "WHERE " + after[0] : "")}"
            : $"SELECT {Columns} FROM organization o {scope.Where(after)}";
        return LedgerQueries.Command(connection,
            $"{select} {OrderBy(keys, down, narrow)} LIMIT @take", [.. values]);
    }

    /// <summary>How many there are, counted up to <paramref name="enough"/>.</summary>
    public static DbCommand Count(DbConnection connection, OrganizationScope scope, int enough) => LedgerQueries.Command(connection,
        $"SELECT COUNT(*) FROM (SELECT 1 FROM organization o {scope.Where()} LIMIT @enough) counted", [.. scope.Values, ("enough", enough)]);

    /// <summary>Number, zone and currency of each, up to <paramref name="most"/>.</summary>
    public static DbCommand Zones(DbConnection connection, OrganizationScope scope, int most) => LedgerQueries.Command(connection,
        $"SELECT o.id, o.time_zone, o.currency FROM organization o {scope.Where()} LIMIT @most", [.. scope.Values, ("most", most)]);

    private static (string[] Keys, List<(string Name, object Value)> Cursor) KeysOf(OrganizationSort sort, OrganizationCursor? cursor) => sort switch
    {
        OrganizationSort.Number => (["o.id"], cursor is null ? [] : [("at_id", cursor.Id)]),
        OrganizationSort.Balance => (["o.currency", "o.weighed", "o.id"],
            cursor is null ? [] : [("at_currency", cursor.Currency), ("at_balance", cursor.Balance), ("at_id", cursor.Id)]),
        _ => (["o.search_name", "o.id"], cursor is null ? [] : [("at_name", cursor.Name), ("at_id", cursor.Id)]),
    };

    /// <summary>An expression in place of the first key is one that no index has.</summary>
    private static string OrderBy(string[] keys, bool down, bool narrow)
    {
        var first = narrow ? keys[0] switch { "o.id" => "o.id + 0", "o.search_name" => "o.search_name || ''", var other => other } : keys[0];
        return "ORDER BY " + string.Join(", ", keys.Skip(1).Prepend(first).Select(key => down ? key + " DESC" : key));
    }
}
