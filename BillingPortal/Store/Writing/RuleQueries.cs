using System.Collections.Immutable;
using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;

namespace BillingPortal.Store.Writing;

/// <summary>Reads of rules, windows and recharges that are the same SQL on both databases.</summary>
internal static class RuleQueries
{
    /// <summary>The rule's columns behind an organization's own.</summary>
    public const string Columns =
        """
        r.version, r.recharge_enabled, r.recharge_threshold, r.recharge_amount, r.recharge_limit, r.cap_enabled, r.cap_amount, r.cap_anchor, r.cap_soft,
        r.suspended, r.suspended_at, r.low_balance_at, r.out_of_balance_at, r.cap_alert_at, m.id, m.brand, m.last4, m.inactive,
        w.starts_at, w.ends_at, w.spent, w.alerted
        """;

    /// <summary>Where they stand: an organization without a rule costs two empty look-ups.</summary>
    public const string Source =
        """
        organization o LEFT JOIN billing_rule r ON r.organization_id = o.id LEFT JOIN payment_method m ON m.id = r.payment_method_id AND m.removed_at IS NULL
        LEFT JOIN spending_window w ON w.organization_id = o.id
        """;

    public const string RechargeColumns =
        """
        i.organization_id, i.number, i.state, i.amount, i.created_at, i.due_at, i.attempt, i.payment_method_id, i.cause, i.cause_seq, i.available, i.threshold,
        i.rule_version, i.limit_left, i.payment_id, i.failure_code, i.failure_message, i.settled_seq, i.steps
        """;

    /// <summary>The last ones: five a day at most, so that 200 hold more than any month, and whatever is in flight.</summary>
    public const string LastRecharges = "i.number > (SELECT COALESCE(MAX(l.number), 0) - 200 FROM recharge_intent l WHERE l.organization_id = i.organization_id)";

    /// <summary>The rule in a row whose rule begins at <paramref name="at"/>.</summary>
    public static BillingRule Rule(DbDataReader rows, int at) => rows.IsDBNull(at) ? BillingRule.None : new BillingRule
    {
        Version = rows.GetInt64(at),
        Recharge = new AutoRecharge(rows.GetBoolean(at + 1), Long(rows, at + 2), Long(rows, at + 3), Long(rows, at + 4)),
        Cap = new SpendingCap(rows.GetBoolean(at + 5), Long(rows, at + 6), Time(rows, at + 7), rows.GetBoolean(at + 8)),
        Suspended = rows.IsDBNull(at + 9) ? null : (RechargeSuspension)rows.GetInt32(at + 9),
        SuspendedAt = Time(rows, at + 10),
        LowBalanceAt = Time(rows, at + 11),
        OutOfBalanceAt = Time(rows, at + 12),
        CapAlertAt = Time(rows, at + 13),
        Card = rows.IsDBNull(at + 14) ? null : new CardOnFile(rows.GetInt64(at + 14), rows.GetString(at + 15), rows.GetString(at + 16), rows.GetBoolean(at + 17)),
    };

    /// <summary>The window in the same row.</summary>
    public static SpendingWindow? Window(DbDataReader rows, int at) => rows.IsDBNull(at + 18) ? null
        : new SpendingWindow(new Instant(rows.GetInt64(at + 18)), new Instant(rows.GetInt64(at + 19)), rows.GetInt64(at + 20), rows.GetInt32(at + 21));

    public static async Task ReadRechargesAsync(DbDataReader rows, Dictionary<OrganizationId, LedgerState> states)
    {
        var found = new Dictionary<OrganizationId, ImmutableArray<RechargeIntent>.Builder>();
        while (await rows.ReadAsync())
        {
            var id = new OrganizationId(rows.GetInt64(0));
            if (!found.TryGetValue(id, out var recharges))
            {
                found[id] = recharges = ImmutableArray.CreateBuilder<RechargeIntent>();
            }

            recharges.Add(Recharge(rows));
        }

        foreach (var (id, recharges) in found)
        {
            states[id] = states[id] with { Recharges = recharges.ToImmutable() };
        }
    }

    public static async Task<RechargeIntent?> RechargeAsync(DbConnection connection, OrganizationId organization, long number)
    {
        await using var command = LedgerQueries.Command(connection,
            $"SELECT {RechargeColumns} FROM recharge_intent i WHERE i.organization_id = @o AND i.number = @n", ("o", organization.Value), ("n", number));
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? Recharge(rows) : null;
    }

