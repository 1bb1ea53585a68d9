namespace BillingPortal.Store.Migrations;

/// <summary>Refunds on their way to the payment provider, with what happened to each, in raw SQL: the writer writes them under a head's lock.</summary>
public static class DunningSchema
{
    /// <summary>For SQLite.</summary>
    public static readonly string Sqlite = Tables(" WITHOUT ROWID");

    /// <summary>For PostgreSQL.</summary>
    public static readonly string Postgres = Tables("");

    /// <summary>Takes them away again.</summary>
    public const string Drop = "DROP TABLE refund_step; DROP TABLE refund_intent;";

    private static string Tables(string without) => $"""
        CREATE TABLE refund_intent (
          organization_id bigint NOT NULL, number bigint NOT NULL, state integer NOT NULL, recharge bigint NOT NULL, amount bigint NOT NULL, created_at bigint NOT NULL,
          updated_at bigint NOT NULL, due_at bigint, steps integer NOT NULL, body text NOT NULL, PRIMARY KEY (organization_id, number)){without};
        CREATE INDEX refund_intent_due ON refund_intent (due_at) WHERE due_at IS NOT NULL;
        CREATE TABLE refund_step (
          organization_id bigint NOT NULL, number bigint NOT NULL, step integer NOT NULL, at bigint NOT NULL, state integer NOT NULL, actor text NOT NULL, via text NOT NULL,
          code text NOT NULL, message text NOT NULL, PRIMARY KEY (organization_id, number, step)){without};
        """;
}
