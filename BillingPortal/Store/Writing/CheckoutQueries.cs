using System.Data.Common;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Writing;

/// <summary>How purchases of credits are read for decisions and written, the same SQL on both databases.</summary>
internal static class CheckoutQueries
{
    /// <summary>What a decision about a purchase must see.</summary>
    public static async Task<CheckoutFacts> FactsAsync(DbConnection connection, CheckoutNeeded needed)
    {
        var organization = needed.Organization.Value;
        if (needed.Number is not { } number)
        {
            return new CheckoutFacts(null, (await LedgerQueries.ScalarAsync(connection, "SELECT MAX(number) FROM checkout WHERE organization_id = @o", ("o", organization)) ?? 0) + 1);
        }

        await using var command = LedgerQueries.Command(connection, "SELECT body FROM checkout WHERE organization_id = @o AND number = @n", ("o", organization), ("n", number));
        return new CheckoutFacts(await command.ExecuteScalarAsync() is string body ? CheckoutJson.Read(body) : null, 0);
    }

    /// <summary>The purchase as it stands, the line in its record, and, where it is begun, the event that people read.</summary>
    public static IEnumerable<Statement> Statements(OrganizationId id, Checkout checkout, CheckoutStep step, Actor actor, Instant now) =>
    [
        new("""
            INSERT INTO checkout (organization_id, number, id, state, amount, created_at, updated_at, due_at, steps, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (organization_id, number) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at, due_at = excluded.due_at, steps = excluded.steps, body = excluded.body
            """, id.Value, checkout.Number, checkout.Id, (int)checkout.State, checkout.Amount, checkout.CreatedAt.Micros, now.Micros, checkout.DueAt?.Micros, checkout.Steps, CheckoutJson.Write(checkout)),
        new("INSERT INTO checkout_step (organization_id, number, step, at, state, actor, via, code, message) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id.Value, checkout.Number, checkout.Steps, now.Micros, (int)checkout.State, actor.Id, actor.Via, step.Code, step.Message),
        .. checkout.Steps == 1 ? [EffectStatements.Event(id, now, "checkout_begun", step.Message, 0)] : Array.Empty<Statement>(),
    ];
}

/// <summary>How a purchase is stored: a format that grows only adds members.</summary>
public static class CheckoutJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true };

    /// <summary>The purchase as text.</summary>
    public static string Write(Checkout checkout) => JsonSerializer.Serialize(checkout, Options);

    /// <summary>The text as a purchase.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Checkout Read(string text) => JsonSerializer.Deserialize<Checkout>(text, Options) ?? throw new JsonException("There is no purchase.");
}
