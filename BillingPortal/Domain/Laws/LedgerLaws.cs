namespace BillingPortal.Domain.Laws;

/// <summary>The laws that one pass over the ledgers checks, in the order of the page.</summary>
public static class LedgerLaws
{
    /// <summary>Fresh ones, for one pass.</summary>
    public static IReadOnlyList<LedgerLaw> ForOnePass() =>
        [new SumLaw(), new BalanceLaw(), new FloorLaw(), new RequestLaw(), new ReversalLaw(), new TransferLaw(), new ChainLaw()];

    /// <summary>
    /// The first break of the ledger in hand: the earliest entry, then the ledger as a whole; of several at one place the one whose cause
    /// is certain.
    /// </summary>
    public static Break? FirstHere(IEnumerable<LedgerLaw> laws) => laws.SelectMany(law => law.Here)
        .OrderBy(found => found.Seq ?? long.MaxValue).ThenByDescending(found => found.Certain).ThenByDescending(found => found.Account is not null)
        .FirstOrDefault();
}
