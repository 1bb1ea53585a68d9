namespace BillingPortal.Store.Migrations;

/// <summary>
/// The heads as they were when the laws last held: whoever takes away a ledger's last entries, or a whole ledger, and makes its head and
/// balances fit, is found by them. In raw SQL like the heads themselves.
/// </summary>
public static class PublishedHeadSchema
{
    /// <summary>For SQLite.</summary>
    public const string Sqlite = "CREATE TABLE published_head (organization_id INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL);";

    /// <summary>For PostgreSQL.</summary>
    public const string Postgres = "CREATE TABLE published_head (organization_id bigint NOT NULL PRIMARY KEY, seq bigint NOT NULL, hash bytea NOT NULL);";

    /// <summary>Takes it away again.</summary>
    public const string Drop = "DROP TABLE published_head;";
}
