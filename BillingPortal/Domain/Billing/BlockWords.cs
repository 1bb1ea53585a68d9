using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>What people read of blocks: data, a line for each cause, in the order in which they matter.</summary>
public static class BlockWords
{
    private static readonly ImmutableArray<(BlockCause Cause, string Short, string Why, string Until)> Lines =
    [
        (BlockCause.Overdue, "overdue", "an invoice is 30 days overdue", "it is paid"),
        (BlockCause.UnfundedOverdraft, "overdraft", "usage went into an overdraft that nobody allowed", "it is repaid"),
        (BlockCause.BalanceExhausted, "balance empty", "the prepaid balance is used up", "value is added"),
        (BlockCause.CapReached, "cap reached", "the spending cap is used up", "it leaves room again"),
    ];

    /// <summary>A badge's words for what matters most among these causes: "Blocked: overdraft".</summary>
    public static string Badge(BlockCause? causes) => Of(causes) is [var first, ..] ? $"Blocked: {first.Short}" : "Blocked";

    /// <summary>Each cause as a sentence: "The prepaid balance is used up; requests pass again when value is added."</summary>
    public static IEnumerable<string> Sentences(BlockCause? causes) => Of(causes).Select(line => $"{char.ToUpperInvariant(line.Why[0])}{line.Why[1..]}; requests pass again when {line.Until}.");

    private static ImmutableArray<(BlockCause Cause, string Short, string Why, string Until)> Of(BlockCause? causes) => [.. Lines.Where(line => (causes ?? BlockCause.None).HasFlag(line.Cause))];
}
