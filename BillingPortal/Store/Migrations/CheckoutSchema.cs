namespace BillingPortal.Store.Migrations;

/// <summary>Purchases of credits, with what happened to each, in raw SQL: the writer writes them under a head's lock.</summary>
public static class CheckoutSchema
{
    /// <summary>For SQLite.</summary>
    public static readonly string Sqlite = Tables(" WITHOUT ROWID");

    /// <summary>For PostgreSQL.</summary>
    public static readonly string Postgres = Tables("");

    /// <summary>Takes them away again.</summary>
    public const string Drop = "DROP TABLE checkout_step; DROP TABLE checkout;";

    private static string Tables(string without) => $"""
        CREATE TABLE checkout (
          organization_id bigint NOT NULL, number bigint NOT NULL, id text NOT NULL, state integer NOT NULL, amount bigint NOT NULL, created_at bigint NOT NULL,
          updated_at bigint NOT NULL, due_at bigint, steps integer NOT NULL, body text NOT NULL, PRIMARY KEY (organization_id, number)){without};
        CREATE UNIQUE INDEX checkout_id ON checkout (id);
        CREATE INDEX checkout_due ON checkout (due_at) WHERE due_at IS NOT NULL;
        CREATE TABLE checkout_step (
          organization_id bigint NOT NULL, number bigint NOT NULL, step integer NOT NULL, at bigint NOT NULL, state integer NOT NULL, actor text NOT NULL, via text NOT NULL,
          code text NOT NULL, message text NOT NULL, PRIMARY KEY (organization_id, number, step)){without};
        """;
}
