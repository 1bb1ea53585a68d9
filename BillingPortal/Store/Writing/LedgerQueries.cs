using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Writing;

/// <summary>Reads of the ledger's tables that are the same SQL on both databases.</summary>
internal static class LedgerQueries
{
    public const string HeadColumns = "organization_id, seq, hash, high_effective_at, last_recorded_at";

    public const string OrganizationColumns =
        "o.id, o.currency, o.charging_model, o.allow_overdraft, o.disabled, o.blocked_cause, o.closed_until, o.time_zone, o.payer_id, o.parent_id, o.name, " + RuleQueries.Columns;

    public const string AccountColumns = "organization_id, account, balance, expires_at";

    private const string EntryColumns =
        """
        e.organization_id, e.seq, e.kind, e.reason, e.comment, e.actor, e.via, e.service, e.detail, e.period, e.effective_at, e.recorded_at,
        e.late, e.idempotency_key, e.request_hash, e.prev_hash, e.hash, e.reverses_seq, e.transfer_id, e.net_amount, e.net_after,
        p.account, p.amount, p.balance_after
        """;

    public static async Task ReadHeadsAsync(DbDataReader rows, Dictionary<OrganizationId, LedgerState> states)
    {
        while (await rows.ReadAsync())
        {
            var id = new OrganizationId(rows.GetInt64(0));
            states[id] = new LedgerState
            {
                Organization = id,
                Currency = default,
                Seq = rows.GetInt64(1),
                Hash = Hash256.FromBytes((byte[])rows.GetValue(2)),
                HighEffectiveAt = new Instant(rows.GetInt64(3)),
                LastRecordedAt = new Instant(rows.GetInt64(4)),
            };
        }
    }

    public static async Task ReadOrganizationsAsync(DbDataReader rows, Dictionary<OrganizationId, LedgerState> states)
    {
        while (await rows.ReadAsync())
        {
            var id = new OrganizationId(rows.GetInt64(0));
            states[id] = states[id] with
            {
                Currency = Currency.Of(rows.GetString(1)),
                ChargingModel = (ChargingModel)rows.GetInt32(2),
                AllowOverdraft = rows.GetBoolean(3),
                Disabled = rows.GetBoolean(4),
                Blocked = rows.IsDBNull(5) ? null : (BlockCause)rows.GetInt32(5),
                ClosedUntil = rows.IsDBNull(6) ? new Instant(long.MinValue) : new Instant(rows.GetInt64(6)),
                TimeZone = rows.GetString(7),
                Payer = rows.IsDBNull(8) ? null : new OrganizationId(rows.GetInt64(8)),
                Parent = rows.IsDBNull(9) ? null : new OrganizationId(rows.GetInt64(9)),
                Name = rows.GetString(10),
                Rule = RuleQueries.Rule(rows, 11),
                Window = RuleQueries.Window(rows, 11),
            };
        }
    }

    public static async Task ReadAccountsAsync(DbDataReader rows, Dictionary<OrganizationId, LedgerState> states)
    {
        var found = new Dictionary<OrganizationId, ImmutableSortedDictionary<AccountKey, Account>.Builder>();
        while (await rows.ReadAsync())
        {
            var id = new OrganizationId(rows.GetInt64(0));
            if (!found.TryGetValue(id, out var accounts))
            {
                found[id] = accounts = ImmutableSortedDictionary.CreateBuilder<AccountKey, Account>();
            }

            var key = new AccountKey(rows.GetInt32(1));
            accounts[key] = new Account(key, rows.GetInt64(2), rows.IsDBNull(3) ? null : new Instant(rows.GetInt64(3)));
        }

        foreach (var (id, accounts) in found)
        {
            states[id] = states[id] with { Accounts = accounts.ToImmutable() };
        }
    }

    /// <summary>Entries with their postings, in order. The accounts lead to the postings, which are keyed by account before entry.</summary>
    public static async Task<ImmutableArray<JournalEntry>> EntriesAsync(DbConnection connection, long organization, string condition, object value)
    {
        await using var command = Command(connection,
            $"""
            SELECT {EntryColumns} FROM journal_entry e
            JOIN account a ON a.organization_id = e.organization_id
            JOIN posting p ON p.organization_id = e.organization_id AND p.account = a.account AND p.seq = e.seq
            WHERE e.organization_id = @o AND {condition} ORDER BY e.seq, p.account
            """, ("o", organization), ("value", value));
        await using var rows = await command.ExecuteReaderAsync();
        var entries = ImmutableArray.CreateBuilder<JournalEntry>();
        while (await rows.ReadAsync())
        {
            var posting = new Posting(new AccountKey(rows.GetInt32(21)), rows.GetInt64(22), rows.GetInt64(23));
            if (entries.Count > 0 && entries[^1].Seq == rows.GetInt64(1))
            {
                entries[^1] = entries[^1] with { Postings = entries[^1].Postings.Add(posting) };
            }
            else
            {
                entries.Add(ReadEntry(rows) with { Postings = [posting] });
            }
        }

        return entries.ToImmutable();
    }

