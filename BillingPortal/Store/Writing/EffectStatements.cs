using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Invoicing;
using BillingPortal.Store.Rating;

namespace BillingPortal.Store.Writing;

/// <summary>What an effect that is no entry writes, as statements that both databases understand.</summary>
internal static class EffectStatements
{
    private const string UpdateBlock = "UPDATE organization SET blocked_cause = $2, blocked_at = $3, version = version + 1 WHERE id = $1";

    private const string InsertEvent = "INSERT INTO organization_event (organization_id, at, kind, text, seq) VALUES ($1, $2, $3, $4, $5)";

    /// <summary>The statements of <paramref name="effect"/>, where it and its siblings left the ledger at <paramref name="after"/>.</summary>
    public static IEnumerable<Statement> Of(Effect effect, LedgerState after, Actor actor, Instant now) => effect switch
    {
        Effect.Block(var id, var cause) => [new(UpdateBlock, id.Value, (int?)after.Blocked, now.Micros), Event(id, now, "blocked", Words(cause, blocked: true), after.Seq)],
        Effect.Unblock(var id, var cause) =>
            [new(UpdateBlock, id.Value, (int?)after.Blocked, after.Blocked is null ? null : now.Micros), Event(id, now, "unblocked", Words(cause, blocked: false), after.Seq)],
        Effect.SetRule(var id, var rule, { } change) => RuleStatements.Changed(id, rule, change, actor, now),
        Effect.SetRule(var id, var rule, null) => [RuleStatements.Upsert(id, rule, null, now), .. Stopped(id, rule, now, after)],
        Effect.Recharge(var id, var intent, var step) => RuleStatements.Recharge(id, intent, step, now),
        Effect.SetCard(var id, var card) => [RuleStatements.Card(id, card, actor, now)],
        Effect.Configure(var id, var to, var kind, var text) =>
        [
            // Who paid until now is read before it is written over: months that have ended are theirs.
            new("""
                INSERT INTO payer_change (organization_id, step, at, payer_before, payer_after)
                SELECT o.id, COALESCE((SELECT MAX(c.step) FROM payer_change c WHERE c.organization_id = o.id), 0) + 1, $2, o.payer_id, NULLIF($3, 0)
                FROM organization o WHERE o.id = $1 AND COALESCE(o.payer_id, 0) <> $3
                """, id.Value, now.Micros, to.Payer?.Value ?? 0),
            new("UPDATE organization SET disabled = $2, allow_overdraft = $3, payer_id = $4, parent_id = $5, updated_at = $6, charging_model = $7, version = version + 1 WHERE id = $1",
                id.Value, to.Disabled, to.AllowOverdraft, to.Payer?.Value, to.Parent?.Value, now.Micros, (int)to.ChargingModel),
            Event(id, now, kind, text, after.Seq),
        ],
        Effect.SetInvoice(_, var invoice, var step) => InvoiceStatements.Invoice(invoice, step, actor, now),
        Effect.TakeNumber(_, var number) => [InvoiceStatements.Number(number)],
        Effect.SetPeriod(var id, var step, var until) => InvoiceStatements.Period(id, step, until, actor, now),
        Effect.BookLater(var id, var seq, var used) => [new("INSERT INTO late_usage (organization_id, period, seq) VALUES ($1, $2, $3)", id.Value, used.Number, seq)],
        Effect.Rate(var id, var usage) => RatingStatements.Of(id, usage),
        Effect.SetBillingConfig(var id, var config, var changed) => BillingConfigStatements.Of(id, config, changed, actor, now, after.Seq),
        Effect.Refund(var id, var intent, var step) => RefundQueries.Statements(id, intent, step, actor, now),
        Effect.Purchase(var id, var checkout, var step) => CheckoutQueries.Statements(id, checkout, step, actor, now),
        Effect.RedeemVoucher redeem => [VoucherQueries.Of(redeem, after, actor, now)],
        Effect.Dispute(var id, var dispute) => [RuleStatements.Dispute(id, dispute, after.Seq, now)],
        Effect.Notify(var id, var notice) =>
        [
            new("INSERT INTO notification (organization_id, at, kind, level, title, text, link, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                id.Value, notice.At.Micros, notice.Kind, notice.Level, notice.Title, notice.Text,
                string.Create(CultureInfo.InvariantCulture, $"/organizations/{id}{(notice.Link.Length > 0 ? "/" : "")}{notice.Link}"), after.Seq > 0 ? after.Seq : null),
            .. notice.Kind is NoticeKind.LowBalance or NoticeKind.OutOfBalance or NoticeKind.SpendingCap ? [RuleStatements.Upsert(id, after.Rule, null, now)] : Array.Empty<Statement>(),
        ],
        Effect.SetSubscription set => PlanStatements.Of(set, after, actor, now),
        Effect.Fee fee => PlanStatements.Of(fee, now),
        Effect.Redeem redeem => [PlanStatements.Of(redeem, now)],
        _ => [],
    };

