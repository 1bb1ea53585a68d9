namespace BillingPortal.Store.Migrations;

/// <summary>What mails carry beside their text, as an invoice's files.</summary>
public static class MailAttachmentSchema
{
    /// <summary>For SQLite.</summary>
    public static readonly string Sqlite = Table("BLOB", " WITHOUT ROWID");

    /// <summary>For PostgreSQL.</summary>
    public static readonly string Postgres = Table("bytea", "");

    /// <summary>Takes it away again.</summary>
    public const string Drop = "DROP TABLE mail_attachment;";

    private static string Table(string bytes, string without) => $"""
        CREATE TABLE mail_attachment (
          mail_id bigint NOT NULL, position integer NOT NULL, name text NOT NULL, media_type text NOT NULL, content {bytes} NOT NULL, PRIMARY KEY (mail_id, position)){without};
        """;
}
