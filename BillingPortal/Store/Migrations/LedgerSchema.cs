namespace BillingPortal.Store.Migrations;

/// <summary>
/// The ledger's tables in raw SQL, as measured (decision 0007). On SQLite WITHOUT ROWID but for the head; on PostgreSQL with room for
/// in-page updates where rows change, and with the amounts inside the posting's key so that as-of questions read the index alone.
/// </summary>
public static class LedgerSchema
{
    /// <summary>For SQLite.</summary>
    public const string Sqlite = """
        CREATE TABLE ledger_head (
          organization_id INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL,
          high_effective_at INTEGER NOT NULL, last_recorded_at INTEGER NOT NULL);
        CREATE TABLE account (
          organization_id INTEGER NOT NULL, account INTEGER NOT NULL, kind INTEGER NOT NULL, currency TEXT NOT NULL,
          balance INTEGER NOT NULL, expires_at INTEGER, PRIMARY KEY (organization_id, account)) WITHOUT ROWID;
        CREATE TABLE journal_entry (
          organization_id INTEGER NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, reason TEXT NOT NULL, comment TEXT NOT NULL,
          comment_seal BLOB NOT NULL, actor TEXT NOT NULL, actor_seal BLOB NOT NULL, via TEXT NOT NULL, service TEXT NOT NULL,
          detail TEXT NOT NULL, period INTEGER NOT NULL, effective_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, late INTEGER NOT NULL,
          idempotency_key TEXT NOT NULL, request_hash BLOB NOT NULL, prev_hash BLOB NOT NULL, hash BLOB NOT NULL, reverses_seq INTEGER,
          transfer_id TEXT, net_amount INTEGER NOT NULL, net_after INTEGER NOT NULL,
          PRIMARY KEY (organization_id, seq)) WITHOUT ROWID;
        CREATE UNIQUE INDEX journal_entry_key ON journal_entry (organization_id, idempotency_key);
        CREATE INDEX journal_entry_effective ON journal_entry (organization_id, effective_at, seq) WHERE late = 0;
        CREATE INDEX journal_entry_late ON journal_entry (organization_id, effective_at, seq) WHERE late = 1;
        CREATE INDEX journal_entry_lag ON journal_entry (organization_id, (recorded_at - effective_at)) WHERE late = 1;
        CREATE INDEX journal_entry_recorded ON journal_entry (organization_id, recorded_at, seq);
        CREATE UNIQUE INDEX journal_entry_reverses ON journal_entry (organization_id, reverses_seq) WHERE reverses_seq IS NOT NULL;
        CREATE INDEX journal_entry_usage ON journal_entry (organization_id, period, seq) WHERE kind IN (1, 2, 4);
        CREATE INDEX journal_entry_by_hand ON journal_entry (actor, recorded_at) WHERE kind IN (3, 4);
        CREATE INDEX journal_entry_by_hand_in ON journal_entry (organization_id, recorded_at) WHERE kind IN (3, 4);
        CREATE INDEX journal_entry_latest ON journal_entry (recorded_at, organization_id, seq);
        CREATE TABLE posting (
          organization_id INTEGER NOT NULL, account INTEGER NOT NULL, seq INTEGER NOT NULL, amount INTEGER NOT NULL,
          balance_after INTEGER NOT NULL, effective_at INTEGER NOT NULL, late INTEGER NOT NULL,
          PRIMARY KEY (organization_id, account, seq)) WITHOUT ROWID;
        CREATE INDEX posting_late ON posting (organization_id, account, effective_at, seq, amount) WHERE late = 1;
        CREATE TABLE api_receipt (
          organization_id INTEGER NOT NULL, idempotency_key TEXT NOT NULL, request_hash BLOB NOT NULL, status INTEGER NOT NULL,
          body TEXT NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (organization_id, idempotency_key)) WITHOUT ROWID;
        CREATE TABLE actor_lock (actor TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
        """;