    /// <summary>The windows as the batch leaves them.</summary>
    public static IEnumerable<Statement> OfWindows(IReadOnlyDictionary<OrganizationId, SpendingWindow?> windows) => windows.OrderBy(pair => pair.Key).Select(pair =>
        pair.Value is not { } window
            ? new Statement("DELETE FROM spending_window WHERE organization_id = $1", pair.Key.Value)
            : new Statement(
                """
                INSERT INTO spending_window (organization_id, starts_at, ends_at, spent, alerted) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (organization_id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, spent = excluded.spent, alerted = excluded.alerted
                """, pair.Key.Value, window.Start.Micros, window.End.Micros, window.Spent, window.Alerted));

    internal static Statement Event(OrganizationId id, Instant at, string kind, string text, long seq) =>
        new(InsertEvent, id.Value, at.Micros, kind, text.Length > 400 ? text[..399] + "…" : text, seq > 0 ? seq : null);

    private static IEnumerable<Statement> Stopped(OrganizationId id, BillingRule rule, Instant now, LedgerState after) => rule.Suspended is null || rule.SuspendedAt != now ? []
        : [Event(id, now, "recharge_suspended", "Auto-recharge stands still: " + rule.Suspended switch
        {
            RechargeSuspension.PaymentFailed => "the card was declined to the end.",
            RechargeSuspension.Breaker => "it would have charged too often.",
            RechargeSuspension.Dispute => "a payment was disputed.",
            _ => "the card's holder did not confirm.",
        }, after.Seq)];

    private static string Words(BlockCause cause, bool blocked) => (cause, blocked) switch
    {
        (BlockCause.BalanceExhausted, true) => "Blocked: the prepaid balance is used up.",
        (BlockCause.BalanceExhausted, false) => "Unblocked: there is value again.",
        (BlockCause.CapReached, true) => "Blocked: the spending cap is used up.",
        (BlockCause.CapReached, false) => "Unblocked: the spending cap leaves room again.",
        (BlockCause.Overdue, true) => "Blocked: an invoice is 30 days overdue.",
        (BlockCause.Overdue, false) => "Unblocked: no invoice is overdue any more.",
        (_, true) => "Blocked: usage went beyond what was held, into an overdraft.",
        _ => "Unblocked: the overdraft ended.",
    };
}

/// <summary>How rules, recharges, cards and disputes are written.</summary>
internal static class RuleStatements
{
    private const string UpsertRule =
        """
        INSERT INTO billing_rule (organization_id, version, recharge_enabled, recharge_threshold, recharge_amount, recharge_limit, cap_enabled, cap_amount, cap_anchor,
          cap_soft, payment_method_id, suspended, suspended_at, low_balance_at, out_of_balance_at, cap_alert_at, changed_at, changed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT (organization_id) DO UPDATE SET version = excluded.version, recharge_enabled = excluded.recharge_enabled,
          recharge_threshold = excluded.recharge_threshold, recharge_amount = excluded.recharge_amount, recharge_limit = excluded.recharge_limit,
          cap_enabled = excluded.cap_enabled, cap_amount = excluded.cap_amount, cap_anchor = excluded.cap_anchor, cap_soft = excluded.cap_soft,
          payment_method_id = excluded.payment_method_id, suspended = excluded.suspended, suspended_at = excluded.suspended_at,
          low_balance_at = excluded.low_balance_at, out_of_balance_at = excluded.out_of_balance_at, cap_alert_at = excluded.cap_alert_at
        """;

    /// <summary>The rule as it stands; <paramref name="by"/> where a person changed it.</summary>
    public static Statement Upsert(OrganizationId id, BillingRule rule, Actor? by, Instant now) => new(
        by is null ? UpsertRule : UpsertRule + ", changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        id.Value, rule.Version, rule.Recharge.Enabled, rule.Recharge.Threshold, rule.Recharge.Amount, rule.Recharge.MonthlyLimit, rule.Cap.Enabled, rule.Cap.Amount,
        rule.Cap.Anchor?.Micros, rule.Cap.Soft, rule.Card?.Id, (int?)rule.Suspended, rule.SuspendedAt?.Micros, rule.LowBalanceAt?.Micros, rule.OutOfBalanceAt?.Micros,
        rule.CapAlertAt?.Micros, now.Micros, by?.Id ?? "system");