    /// <summary>
    /// What people decided on since then, as their decisions weighed it: of a voided invoice what was due. What the engine does needs no approval, and
    /// opening a month again moves nothing (rules §5).
    /// </summary>
    public static async Task<long> MovedAsync(DbConnection connection, string condition, object who, long since, OrganizationId organization) =>
        await MovedAsync(connection, condition, $"e.kind IN ({EntryKinds.ByHand}) AND e.transfer_id IS NULL", who, since, organization)
            + await MovedAsync(connection, condition, $"e.reason = {EntryKinds.ToppedUpByHand}", who, since, organization)
            + await MovedAsync(connection, condition, EntryKinds.RatedDownByHand, who, since, organization);

    // Two questions, so that each walks an index that holds nothing else.
    private static async Task<long> MovedAsync(DbConnection connection, string condition, string which, object who, long since, OrganizationId organization) => await ScalarAsync(connection,
        $"""
        SELECT CAST(COALESCE(SUM(ABS(p.amount)), 0) AS bigint) FROM journal_entry e
        JOIN account a ON a.organization_id = e.organization_id AND a.kind < {(int)AccountKind.Revenue}
        JOIN posting p ON p.organization_id = e.organization_id AND p.account = a.account AND p.seq = e.seq
        WHERE {condition} AND e.recorded_at > @since AND {which}
          AND e.actor <> 'system' AND e.reason NOT IN ('period_reopened', 'overdraft_repaid')
          AND (e.reason <> 'invoice_voided' OR a.kind = {(int)AccountKind.InvoicedReceivable})
        """, ("who", who), ("since", since), ("organization", organization.Value)) ?? 0;

    /// <summary>What the usage of a month drew and was given back, wherever it is booked: an entry of a closed month stands in a later one.</summary>
    public static async Task<IReadOnlyList<DrawLine>> DrawsAsync(DbConnection connection, OrganizationId organization, int period)
    {
        await using var command = Command(connection,
            $"""
            SELECT e.seq, e.kind, e.reverses_seq, p.account, p.amount, (SELECT c.account FROM account v
              JOIN posting c ON c.organization_id = v.organization_id AND c.account = v.account AND c.seq = e.seq
              WHERE v.organization_id = e.organization_id AND v.kind = {(int)AccountKind.Revenue} AND v.account > {(int)AccountKind.Revenue}) AS consumer
            FROM (
              SELECT b.seq FROM journal_entry b WHERE b.organization_id = @o AND b.period = @period AND b.kind IN (1, 2, 4)
                AND NOT EXISTS (SELECT 1 FROM late_usage l WHERE l.organization_id = b.organization_id AND l.seq IN (b.seq, b.reverses_seq))
              UNION ALL SELECT l.seq FROM late_usage l WHERE l.organization_id = @o AND l.period = @period
              UNION ALL SELECT r.seq FROM late_usage l JOIN journal_entry r ON r.organization_id = l.organization_id AND r.reverses_seq = l.seq
                WHERE l.organization_id = @o AND l.period = @period) s
            JOIN journal_entry e ON e.organization_id = @o AND e.seq = s.seq AND (e.kind <> {(int)EntryKind.Reversal} OR e.service <> '')
            JOIN account a ON a.organization_id = e.organization_id AND a.kind < {(int)AccountKind.Revenue}
            JOIN posting p ON p.organization_id = e.organization_id AND p.account = a.account AND p.seq = e.seq
            ORDER BY e.seq, p.account
            """, ("o", organization.Value), ("period", period));
        await using var rows = await command.ExecuteReaderAsync();
        var lines = new List<DrawLine>();
        while (await rows.ReadAsync())
        {
            lines.Add(new DrawLine(organization, period, rows.GetInt64(0), (EntryKind)rows.GetInt32(1),
                rows.IsDBNull(2) ? null : rows.GetInt64(2), new AccountKey(rows.GetInt32(3)), rows.GetInt64(4))
            { Consumer = rows.IsDBNull(5) ? null : new AccountKey(rows.GetInt32(5)).Consumer });
        }

        return lines;
    }

    public static async Task<long?> ScalarAsync(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        var value = await command.ExecuteScalarAsync();
        return value is null or DBNull ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    public static DbCommand Command(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // the text is made of constants of this room only; values travel as parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static JournalEntry ReadEntry(DbDataReader rows) => new()
    {
        Organization = new OrganizationId(rows.GetInt64(0)),
        Seq = rows.GetInt64(1),
        Kind = (EntryKind)rows.GetInt32(2),
        Reason = rows.GetString(3),
        Comment = rows.GetString(4),
        Actor = new Actor(rows.GetString(5), rows.GetString(6)),
        Service = rows.GetString(7),
        Detail = rows.GetString(8),
        Period = rows.GetInt32(9),
        EffectiveAt = new Instant(rows.GetInt64(10)),
        RecordedAt = new Instant(rows.GetInt64(11)),
        Late = rows.GetBoolean(12),
        IdempotencyKey = rows.GetString(13),
        RequestHash = Hash256.FromBytes((byte[])rows.GetValue(14)),
        PreviousHash = Hash256.FromBytes((byte[])rows.GetValue(15)),
        Hash = Hash256.FromBytes((byte[])rows.GetValue(16)),
        ReversesSeq = rows.IsDBNull(17) ? null : rows.GetInt64(17),
        TransferId = rows.IsDBNull(18) ? null : Guid.Parse(rows.GetString(18)),
        NetAmount = rows.GetInt64(19),
        NetAfter = rows.GetInt64(20),
        Postings = [],
    };
}
