using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rating;

namespace BillingPortal.Store.Writing;

/// <summary>Reads what a decision about a billing configuration sees; the same SQL on both databases.</summary>
internal static class BillingConfigQueries
{
    public static async Task<BillingConfigFacts> FactsAsync(DbConnection connection, OrganizationId organization) =>
        new(await ConfigAsync(connection, organization), await RatingQueries.AllowancesAsync(connection, organization, service: null));

    private static async Task<BillingConfig> ConfigAsync(DbConnection connection, OrganizationId organization)
    {
        await using var command = LedgerQueries.Command(connection,
            "SELECT version, issuer_info, payment_term, vat_rate, payment_data FROM billing_config WHERE organization_id = @o", ("o", organization.Value));
        await using var rows = await command.ExecuteReaderAsync();
        return !await rows.ReadAsync() ? BillingConfig.None : new BillingConfig
        {
            Version = rows.GetInt64(0),
            IssuerInfo = rows.IsDBNull(1) ? null : rows.GetString(1),
            PaymentTerm = rows.IsDBNull(2) ? null : rows.GetInt32(2),
            VatRate = rows.IsDBNull(3) ? null : rows.GetInt32(3),
            PaymentData = rows.IsDBNull(4) ? null : rows.GetString(4),
        };
    }
}

/// <summary>How a billing configuration is written: the row, its history's line, and the event that people read.</summary>
internal static class BillingConfigStatements
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<Statement> Of(OrganizationId id, BillingConfig config, ImmutableArray<SettingChange> changed, Actor actor, Instant now, long seq) =>
    [
        new("""
            INSERT INTO billing_config (organization_id, version, issuer_info, payment_term, vat_rate, payment_data, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (organization_id) DO UPDATE SET version = excluded.version, issuer_info = excluded.issuer_info, payment_term = excluded.payment_term,
              vat_rate = excluded.vat_rate, payment_data = excluded.payment_data, updated_at = excluded.updated_at
            """, id.Value, config.Version, config.IssuerInfo, config.PaymentTerm, config.VatRate, config.PaymentData, now.Micros),
        new("INSERT INTO billing_config_change (organization_id, version, at, actor, via, changes) VALUES ($1, $2, $3, $4, $5, $6)",
            id.Value, config.Version, now.Micros, actor.Id, actor.Via, JsonSerializer.Serialize(changed, Json)),
        EffectStatements.Event(id, now, "billing_configuration_updated",
            $"Billing configuration updated: {string.Join(", ", changed.Select(line => Words(line)))}.", seq),
    ];

    /// <summary>Long words and payment data stand in the history, which fewer people read.</summary>
    private static string Words(SettingChange line) => BillingConfigChanges.NameOf(line.Setting).ToLowerInvariant()
        + (line.Setting is "payment_data" or "invoice_issuer_info" ? "" : $" {line.Before} → {line.After}");
}
