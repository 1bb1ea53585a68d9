namespace BillingPortal.Store.Migrations;

/// <summary>
/// What imports keep (ledger.md, "Staged import"): staged rows and groups, invisible to every other page, and what is delivered and carried.
/// Exact amounts are text: neither database has a number that holds 24 decimals exactly.
/// </summary>
public static class UsageSchema
{
    /// <summary>For SQLite.</summary>
    public static string Sqlite { get; } = Of("INTEGER PRIMARY KEY AUTOINCREMENT", "BLOB", "INTEGER", "", " WITHOUT ROWID");

    /// <summary>For PostgreSQL.</summary>
    public static string Postgres { get; } = Of("bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "bytea", "bigint", " COLLATE \"C\"", "");

    /// <summary>Takes them away again.</summary>
    public const string Drop = """
        DROP TABLE usage_publication; DROP TABLE usage_delivery; DROP TABLE usage_carry; DROP TABLE usage_delivered;
        DROP TABLE usage_error; DROP TABLE usage_group; DROP TABLE usage_row; DROP TABLE usage_import;
        """;

    private static string Of(string identity, string bytes, string number, string binary, string withoutRowId) => $"""
        CREATE TABLE usage_import (
          id {identity}, state {number} NOT NULL, file_name text NOT NULL, actor text NOT NULL, via text NOT NULL, holder text NOT NULL,
          started_at {number} NOT NULL, beat_at {number} NOT NULL, ended_at {number}, rows_read {number} NOT NULL, bytes_read {number} NOT NULL,
          summary text NOT NULL);
        CREATE INDEX usage_import_state ON usage_import (state, beat_at);
        CREATE TABLE usage_row (
          import_id {number} NOT NULL, row_number {number} NOT NULL, group_number {number} NOT NULL, fingerprint {bytes} NOT NULL,
          amount text NOT NULL, charged_at {number} NOT NULL, PRIMARY KEY (import_id, row_number)){withoutRowId};
        CREATE TABLE usage_group (
          import_id {number} NOT NULL, group_number {number} NOT NULL, provider text NOT NULL, billing_account_id text NOT NULL,
          sub_account_id text NOT NULL, billing_account_name text NOT NULL, sub_account_name text NOT NULL, currency text NOT NULL,
          service text NOT NULL, period {number} NOT NULL, amount text NOT NULL, last_charge {number} NOT NULL,
          PRIMARY KEY (import_id, group_number)){withoutRowId};
        CREATE TABLE usage_error (
          import_id {number} NOT NULL, number {number} NOT NULL, row_number {number}, column_name text, value text, reason text NOT NULL,
          PRIMARY KEY (import_id, number)){withoutRowId};
        CREATE TABLE usage_delivered (
          organization_id {number} NOT NULL, service text{binary} NOT NULL, period {number} NOT NULL, amount text NOT NULL,
          last_charge {number} NOT NULL, import_id {number} NOT NULL, PRIMARY KEY (organization_id, service, period)){withoutRowId};
        CREATE TABLE usage_carry (
          organization_id {number} NOT NULL, service text{binary} NOT NULL, carried text NOT NULL,
          PRIMARY KEY (organization_id, service)){withoutRowId};
        CREATE TABLE usage_delivery (
          organization_id {number} NOT NULL, period {number} NOT NULL, import_id {number} NOT NULL,
          PRIMARY KEY (organization_id, period)){withoutRowId};
        CREATE INDEX usage_delivery_import ON usage_delivery (import_id);
        CREATE TABLE usage_publication (one {number} NOT NULL PRIMARY KEY, import_id {number} NOT NULL);
        INSERT INTO usage_publication (one, import_id) VALUES (1, 0);
        """;
}
