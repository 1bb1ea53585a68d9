using System.Globalization;
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
        _ => null,
    };

    /// <summary>What became of it.</summary>
    public static string Later(EntryInChain chain) => WhyNot(chain) ?? "Not undone. Undoing it posts an entry with the other signs; a preview comes first.";
}
