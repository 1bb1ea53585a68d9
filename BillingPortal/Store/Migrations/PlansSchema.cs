using System.Globalization;
using BillingPortal.Domain.Plans;
using BillingPortal.Store.Plans;

namespace BillingPortal.Store.Migrations;

/// <summary>The catalogue, subscriptions, fees and coupons (rules §7), in raw SQL beside the ledger's own tables, and the catalogue with which a store begins.</summary>
public static class PlansSchema
{
    /// <summary>For SQLite.</summary>
    public static readonly string Sqlite = Tables(" WITHOUT ROWID") + Seed();

    /// <summary>For PostgreSQL.</summary>
    public static readonly string Postgres = Tables("") + Seed();

    /// <summary>Takes them away again.</summary>
    public const string Drop = """
        DROP INDEX account_expiry; DROP TABLE catalogue_draft; DROP TABLE coupon_redemption; DROP TABLE coupon; DROP TABLE plan_fee_step; DROP TABLE plan_fee;
        DROP TABLE subscription_change; DROP TABLE subscription; DROP TABLE plan_version;
        """;

    private static string Tables(string without) => $"""
        CREATE TABLE plan_version (
          code text NOT NULL, number integer NOT NULL, valid_from bigint NOT NULL, terms text NOT NULL, published_at bigint NOT NULL, published_by text NOT NULL,
          PRIMARY KEY (code, number)){without};
        CREATE TABLE subscription (
          organization_id bigint NOT NULL PRIMARY KEY, version bigint NOT NULL, plan text NOT NULL, plan_version integer NOT NULL, state integer NOT NULL, standing integer NOT NULL,
          due_at bigint, body text NOT NULL, updated_at bigint NOT NULL){without};
        CREATE INDEX subscription_due ON subscription (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX subscription_plan ON subscription (plan, plan_version, organization_id);
        CREATE TABLE subscription_change (
          organization_id bigint NOT NULL, version bigint NOT NULL, at bigint NOT NULL, actor text NOT NULL, via text NOT NULL, code text NOT NULL, text text NOT NULL,
          fee bigint, payer_id bigint, body text NOT NULL, PRIMARY KEY (organization_id, version)){without};
        CREATE TABLE plan_fee (
          payer_id bigint NOT NULL, number bigint NOT NULL, organization_id bigint NOT NULL, state integer NOT NULL, amount bigint NOT NULL, currency text NOT NULL,
          due_at bigint, attempt integer NOT NULL, payment_method_id bigint NOT NULL, payment_id text, failure_code text, failure_message text, settled_seq bigint,
          steps integer NOT NULL, command_key text NOT NULL, created_at bigint NOT NULL, updated_at bigint NOT NULL, body text NOT NULL, PRIMARY KEY (payer_id, number)){without};
        CREATE INDEX plan_fee_due ON plan_fee (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX plan_fee_of ON plan_fee (organization_id, created_at);
        CREATE UNIQUE INDEX plan_fee_open ON plan_fee (organization_id) WHERE state < 10;
        CREATE TABLE plan_fee_step (
          payer_id bigint NOT NULL, number bigint NOT NULL, step integer NOT NULL, attempt integer NOT NULL, at bigint NOT NULL, state integer NOT NULL, code text NOT NULL,
          message text NOT NULL, payment_id text, via text NOT NULL, PRIMARY KEY (payer_id, number, step)){without};
        CREATE TABLE coupon (
          code text NOT NULL PRIMARY KEY, terms text NOT NULL, expires_at bigint, redemption_limit integer, created_at bigint NOT NULL, created_by text NOT NULL){without};
        CREATE TABLE coupon_redemption (
          coupon text NOT NULL, number integer NOT NULL, organization_id bigint NOT NULL, at bigint NOT NULL, released_at bigint, PRIMARY KEY (coupon, number)){without};
        CREATE INDEX coupon_redemption_of ON coupon_redemption (organization_id, coupon);
        CREATE TABLE catalogue_draft (
          code text NOT NULL PRIMARY KEY, version bigint NOT NULL, terms text NOT NULL, updated_at bigint NOT NULL, updated_by text NOT NULL){without};
        CREATE INDEX account_expiry ON account (expires_at) WHERE expires_at IS NOT NULL AND balance > 0;

        """;

    /// <summary>The catalogue of <see cref="SeededPlans"/>; a snapshot test keeps what was released from changing.</summary>
    private static string Seed() => string.Concat(SeededPlans.Catalogue.Versions.Select(version => string.Create(CultureInfo.InvariantCulture,
        $"INSERT INTO plan_version (code, number, valid_from, terms, published_at, published_by) VALUES ('{version.Code}', {version.Number}, {version.From.Micros}, '{PlanJson.Write(version.Terms).Replace("'", "''", StringComparison.Ordinal)}', 0, 'system');\n")));
}
