using System.Data.Common;
using System.Globalization;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Store.Reading;

/// <summary>
/// The SQL of a journal's page: an index is walked from the cursor, newest first, until the page is full. One organization's pages walk
/// its primary key; everybody's walk the newest-first index; a tree's walk each organization's own, so that a small tree on a large
/// platform does not read the others' entries.
/// </summary>
internal sealed class JournalSql
{
    private const string Columns =
        """
        e.organization_id, e.seq, e.kind, e.reason, e.comment, e.actor, e.via, e.service, e.period, e.effective_at, e.recorded_at, e.late,
        e.reverses_seq, e.net_amount, e.net_after, e.hash, e.detail
        """;

    private readonly bool _sqlite;
    private readonly JournalScope _scope;
    private readonly JournalFilter _filter;
    private readonly JournalPlace _place;
    private readonly SeqBounds _bounds;
    private readonly List<(string Name, object Value)> _values = [];

    private JournalSql(DbConnection connection, JournalScope scope, JournalFilter filter, JournalPlace place, SeqBounds bounds)
    {
        _sqlite = connection is SqliteConnection;
        (_scope, _filter, _place, _bounds) = (scope, filter, place, bounds);
    }

    private string Late => _sqlite ? "e.late = 1" : "e.late";

    private string OnTime => _sqlite ? "e.late = 0" : "NOT e.late";

    private string Way => _place.Backwards ? "ASC" : "DESC";

    private string Order(string e) => $"{e}.recorded_at {Way}, {e}.organization_id {Way}, {e}.seq {Way}";

    /// <summary>Reads the page's entries, newest first unless the page is read from its old end.</summary>
    public static DbCommand Page(DbConnection connection, JournalScope scope, JournalFilter filter, JournalPlace place, SeqBounds bounds)
    {
        var sql = new JournalSql(connection, scope, filter, place, bounds);
        return sql.Command(connection,
            $"""
            SELECT page.*, o.name, o.currency,
              (SELECT r.seq FROM journal_entry r WHERE r.organization_id = page.organization_id AND r.reverses_seq = page.seq)
            FROM ({sql.Entries(Columns, ordered: true)}) page JOIN organization o ON o.id = page.organization_id
            ORDER BY {sql.Order("page")}
            """);
    }

    /// <summary>Counts the entries of the filter, up to <see cref="JournalPlace.Rows"/>.</summary>
    public static DbCommand Count(DbConnection connection, JournalScope scope, JournalFilter filter, int enough, SeqBounds bounds)
    {
        var sql = new JournalSql(connection, scope, filter, new JournalPlace(enough), bounds);
        return sql.Command(connection, $"SELECT COUNT(*) FROM ({sql.Entries("1 AS one", ordered: false)}) e");
    }

    private DbCommand Command(DbConnection connection, string text)
    {
        _values.Add(("n", _place.Rows));
        return LedgerQueries.Command(connection, text, [.. _values]);
    }

    private string Entries(string columns, bool ordered) => _scope switch
    {
        JournalScope.Of(var organization) => OfOne(columns, ordered, organization.Value),
        JournalScope.Everything => $"SELECT {columns} FROM journal_entry e WHERE {Filters("e")}{Cursor("e")} {(ordered ? "ORDER BY " + Order("e") : "")} LIMIT @n",
        JournalScope.Trees(var ranges) => OfTrees(columns, ordered, ranges),
        _ => throw new InvalidOperationException("The set of scopes is closed."),
    };

    private string OfOne(string columns, bool ordered, long organization)
    {
        Add("o", organization);
        var filters = Filters("e", withTimes: false);
        var (first, last) = _bounds.Within(_place);
        Add("first", first);
        Add("last", last);
        var order = ordered ? $"ORDER BY e.seq {Way}" : "";
        var byNumber = $"SELECT {columns} FROM journal_entry e WHERE e.organization_id = @o AND e.seq BETWEEN @first AND @last AND {filters}";
        if (_bounds.LateLast is null)
        {
            return $"{byNumber} {order} LIMIT @n";
        }

        // Entries on time stand in the order of their effect, so a range of it is a range of numbers; late ones have an index of their own.
        Add("late_last", _place.After is { } after ? Math.Min(_bounds.LateLast.Value, after.Seq - 1) : _bounds.LateLast.Value);
        Add("from", _filter.From?.Micros ?? long.MinValue);
        Add("until", _filter.Until?.Micros ?? long.MaxValue);
        return
            $"""
            SELECT part.* FROM (
              SELECT * FROM ({byNumber} AND {OnTime} {order} LIMIT @n) on_time
              UNION ALL
              SELECT * FROM (SELECT {columns} FROM journal_entry e WHERE e.organization_id = @o AND {Late} AND e.effective_at >= @from
                AND e.effective_at < @until AND e.seq BETWEEN @first AND @late_last AND {filters} {order} LIMIT @n) too_late
            ) part {(ordered ? $"ORDER BY part.seq {Way}" : "")} LIMIT @n
            """;
    }

