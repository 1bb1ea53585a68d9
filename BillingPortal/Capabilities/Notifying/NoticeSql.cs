using System.Globalization;
using System.Text;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>
/// Notifications that a person may see, as SQL for both databases: those of organizations on paths that they may read. Unread is what lies
/// above the person's mark and has no row that they have read it.
/// </summary>
internal sealed class NoticeSql
{
    private readonly StringBuilder _where = new("n.id > 0");
    private readonly List<object> _values = [];
    private readonly string _unread;

    /// <summary>Everything that <paramref name="access"/> may see.</summary>
    public NoticeSql(Access access)
    {
        var user = Value(access.Caller.UserId);
        _unread = $"(n.id > COALESCE((SELECT m.read_up_to FROM notification_mark m WHERE m.user_id = {user}), 0) "
            + $"AND NOT EXISTS (SELECT 1 FROM notification_read r WHERE r.user_id = {user} AND r.notification_id = n.id))";
        if (access.VisiblePaths is { } paths)
        {
            // Paths end in '/'; the character after it ends the subtree's range.
            And(paths.Count == 0 ? "1 = 0" : $"({string.Join(" OR ", paths.Select(path => $"o.path >= {Value(path)} AND o.path < {Value(path[..^1] + "0")}"))})");
        }
    }

    /// <summary>The values of the statements' parameters.</summary>
    public object[] Values => [.. _values];

    /// <summary>Only what <paramref name="filter"/> lets through.</summary>
    public NoticeSql Only(NoticeFilter filter)
    {
        And(filter.UnreadOnly ? _unread : null);
        And(filter.Kind is null ? null : $"n.kind = {Value(filter.Kind)}");
        And(filter.Organization is null ? null : $"n.organization_id = {Value(filter.Organization)}");
        return this;
    }

    /// <summary>Only these kinds.</summary>
    public NoticeSql OfKinds(IEnumerable<string> kinds)
    {
        And($"n.kind IN ({string.Join(", ", kinds.Select(Value))})");
        return this;
    }

    /// <summary>How many there are, as <c>Value</c>, counted no further than <paramref name="most"/>.</summary>
    public string Count(int most) => $"""SELECT count(*) AS "Value" FROM (SELECT 1 {From} LIMIT {Value(most)}) counted""";

    /// <summary>One more than the part has, from the end at which it is read.</summary>
    public string Part(NoticePlace place)
    {
        And(place.Before is { } before ? $"n.id > {Value(before)}" : place.After is { } after ? $"n.id < {Value(after)}" : null);
        return $"""
            SELECT n.id AS "Id", n.at AS "At", n.organization_id AS "Organization", o.name AS "OrganizationName", n.kind AS "Kind", n.title AS "Title",
              n.text AS "Text", n.link AS "Link", {_unread} AS "Unread"
            {From} ORDER BY n.id {(place.Before is null ? "DESC" : "ASC")} LIMIT {Value(place.Rows + 1)}
            """;
    }

    /// <summary>Marks one as read by the person, where they may see it.</summary>
    public string Read(long notice)
    {
        And($"n.id = {Value(notice)}");
        And(_unread);
        return $"INSERT INTO notification_read (user_id, notification_id) SELECT {{0}}, n.id {From} ON CONFLICT DO NOTHING";
    }

    private string From => $"FROM notification n JOIN organization o ON o.id = n.organization_id WHERE {_where}";

    private void And(string? condition)
    {
        if (condition is not null)
        {
            _where.Append(" AND ").Append(condition);
        }
    }

    private string Value(object value)
    {
        _values.Add(value);
        return "{" + (_values.Count - 1).ToString(CultureInfo.InvariantCulture) + "}";
    }
}
