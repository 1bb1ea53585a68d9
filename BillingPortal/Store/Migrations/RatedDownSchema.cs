namespace BillingPortal.Store.Migrations;

/// <summary>The indexes by which approval limits find what people gave back by rating a month again. The same SQL on both databases.</summary>
internal static class RatedDownSchema
{
    public const string Up =
        """
        CREATE INDEX journal_entry_rated_down ON journal_entry (actor, recorded_at) WHERE reason = 'usage_rated_again' AND kind = 2;
        CREATE INDEX journal_entry_rated_down_in ON journal_entry (organization_id, recorded_at) WHERE reason = 'usage_rated_again' AND kind = 2;
        """;

    public const string Drop = "DROP INDEX journal_entry_rated_down; DROP INDEX journal_entry_rated_down_in;";
}
