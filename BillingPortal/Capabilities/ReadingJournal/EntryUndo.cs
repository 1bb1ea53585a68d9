using System.Globalization;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Reading;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>Whether an entry can be undone at all, and what became of it, in words. Whether it can be undone now, the undo's preview says.</summary>
internal static class EntryUndo
{
    /// <summary>Why it is not undone from here; null where it may be.</summary>
    public static string? WhyNot(EntryInChain chain) => (chain.ReversedBySeq, chain.Entry.Kind) switch
    {
        ({ } by, _) => string.Create(CultureInfo.InvariantCulture, $"Undone by entry {by}."),
        (_, EntryKind.Reversal) => "An undo is not undone; the change is made again instead.",
        (_, EntryKind.TopUp) => "Not undone: a payment is refunded instead.",
        (_, EntryKind.Dispute or EntryKind.DisputeWon) => "Not undone: the bank decides a dispute.",
        (_, EntryKind.Invoice) => "Not undone: a closed month is opened again, an issued invoice is corrected by a credit note.",
        (_, EntryKind.CreditNote or EntryKind.WriteOff) => "Not undone: what was decided about an invoice stays; decide again about the invoice.",
        (_, EntryKind.Payment or EntryKind.Refund) => "Not undone: money that moved is paid back or asked for again.",
        (_, EntryKind.Expiry) => "Not undone: credits that lapsed are granted again instead.",
        (_, EntryKind.Fee) => "Not undone: a plan's fee is corrected by a credit note of its invoice.",
        _ => null,
    };

    /// <summary>Whose word it takes: a transfer is undone on both sides at once.</summary>
    public static Permission Needs(EntryInChain chain) => chain.Entry.Kind == EntryKind.Transfer ? Permission.TransferBalances : Permission.AdjustBalances;

    /// <summary>The page that does it, behind the entry's own.</summary>
    public static string PageOf(EntryInChain chain) => chain.Entry.Kind == EntryKind.Transfer ? "undo-transfer" : "undo";

    /// <summary>What became of it.</summary>
    public static string Later(EntryInChain chain) => WhyNot(chain) ?? "Not undone. Undoing it posts an entry with the other signs; a preview comes first.";
}
