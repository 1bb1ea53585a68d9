using System.Data.Common;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Writing;

/// <summary>How refunds are read for decisions and written, the same SQL on both databases.</summary>
internal static class RefundQueries
{
    /// <summary>What a decision about a refund must see.</summary>
    public static async Task<RefundFacts> FactsAsync(DbConnection connection, RefundNeeded needed)
    {
        var organization = needed.Organization.Value;
        var intent = needed.Number is { } number ? await FindAsync(connection, organization, number) : null;
        var recharge = needed.Recharge ?? intent?.Recharge ?? 0;
        var payment = await RuleQueries.RechargeAsync(connection, needed.Organization, recharge);
        return new RefundFacts(
            payment,
            payment is null ? "" : await TextAsync(connection, "SELECT provider FROM payment_method WHERE id = @c AND organization_id = @o", ("c", payment.CardId), ("o", organization)) ?? "",
            await LedgerQueries.ScalarAsync(connection, $"SELECT CAST(COALESCE(SUM(amount), 0) AS bigint) FROM refund_intent WHERE organization_id = @o AND recharge = @r AND state <> {(int)RefundState.Released}",
                ("o", organization), ("r", recharge)) ?? 0,
            payment?.PaymentId is { } id && await LedgerQueries.ScalarAsync(connection, "SELECT COUNT(*) FROM payment_dispute WHERE organization_id = @o AND payment_id = @p AND status <> 'won'",
                ("o", organization), ("p", id)) > 0,
            (await LedgerQueries.ScalarAsync(connection, "SELECT MAX(number) FROM refund_intent WHERE organization_id = @o", ("o", organization)) ?? 0) + 1,
            intent,
            intent is null ? null : (await LedgerQueries.EntriesAsync(connection, organization, "e.seq = @value", intent.BookedSeq)).FirstOrDefault());
    }

    /// <summary>The refund as it stands, and the line in its record.</summary>
    public static IEnumerable<Statement> Statements(OrganizationId id, RefundIntent intent, RefundStep step, Actor actor, Instant now) =>
    [
        new("""
            INSERT INTO refund_intent (organization_id, number, state, recharge, amount, created_at, updated_at, due_at, steps, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (organization_id, number) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at, due_at = excluded.due_at, steps = excluded.steps, body = excluded.body
            """, id.Value, intent.Number, (int)intent.State, intent.Recharge, intent.Amount, intent.CreatedAt.Micros, now.Micros, intent.DueAt?.Micros, intent.Steps, RefundJson.Write(intent)),
        new("INSERT INTO refund_step (organization_id, number, step, at, state, actor, via, code, message) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id.Value, intent.Number, intent.Steps, now.Micros, (int)intent.State, actor.Id, actor.Via, step.Code, step.Message),
    ];

    private static async Task<RefundIntent?> FindAsync(DbConnection connection, long organization, long number) =>
        await TextAsync(connection, "SELECT body FROM refund_intent WHERE organization_id = @o AND number = @n", ("o", organization), ("n", number)) is { } body ? RefundJson.Read(body) : null;

    private static async Task<string?> TextAsync(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = LedgerQueries.Command(connection, sql, parameters);
        return await command.ExecuteScalarAsync() as string;
    }
}

/// <summary>How a refund is stored: a format that grows only adds members.</summary>
public static class RefundJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true };

    /// <summary>The refund as text.</summary>
    public static string Write(RefundIntent intent) => JsonSerializer.Serialize(intent, Options);

    /// <summary>The text as a refund.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RefundIntent Read(string text) => JsonSerializer.Deserialize<RefundIntent>(text, Options) ?? throw new JsonException("There is no refund.");
}
