namespace BillingPortal.Store.Migrations;

/// <summary>Who paid for an organization before it changed: months that ended before are billed to whoever paid then.</summary>
public static class PayerSchema
{
    /// <summary>For SQLite.</summary>
    public static readonly string Sqlite = Table(" WITHOUT ROWID");

    /// <summary>For PostgreSQL.</summary>
    public static readonly string Postgres = Table("");

    /// <summary>Takes it away again.</summary>
    public const string Drop = "DROP TABLE payer_change;";

    private static string Table(string without) => $"""
        CREATE TABLE payer_change (
          organization_id bigint NOT NULL, step integer NOT NULL, at bigint NOT NULL, payer_before bigint, payer_after bigint, PRIMARY KEY (organization_id, step)){without};
        CREATE INDEX payer_change_before ON payer_change (payer_before);
        """;
}
