using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>A line of one of contract 4's look-up tables about prepaid balances.</summary>
/// <param name="Id">Contract 4's id.</param>
/// <param name="Name">For people.</param>
public sealed record PrepaidWord(int Id, string Name);

/// <summary>
/// Contract 4's types of balance transactions and payment options, as data. What is added through the contract is 1, 2 or 3; the others are what else moves
/// a prepaid balance. Usage is not listed among them: it stands in statements, bills and the journal.
/// </summary>
public static class PrepaidTransactions
{
    /// <summary>Money was paid in.</summary>
    public const int TopUp = 1;

    /// <summary>Credit was given.</summary>
    public const int CreditNote = 2;

    /// <summary>The balance was set to zero, or set up anew after that.</summary>
    public const int Reset = 3;

    /// <summary>Every type.</summary>
    public static readonly ImmutableArray<PrepaidWord> Types =
    [
        new(TopUp, "Top-up"), new(CreditNote, "Credit note"), new(Reset, "Balance reset"), new(4, "Adjustment"), new(5, "Transfer"), new(6, "Dispute"), new(7, "Other"),
    ];

    /// <summary>The types that can be added with.</summary>
    public static IEnumerable<PrepaidWord> Given => Types.Where(type => type.Id <= Reset);

    /// <summary>How it was paid.</summary>
    public static readonly ImmutableArray<PrepaidWord> PaymentOptions =
        [new(1, "Bank transfer"), new(2, "Card"), new(3, "Direct debit"), new(4, "Cheque"), new(5, "Set off against another claim")];

    /// <summary>The line with this id, or null.</summary>
    public static PrepaidWord? Find(IEnumerable<PrepaidWord> words, int? id) => words.FirstOrDefault(word => word.Id == id);

    /// <summary>Which type an entry is.</summary>
    public static PrepaidWord TypeOf(EntryKind kind, string reason) => Types[(kind, reason) switch
    {
        (EntryKind.TopUp, _) => TopUp,
        (_, var code) when code == ReasonCode.CreditNoteGiven.Code => CreditNote,
        (_, var code) when code == ReasonCode.BalanceReset.Code => Reset,
        (EntryKind.Adjustment or EntryKind.Reversal, _) => 4,
        (EntryKind.Transfer, _) => 5,
        (EntryKind.Dispute or EntryKind.DisputeWon, _) => 6,
        _ => 7,
    } - 1];
}
