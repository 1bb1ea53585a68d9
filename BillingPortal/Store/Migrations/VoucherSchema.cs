namespace BillingPortal.Store.Migrations;

/// <summary>Vouchers and who redeemed them, in raw SQL: the writer writes redemptions under a head's lock.</summary>
public static class VoucherSchema
{
    /// <summary>For SQLite.</summary>
    public static readonly string Sqlite = Tables(" WITHOUT ROWID");

    /// <summary>For PostgreSQL.</summary>
    public static readonly string Postgres = Tables("");

    /// <summary>Takes them away again.</summary>
    public const string Drop = "DROP TABLE voucher_redemption; DROP TABLE voucher;";

    private static string Tables(string without) => $"""
        CREATE TABLE voucher (
          id text NOT NULL PRIMARY KEY, code text NOT NULL, amount bigint NOT NULL, currency text NOT NULL, expires_at bigint, redemption_limit integer NOT NULL, email text,
          organization_id bigint, note text NOT NULL, issued_at bigint NOT NULL, issued_by text NOT NULL, withdrawn_at bigint, withdrawn_by text){without};
        CREATE UNIQUE INDEX voucher_code ON voucher (code);
        CREATE UNIQUE INDEX voucher_issued ON voucher (issued_at);
        CREATE INDEX voucher_issuer ON voucher (issued_by, issued_at);
        CREATE TABLE voucher_redemption (
          voucher_id text NOT NULL, number integer NOT NULL, organization_id bigint NOT NULL, at bigint NOT NULL, actor text NOT NULL, seq bigint NOT NULL,
          PRIMARY KEY (voucher_id, number)){without};
        CREATE UNIQUE INDEX voucher_redemption_organization ON voucher_redemption (voucher_id, organization_id);
        """;
}