    private string OfTrees(string columns, bool ordered, IReadOnlyList<(string From, string Until)> ranges)
    {
        for (var at = 0; at < ranges.Count; at++)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"p{at}"), ranges[at].From);
            Add(string.Create(CultureInfo.InvariantCulture, $"q{at}"), ranges[at].Until);
        }

        var mine = ranges.Count == 0 ? "1 = 0" : string.Join(" OR ", Enumerable.Range(0, ranges.Count).Select(at => $"(o.path >= @p{at} AND o.path < @q{at})"));
        if (!ordered)
        {
            return $"SELECT {columns} FROM organization o JOIN journal_entry e ON e.organization_id = o.id WHERE ({mine}) AND {Filters("e")} LIMIT @n";
        }

        var newest = $"WHERE x.organization_id = o.id AND {Filters("x")}{Cursor("x")} ORDER BY x.recorded_at {Way}, x.seq {Way} LIMIT @n";
        return _sqlite
            ? $"""
              SELECT {columns} FROM organization o CROSS JOIN journal_entry e ON e.organization_id = o.id
              WHERE ({mine}) AND e.seq IN (SELECT x.seq FROM journal_entry x {newest}) ORDER BY {Order("e")} LIMIT @n
              """
            : $"""
              SELECT {columns} FROM organization o CROSS JOIN LATERAL (SELECT x.* FROM journal_entry x {newest}) e
              WHERE {mine} ORDER BY {Order("e")} LIMIT @n
              """;
    }

    private string Cursor(string e)
    {
        if ((_place.After ?? _place.Before) is not { } cursor)
        {
            return "";
        }

        Add("at", cursor.RecordedAt.Micros);
        Add("whose", cursor.Organization.Value);
        Add("seq", cursor.Seq);
        return $" AND ({e}.recorded_at, {e}.organization_id, {e}.seq) {(_place.Backwards ? '>' : '<')} (@at, @whose, @seq)";
    }

    private string Filters(string e, bool withTimes = true)
    {
        var conditions = new List<string>();
        void Where(string condition, string name, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                Add(name, value);
            }
        }

        Where($"{e}.kind = @kind", "kind", (int?)_filter.Kind);
        Where($"{e}.reason = @reason", "reason", _filter.Reason);
        Where($@"lower({e}.service) LIKE @service ESCAPE '\'", "service", _filter.Service is { } service ? Pattern(service) : null);
        Where($"abs({e}.net_amount) >= @least", "least", _filter.AtLeast);
        Where($"abs({e}.net_amount) <= @most", "most", _filter.AtMost);
        if (_filter.Actors is { } actors)
        {
            conditions.Add(actors.IsEmpty ? "1 = 0" : $"{e}.actor IN ({string.Join(", ", actors.Select((_, at) => $"@actor{at}"))})");
            for (var at = 0; at < actors.Length; at++)
            {
                Add(string.Create(CultureInfo.InvariantCulture, $"actor{at}"), actors[at]);
            }
        }

        if (withTimes)
        {
            // Nothing is recorded before it takes effect, so the newest-first walk may stop at the beginning of either range.
            Where($"{e}.recorded_at >= @from", "from", _filter.From?.Micros);
            Where(_filter.By == EntryTime.Recorded ? $"{e}.recorded_at < @until" : $"{e}.effective_at < @until", "until", _filter.Until?.Micros);
            if (_filter is { By: EntryTime.Effective, From: not null })
            {
                conditions.Add($"{e}.effective_at >= @from");
            }
        }

        return conditions.Count == 0 ? "1 = 1" : string.Join(" AND ", conditions);
    }

    private static string Pattern(string text) => "%" + text.ToLowerInvariant()
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";

    private void Add(string name, object value) => _values.Add((name, value));
}