    public static async Task<(DisputeChange Dispute, OrganizationId Organization)?> DisputeAsync(DbConnection connection, string provider, string id)
    {
        await using var command = LedgerQueries.Command(connection,
            $"""
            SELECT d.organization_id, d.payment_id, d.amount, d.status,
              COALESCE((SELECT -p.amount FROM posting p WHERE p.organization_id = d.organization_id AND p.account = {AccountKey.Of(AccountKind.Bonus).Value} AND p.seq = d.seq), 0)
            FROM payment_dispute d WHERE d.provider = @p AND d.dispute_id = @d
            """, ("p", provider), ("d", id));
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync()
            ? (new DisputeChange(provider, id, rows.GetString(1), rows.GetInt64(2), rows.GetString(3)) { Bonus = rows.GetInt64(4) }, new OrganizationId(rows.GetInt64(0)))
            : null;
    }

    public static async Task<(CardOnFile Card, OrganizationId Organization)?> CardAsync(DbConnection connection, long id)
    {
        await using var command = LedgerQueries.Command(connection,
            "SELECT organization_id, brand, last4, inactive FROM payment_method WHERE id = @id AND removed_at IS NULL", ("id", id));
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync()
            ? (new CardOnFile(id, rows.GetString(1), rows.GetString(2), rows.GetBoolean(3)), new OrganizationId(rows.GetInt64(0)))
            : null;
    }

    /// <summary>What a command without an entry was asked for under this key; null where none was.</summary>
    public static async Task<Hash256?> KeptKeyAsync(DbConnection connection, OrganizationId organization, string key)
    {
        await using var command = LedgerQueries.Command(connection,
            "SELECT request_hash FROM command_key WHERE organization_id = @o AND idempotency_key = @k", ("o", organization.Value), ("k", key));
        return await command.ExecuteScalarAsync() is byte[] hash ? Hash256.FromBytes(hash) : null;
    }

    /// <summary>What rules that staff of the platform saved weigh against approval limits since then (rules §5).</summary>
    public static async Task<long> WeighedAsync(DbConnection connection, string column, object who, long since, OrganizationId organization) => await LedgerQueries.ScalarAsync(connection,
        $"""
        SELECT CAST(COALESCE(SUM(c.weight), 0) AS bigint) FROM billing_rule_change c JOIN organization o ON o.id = c.organization_id
        WHERE c.{column} = @who AND c.at > @since AND o.currency = (SELECT currency FROM organization WHERE id = @organization)
        """, ("who", who), ("since", since), ("organization", organization.Value)) ?? 0;

    /// <summary>What was spent in a window, from the journal: revenue as effective at its end less as effective at its beginning, and what others paid.</summary>
    public static async Task<long> SpentAsync(DbConnection connection, WindowNeeded window) =>
        await RevenueAsync(connection, window.Organization, window.End) - await RevenueAsync(connection, window.Organization, window.Start)
        + (await LedgerQueries.ScalarAsync(connection, PaidByOthers, ("a", AccountKey.RevenueFrom(window.Organization).Value),
            ("start", window.Start.Micros), ("end", window.End.Micros)) ?? 0);

    /// <summary>Revenue from a consumer in other ledgers; the literal conditions are the index's.</summary>
    private const string PaidByOthers =
        """
        SELECT CAST(COALESCE(SUM(amount), 0) AS bigint) FROM posting
        WHERE account = @a AND account > 1000000 AND account % 100 = 20 AND effective_at >= @start AND effective_at < @end
        """;

    private static async Task<long> RevenueAsync(DbConnection connection, OrganizationId organization, Instant before)
    {
        await using var command = BalanceReading.Command(connection, organization, new Instant(before.Micros - 1), EntryTime.Effective);
        await using var rows = await command.ExecuteReaderAsync();
        var sum = 0L;
        while (await rows.ReadAsync())
        {
            sum += new AccountKey(rows.GetInt32(1)).Kind == AccountKind.Revenue ? rows.GetInt64(2) : 0;
        }

        return sum;
    }

    private static RechargeIntent Recharge(DbDataReader rows) => new()
    {
        Number = rows.GetInt64(1),
        State = (RechargeState)rows.GetInt32(2),
        Amount = rows.GetInt64(3),
        CreatedAt = new Instant(rows.GetInt64(4)),
        DueAt = Time(rows, 5),
        Attempt = rows.GetInt32(6),
        CardId = rows.GetInt64(7),
        CausedByRule = rows.GetString(8) == "rule",
        CauseSeq = Long(rows, 9),
        Available = rows.GetInt64(10),
        Threshold = rows.GetInt64(11),
        RuleVersion = rows.GetInt64(12),
        LimitLeft = Long(rows, 13),
        PaymentId = Text(rows, 14),
        FailureCode = Text(rows, 15),
        FailureMessage = Text(rows, 16),
        SettledSeq = Long(rows, 17),
        Steps = rows.GetInt32(18),
    };

    private static long? Long(DbDataReader rows, int at) => rows.IsDBNull(at) ? null : rows.GetInt64(at);

    private static Instant? Time(DbDataReader rows, int at) => rows.IsDBNull(at) ? null : new Instant(rows.GetInt64(at));

    private static string? Text(DbDataReader rows, int at) => rows.IsDBNull(at) ? null : rows.GetString(at);
}
