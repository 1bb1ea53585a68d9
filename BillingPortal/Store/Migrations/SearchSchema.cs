namespace BillingPortal.Store.Migrations;

/// <summary>
/// Finding organizations among a million: the words of their names, and short indexes of the few that are blocked or disabled. In raw SQL
/// for the same reasons as the ledger's tables. Names that were there before are parted as <c>NameSearch.LaterWords</c> parts them.
/// </summary>
public static class SearchSchema
{
    private const string Few = """
        CREATE INDEX organization_blocked ON organization (search_name, id) WHERE blocked_cause IS NOT NULL;
        CREATE INDEX organization_disabled ON organization (search_name, id) WHERE disabled;
        """;

    /// <summary>For SQLite.</summary>
    public const string Sqlite = """
        CREATE TABLE organization_word (word TEXT NOT NULL, organization_id INTEGER NOT NULL, PRIMARY KEY (word, organization_id)) WITHOUT ROWID;
        INSERT OR IGNORE INTO organization_word (word, organization_id)
        WITH RECURSIVE part (id, n, word, rest) AS (
          SELECT id, 0, '', replace(search_name, '-', ' ') || ' ' FROM organization
          UNION ALL
          SELECT id, n + (instr(rest, ' ') > 1), substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM part WHERE rest <> '')
        SELECT word, id FROM part WHERE word <> '' AND n > 1;
        """ + Few;

    /// <summary>For PostgreSQL.</summary>
    public const string Postgres = """
        CREATE TABLE organization_word (word text COLLATE "C" NOT NULL, organization_id bigint NOT NULL, PRIMARY KEY (word, organization_id));
        INSERT INTO organization_word (word, organization_id)
        SELECT word, id FROM organization, regexp_split_to_table(trim(BOTH ' -' FROM search_name), '[ -]+') WITH ORDINALITY AS part (word, n)
        WHERE n > 1 AND word <> '' ON CONFLICT DO NOTHING;
        """ + Few;

    /// <summary>Takes it away again.</summary>
    public const string Drop = "DROP INDEX organization_blocked; DROP INDEX organization_disabled; DROP TABLE organization_word;";
}
