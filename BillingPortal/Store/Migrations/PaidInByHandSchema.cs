using BillingPortal.Domain.Ledger;

namespace BillingPortal.Store.Migrations;

/// <summary>The indexes by which approval limits find the few top-ups that people entered among those that cards paid. The same SQL on both databases.</summary>
internal static class PaidInByHandSchema
{
    public const string Up =
        $"""
        CREATE INDEX journal_entry_topped_up ON journal_entry (actor, recorded_at) WHERE reason = {EntryKinds.ToppedUpByHand};
        CREATE INDEX journal_entry_topped_up_in ON journal_entry (organization_id, recorded_at) WHERE reason = {EntryKinds.ToppedUpByHand};
        """;

    public const string Drop = "DROP INDEX journal_entry_topped_up; DROP INDEX journal_entry_topped_up_in;";
}
