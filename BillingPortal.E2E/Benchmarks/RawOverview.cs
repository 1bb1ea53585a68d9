using System.Data.Common;
using BillingPortal.Capabilities.Overviews;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using Microsoft.Data.Sqlite;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>The yardstick of the overview: one prepared statement on one open connection.</summary>
internal sealed class RawOverview : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly DbCommand _command;
    private bool _prepared;

    public RawOverview(DbConnection connection)
    {
        _connection = connection;
        _command = connection.CreateCommand();
        var inOrder = connection is SqliteConnection ? "e.late = 0" : "NOT e.late";
#pragma warning disable CA2100 // constants of this class
        _command.CommandText =
            $"""
            SELECT o.id, o.uuid, o.slug, o.name, o.search_name, o.parent_id, o.disabled, o.blocked_cause, o.plan, o.charging_model, o.time_zone, o.currency,
              EXISTS (SELECT 1 FROM organization b WHERE b.parent_id = o.id),
              CAST(coalesce((SELECT sum(a.balance) FROM account a WHERE a.organization_id = o.id AND a.kind IN (3, 4, 5)), 0) AS bigint),
              CAST(coalesce((SELECT sum(a.balance) FROM account a WHERE a.organization_id = o.id AND a.kind IN (6, 7)), 0) AS bigint),
              coalesce((SELECT p.balance_after FROM posting p WHERE p.organization_id = o.id AND p.account = 20 ORDER BY p.seq DESC LIMIT 1), 0)
              - coalesce((SELECT p.balance_after FROM posting p WHERE p.organization_id = o.id AND p.account = 20 AND p.seq <= coalesce(
                  (SELECT e.seq FROM journal_entry e WHERE e.organization_id = o.id AND {inOrder} AND e.effective_at < @low
                    ORDER BY e.effective_at DESC, e.seq DESC LIMIT 1), 0) ORDER BY p.seq DESC LIMIT 1), 0)
            FROM (SELECT * FROM organization WHERE (search_name, id) > (@name, @id) ORDER BY search_name, id LIMIT 26) o
            ORDER BY o.search_name, o.id
            """;
#pragma warning restore CA2100
        Add("name");
        Add("id");
        Add("low").Value = BillingPeriod.Of(Instant.Now(TimeProvider.System), TimeZoneInfo.Utc).StartIn(TimeZoneInfo.Utc).Micros;
    }

    /// <summary>Number, balance, what is owed and spend of each row.</summary>
    public async Task<List<(long Id, long Balance, long Owed, long Spend)>> PageAsync(OrganizationCursor? after)
    {
        _command.Parameters["name"].Value = after?.Name ?? "";
        _command.Parameters["id"].Value = after?.Id ?? 0L;
        if (!_prepared)
        {
            await _command.PrepareAsync();
            _prepared = true;
        }

        var page = new List<(long, long, long, long)>();
        await using var rows = await _command.ExecuteReaderAsync();
        var values = new object[rows.FieldCount];
        while (await rows.ReadAsync())
        {
            rows.GetValues(values);
            page.Add(((long)values[0], (long)values[13], (long)values[14], (long)values[15]));
        }

        return page;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private DbParameter Add(string name)
    {
        var parameter = _command.CreateParameter();
        parameter.ParameterName = name;
        _command.Parameters.Add(parameter);
        return parameter;
    }
}