    /// <summary>For PostgreSQL.</summary>
    public const string Postgres = """
        CREATE TABLE ledger_head (
          organization_id bigint NOT NULL PRIMARY KEY, seq bigint NOT NULL, hash bytea NOT NULL,
          high_effective_at bigint NOT NULL, last_recorded_at bigint NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE account (
          organization_id bigint NOT NULL, account integer NOT NULL, kind integer NOT NULL, currency text NOT NULL,
          balance bigint NOT NULL, expires_at bigint, PRIMARY KEY (organization_id, account)) WITH (fillfactor = 50);
        CREATE TABLE journal_entry (
          organization_id bigint NOT NULL, seq bigint NOT NULL, kind integer NOT NULL, reason text NOT NULL, comment text NOT NULL,
          comment_seal bytea NOT NULL, actor text COLLATE "C" NOT NULL, actor_seal bytea NOT NULL, via text NOT NULL, service text NOT NULL,
          detail text NOT NULL, period integer NOT NULL, effective_at bigint NOT NULL, recorded_at bigint NOT NULL, late boolean NOT NULL,
          idempotency_key text COLLATE "C" NOT NULL, request_hash bytea NOT NULL, prev_hash bytea NOT NULL, hash bytea NOT NULL,
          reverses_seq bigint, transfer_id text, net_amount bigint NOT NULL, net_after bigint NOT NULL,
          PRIMARY KEY (organization_id, seq));
        CREATE UNIQUE INDEX journal_entry_key ON journal_entry (organization_id, idempotency_key);
        CREATE INDEX journal_entry_effective ON journal_entry (organization_id, effective_at, seq) WHERE NOT late;
        CREATE INDEX journal_entry_late ON journal_entry (organization_id, effective_at, seq) WHERE late;
        CREATE INDEX journal_entry_lag ON journal_entry (organization_id, (recorded_at - effective_at)) WHERE late;
        CREATE INDEX journal_entry_recorded ON journal_entry (organization_id, recorded_at, seq);
        CREATE UNIQUE INDEX journal_entry_reverses ON journal_entry (organization_id, reverses_seq) WHERE reverses_seq IS NOT NULL;
        CREATE INDEX journal_entry_usage ON journal_entry (organization_id, period, seq) WHERE kind IN (1, 2, 4);
        CREATE INDEX journal_entry_by_hand ON journal_entry (actor, recorded_at) WHERE kind IN (3, 4);
        CREATE INDEX journal_entry_by_hand_in ON journal_entry (organization_id, recorded_at) WHERE kind IN (3, 4);
        CREATE INDEX journal_entry_latest ON journal_entry (recorded_at, organization_id, seq);
        CREATE TABLE posting (
          organization_id bigint NOT NULL, account integer NOT NULL, seq bigint NOT NULL, amount bigint NOT NULL,
          balance_after bigint NOT NULL, effective_at bigint NOT NULL, late boolean NOT NULL,
          PRIMARY KEY (organization_id, account, seq) INCLUDE (amount, balance_after));
        CREATE INDEX posting_late ON posting (organization_id, account, effective_at) INCLUDE (seq, amount) WHERE late;
        CREATE TABLE api_receipt (
          organization_id bigint NOT NULL, idempotency_key text COLLATE "C" NOT NULL, request_hash bytea NOT NULL, status integer NOT NULL,
          body text NOT NULL, created_at bigint NOT NULL, PRIMARY KEY (organization_id, idempotency_key));
        CREATE TABLE actor_lock (actor text COLLATE "C" NOT NULL PRIMARY KEY);
        CREATE SEQUENCE organization_number START 10001;
        """;

    /// <summary>Undoes PostgreSQL's.</summary>
    public const string DropPostgres = Drop + " DROP SEQUENCE organization_number;";

    /// <summary>Undoes SQLite's.</summary>
    public const string Drop = """
        DROP TABLE actor_lock; DROP TABLE api_receipt; DROP TABLE posting; DROP TABLE journal_entry; DROP TABLE account; DROP TABLE ledger_head;
        """;
}
