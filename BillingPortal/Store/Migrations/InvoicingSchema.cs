using BillingPortal.Domain.Ledger;

namespace BillingPortal.Store.Migrations;

/// <summary>Billing details, billing configuration, closed periods and invoices (rules §8), in raw SQL beside the ledger's own tables.</summary>
public static class InvoicingSchema
{
    /// <summary>For SQLite.</summary>
    public static readonly string Sqlite = Tables(" WITHOUT ROWID", "");

    /// <summary>For PostgreSQL.</summary>
    public static readonly string Postgres = Tables("", " COLLATE \"C\"");

    /// <summary>Takes them away again.</summary>
    public const string Drop = """
        DROP TABLE period_event; DROP TABLE invoice_series; DROP TABLE invoice_event; DROP TABLE invoice; DROP TABLE invoice_issuer; DROP TABLE billing_config_change; DROP TABLE billing_config;
        DROP TABLE slug_alias; DROP TABLE billing_details_change; DROP TABLE billing_details;
        DROP INDEX journal_entry_by_hand; DROP INDEX journal_entry_by_hand_in;
        CREATE INDEX journal_entry_by_hand ON journal_entry (actor, recorded_at) WHERE kind IN (3, 4);
        CREATE INDEX journal_entry_by_hand_in ON journal_entry (organization_id, recorded_at) WHERE kind IN (3, 4);
        """;

    // tax_status: 0 no number, 1 pending, 2 verified, 3 unverified, 4 unavailable.
    private static string Tables(string without, string binary) => $"""
        CREATE TABLE billing_details (
          organization_id bigint NOT NULL PRIMARY KEY, version bigint NOT NULL, company_name text, line1 text, line2 text, city text, state text, postal_code text,
          country text, tax_id text{binary}, tax_id_type text, email text, phone text, tax_status integer NOT NULL, tax_checked_at bigint, tax_checked_name text,
          updated_at bigint NOT NULL){without};
        CREATE INDEX billing_details_tax_id ON billing_details (tax_id);
        CREATE INDEX billing_details_tax_status ON billing_details (tax_status);
        CREATE TABLE billing_details_change (
          organization_id bigint NOT NULL, version bigint NOT NULL, at bigint NOT NULL, actor text NOT NULL, via text NOT NULL, changes text NOT NULL,
          PRIMARY KEY (organization_id, version)){without};
        CREATE TABLE slug_alias (slug text{binary} NOT NULL PRIMARY KEY, organization_id bigint NOT NULL, since bigint NOT NULL){without};
        CREATE INDEX slug_alias_of ON slug_alias (organization_id);
        CREATE TABLE billing_config (
          organization_id bigint NOT NULL PRIMARY KEY, version bigint NOT NULL, issuer text, issuer_info text, payment_term integer, vat_rate integer, payment_data text,
          updated_at bigint NOT NULL){without};
        CREATE TABLE billing_config_change (
          organization_id bigint NOT NULL, version bigint NOT NULL, at bigint NOT NULL, actor text NOT NULL, via text NOT NULL, changes text NOT NULL,
          PRIMARY KEY (organization_id, version)){without};
        CREATE TABLE invoice_issuer (
          code text NOT NULL PRIMARY KEY, name text NOT NULL, line1 text NOT NULL, line2 text NOT NULL, city text NOT NULL, state text NOT NULL, postal_code text NOT NULL,
          country text NOT NULL, tax_id text, email text, account text, zone text NOT NULL){without};
        INSERT INTO invoice_issuer (code, name, line1, line2, city, state, postal_code, country, tax_id, email, account, zone)
          VALUES ('main', 'Platform Operations B.V.', 'Keizersgracht 241', '', 'Amsterdam', '', '1016 EA', 'NL', 'NL854321093B01', NULL, 'NL91ABNA0417164300', 'Europe/Amsterdam');
        CREATE TABLE invoice_series (series text NOT NULL PRIMARY KEY, issuer text NOT NULL, next_number bigint NOT NULL){without};
        CREATE TABLE invoice (
          organization_id bigint NOT NULL, ordinal integer NOT NULL, kind integer NOT NULL, status integer NOT NULL, number text, period integer, currency text NOT NULL,
          net bigint NOT NULL, tax bigint NOT NULL, total bigint NOT NULL, due bigint NOT NULL, paid bigint NOT NULL, credited bigint NOT NULL, credited_total bigint NOT NULL,
          written_off bigint NOT NULL, outstanding bigint NOT NULL, issued_on integer, due_on integer, seq bigint, corrects integer, sent_at bigint, reminders integer NOT NULL,
          steps integer NOT NULL, created_at bigint NOT NULL, updated_at bigint NOT NULL, document text NOT NULL, PRIMARY KEY (organization_id, ordinal)){without};
        CREATE UNIQUE INDEX invoice_number ON invoice (number);
        CREATE INDEX invoice_period ON invoice (period, status);
        CREATE INDEX invoice_created ON invoice (created_at);
        CREATE INDEX invoice_due ON invoice (due_on) WHERE status = 2;
        CREATE TABLE invoice_event (
          organization_id bigint NOT NULL, ordinal integer NOT NULL, step integer NOT NULL, at bigint NOT NULL, actor text NOT NULL, via text NOT NULL, code text NOT NULL,
          text text NOT NULL, amount bigint, reference text NOT NULL, seq bigint, PRIMARY KEY (organization_id, ordinal, step)){without};
        CREATE TABLE period_event (
          organization_id bigint NOT NULL, period integer NOT NULL, step integer NOT NULL, at bigint NOT NULL, actor text NOT NULL, via text NOT NULL, code text NOT NULL,
          reason text NOT NULL, seq bigint, ordinal integer, PRIMARY KEY (organization_id, period, step)){without};
        CREATE INDEX period_event_period ON period_event (period);
        DROP INDEX journal_entry_by_hand; DROP INDEX journal_entry_by_hand_in;
        CREATE INDEX journal_entry_by_hand ON journal_entry (actor, recorded_at) WHERE kind IN ({EntryKinds.ByHand});
        CREATE INDEX journal_entry_by_hand_in ON journal_entry (organization_id, recorded_at) WHERE kind IN ({EntryKinds.ByHand});
        """;
}
