namespace BillingPortal.Store.Migrations;

/// <summary>
/// Tariffs, what organizations were given instead or on top of them, and the usage that was rated by it. Months are numbers as 202409; quantities,
/// rates and exact amounts are text, as imports keep theirs (<see cref="UsageSchema"/>).
/// </summary>
public static class RatingSchema
{
    /// <summary>For SQLite.</summary>
    public static string Sqlite { get; } = Of("INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER", "INTEGER", "0", "", " WITHOUT ROWID");

    /// <summary>For PostgreSQL.</summary>
    public static string Postgres { get; } = Of("bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "bigint", "boolean", "FALSE", " COLLATE \"C\"", "");

    /// <summary>Takes them away again.</summary>
    public const string Drop = """
        DROP TABLE rated_carry; DROP TABLE rated_month; DROP TABLE rated_usage; DROP TABLE data_package; DROP TABLE inclusive_volume; DROP TABLE custom_rate;
        DROP TABLE organization_tariff; DROP TABLE tariff_rate; DROP TABLE tariff;
        """;

    private static string Of(string identity, string number, string boolean, string no, string binary, string withoutRowId) => $"""
        CREATE TABLE tariff (
          id {identity}, name text NOT NULL, currency text NOT NULL, standard {boolean} NOT NULL DEFAULT {no}, created_at {number} NOT NULL, created_by text NOT NULL);
        CREATE UNIQUE INDEX tariff_standard ON tariff (currency) WHERE standard;
        CREATE TABLE tariff_rate (
          id {identity}, tariff_id {number} NOT NULL, service text{binary} NOT NULL, ratezone text{binary} NOT NULL, unit text NOT NULL, rate text NOT NULL,
          starts_on {number} NOT NULL, ends_on {number}, created_at {number} NOT NULL, created_by text NOT NULL);
        CREATE INDEX tariff_rate_of ON tariff_rate (tariff_id, service);
        CREATE TABLE organization_tariff (
          organization_id {number} NOT NULL, starts_on {number} NOT NULL, tariff_id {number} NOT NULL, set_at {number} NOT NULL, set_by text NOT NULL,
          PRIMARY KEY (organization_id, starts_on)){withoutRowId};
        CREATE TABLE custom_rate (
          id {identity}, organization_id {number} NOT NULL, tariff_id {number}, service text{binary} NOT NULL, ratezone text{binary} NOT NULL, volume text NOT NULL,
          rate text NOT NULL, currency text NOT NULL, starts_on {number} NOT NULL, ends_on {number}, state {number} NOT NULL, created_at {number} NOT NULL,
          created_by text NOT NULL, ended_at {number}, ended_by text);
        CREATE INDEX custom_rate_of ON custom_rate (organization_id, service);
        CREATE TABLE inclusive_volume (
          id {identity}, organization_id {number} NOT NULL, service text{binary} NOT NULL, ratezone text{binary} NOT NULL, volume text NOT NULL,
          starts_on {number} NOT NULL, ends_on {number}, assigned_by {number}, created_at {number} NOT NULL, created_by text NOT NULL, ended_at {number}, ended_by text);
        CREATE INDEX inclusive_volume_of ON inclusive_volume (organization_id, service);
        CREATE TABLE data_package (
          id {identity}, organization_id {number} NOT NULL, name text NOT NULL, service text{binary} NOT NULL, ratezone text{binary} NOT NULL, volume text NOT NULL,
          price {number} NOT NULL, currency text NOT NULL, starts_on {number} NOT NULL, ends_on {number}, created_at {number} NOT NULL, created_by text NOT NULL,
          ended_at {number}, ended_by text);
        CREATE INDEX data_package_of ON data_package (organization_id, service);
        CREATE TABLE rated_usage (
          organization_id {number} NOT NULL, number {number} NOT NULL, idempotency_key text NOT NULL, service text{binary} NOT NULL, ratezone text{binary} NOT NULL,
          quantity text NOT NULL, unit text NOT NULL, occurred_at {number} NOT NULL, reported_at {number} NOT NULL, rated_at {number} NOT NULL, period {number} NOT NULL,
          tariff_rate_id {number}, custom_rate_id {number}, included text NOT NULL, charged text NOT NULL, rate text, amount text NOT NULL, parts text NOT NULL,
          carried text NOT NULL, ledger_id {number} NOT NULL, entry_seq {number}, origin {number} NOT NULL, supersedes {number}, superseded_by {number},
          PRIMARY KEY (organization_id, number)){withoutRowId};
        CREATE INDEX rated_usage_month ON rated_usage (organization_id, period, service, origin) WHERE superseded_by IS NULL;
        CREATE INDEX rated_usage_origin ON rated_usage (organization_id, origin, number);
        CREATE INDEX rated_usage_entry ON rated_usage (ledger_id, entry_seq) WHERE entry_seq IS NOT NULL;
        CREATE TABLE rated_month (
          organization_id {number} NOT NULL, service text{binary} NOT NULL, period {number} NOT NULL, tally text NOT NULL,
          PRIMARY KEY (organization_id, service, period)){withoutRowId};
        CREATE TABLE rated_carry (
          organization_id {number} NOT NULL, service text{binary} NOT NULL, carried text NOT NULL, PRIMARY KEY (organization_id, service)){withoutRowId};
        """;
}