    /// <summary>The rule, its history's line, and the event that people read.</summary>
    public static IEnumerable<Statement> Changed(OrganizationId id, BillingRule rule, RuleChange change, Actor actor, Instant now) =>
    [
        Upsert(id, rule, actor, now),
        new("INSERT INTO billing_rule_change (organization_id, version, at, actor, via, rule, changes, weight) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id.Value, rule.Version, now.Micros, actor.Id, actor.Via, JsonSerializer.Serialize(rule, Json), JsonSerializer.Serialize(change.Lines, Json), change.Weight),
        new("UPDATE organization SET updated_at = $2 WHERE id = $1", id.Value, now.Micros),
    ];

    /// <summary>A recharge as it stands, and its flight record's line.</summary>
    public static IEnumerable<Statement> Recharge(OrganizationId id, RechargeIntent intent, RechargeStep step, Instant now) =>
    [
        new("""
            INSERT INTO recharge_intent (organization_id, number, state, amount, created_at, updated_at, due_at, attempt, payment_method_id, cause, cause_seq, available,
              threshold, rule_version, limit_left, payment_id, failure_code, failure_message, settled_seq, steps)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            ON CONFLICT (organization_id, number) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at, due_at = excluded.due_at,
              attempt = excluded.attempt, payment_method_id = excluded.payment_method_id, payment_id = excluded.payment_id, failure_code = excluded.failure_code,
              failure_message = excluded.failure_message, settled_seq = excluded.settled_seq, steps = excluded.steps
            """,
            id.Value, intent.Number, (int)intent.State, intent.Amount, intent.CreatedAt.Micros, now.Micros, intent.DueAt?.Micros, intent.Attempt, intent.CardId,
            intent.CausedByRule ? "rule" : "entry", intent.CauseSeq, intent.Available, intent.Threshold, intent.RuleVersion, intent.LimitLeft, intent.PaymentId,
            intent.FailureCode, intent.FailureMessage, intent.SettledSeq, intent.Steps),
        new("INSERT INTO recharge_attempt (organization_id, number, step, attempt, at, state, code, message, payment_id, via) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            id.Value, intent.Number, intent.Steps, intent.Attempt, now.Micros, (int)intent.State, step.Code, step.Message, intent.PaymentId, step.Via),
    ];

    /// <summary>The key of a command that wrote no entry under it.</summary>
    public static Statement KeptKey(OrganizationId id, string key, Hash256 requestHash, Instant now) => new(
        "INSERT INTO command_key (organization_id, idempotency_key, request_hash, at) VALUES ($1, $2, $3, $4)", id.Value, key, requestHash.ToBytes(), now.Micros);

    /// <summary>A card as it stands.</summary>
    public static Statement Card(OrganizationId id, CardChange card, Actor actor, Instant now) => card.New is { } entered
        ? new("""
            INSERT INTO payment_method (id, organization_id, provider, customer, method, brand, last4, expiry_month, expiry_year, added_at, added_by, inactive)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (id) DO UPDATE SET brand = excluded.brand, last4 = excluded.last4, expiry_month = excluded.expiry_month, expiry_year = excluded.expiry_year,
              inactive = excluded.inactive, failed_at = NULL, failed_message = NULL, removed_at = NULL
            """,
            card.Id, id.Value, entered.Provider, entered.Customer, entered.Method, entered.Brand, entered.Last4, entered.ExpiryMonth, entered.ExpiryYear,
            now.Micros, actor.Id, card.Inactive)
        : card.Removed
            ? new("UPDATE payment_method SET removed_at = $2 WHERE id = $1", card.Id, now.Micros)
            : new("UPDATE payment_method SET inactive = $2, failed_at = $3, failed_message = $4 WHERE id = $1",
                card.Id, card.Inactive, card.FailedAt?.Micros, card.FailedMessage);

    /// <summary>A dispute as it stands, with the entry that booked or closed it.</summary>
    public static Statement Dispute(OrganizationId id, DisputeChange dispute, long seq, Instant now) => dispute.Status == "open"
        ? new("INSERT INTO payment_dispute (provider, dispute_id, organization_id, payment_id, amount, status, opened_at, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            dispute.Provider, dispute.Id, id.Value, dispute.PaymentId, dispute.Amount, dispute.Status, now.Micros, seq)
        : new("UPDATE payment_dispute SET status = $3, closed_at = $4, closed_seq = $5 WHERE provider = $1 AND dispute_id = $2",
            dispute.Provider, dispute.Id, dispute.Status, now.Micros, dispute.Status == "won" ? seq : null);

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
