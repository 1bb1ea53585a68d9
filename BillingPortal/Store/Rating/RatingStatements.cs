using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Rating;

/// <summary>How rated usage is written, in the transaction of the entries that it made.</summary>
internal static class RatingStatements
{
    private const string InsertLine =
        """
        INSERT INTO rated_usage (organization_id, number, idempotency_key, service, ratezone, quantity, unit, occurred_at, reported_at, rated_at, period, tariff_rate_id,
          custom_rate_id, included, charged, rate, amount, parts, carried, ledger_id, entry_seq, origin, supersedes)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
        """;

    private const string UpsertMonth =
        """
        INSERT INTO rated_month (organization_id, service, period, tally) VALUES ($1, $2, $3, $4)
        ON CONFLICT (organization_id, service, period) DO UPDATE SET tally = excluded.tally
        """;

    private const string UpsertCarry =
        """
        INSERT INTO rated_carry (organization_id, service, carried) VALUES ($1, $2, $3)
        ON CONFLICT (organization_id, service) DO UPDATE SET carried = excluded.carried
        """;

    /// <summary>The statements of what a decision wrote down.</summary>
    public static IEnumerable<Statement> Of(OrganizationId id, RatedUsage usage) =>
    [
        .. usage.Lines.Select(line => new Statement(InsertLine,
            id.Value, line.Number, line.Key, line.Service, line.Ratezone, line.Quantity.ToString(), line.Unit, line.OccurredAt.Micros, line.ReportedAt.Micros, line.RatedAt.Micros,
            (long)line.Period.Number, line.TariffRate, line.CustomRate, line.Included.ToString(), line.Charged.ToString(), line.Rate?.ToString(), line.Amount.ToString(),
            RatedJson.Write(line.Parts), line.CarriedOut.ToString(), line.Ledger.Value, line.EntrySeq, line.Origin, line.Supersedes)),
        .. usage.Lines.Where(line => line.Supersedes is not null).Select(line => new Statement(
            "UPDATE rated_usage SET superseded_by = $3 WHERE organization_id = $1 AND number = $2", id.Value, line.Supersedes, line.Number)),
        .. usage.Months.Select(month => new Statement(UpsertMonth, id.Value, month.Service, (long)month.Period.Number, RatedJson.Write(month.Tally))),
        .. usage.Carries.Select(carry => new Statement(UpsertCarry, id.Value, carry.Service, carry.Carried.ToString())),
    ];
}
