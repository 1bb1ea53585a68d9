namespace BillingPortal.Store.Auditing;

/// <summary>A law that a room checks by itself, beside those of the one pass over the ledgers: registered as this, it is checked, shown and verified with them.</summary>
public interface ILaw
{
    /// <summary>The stable word under which its last check is kept.</summary>
    string Code { get; }

    /// <summary>The law, for people.</summary>
    string Name { get; }

    /// <summary>Over what it holds, for people.</summary>
    string Scope { get; }

    /// <summary>What is counted, as in "carries".</summary>
    string Unit { get; }

    /// <summary>Checks it.</summary>
    Task<LawFinding> CheckAsync(CancellationToken cancel);
}

/// <summary>What a check came to.</summary>
/// <param name="Holds">Whether the law holds.</param>
/// <param name="Over">Over how many it was checked.</param>
/// <param name="Finding">Where it holds, what else there is to say; where it does not, the first break: where, what is stored, what should be.</param>
public sealed record LawFinding(bool Holds, long Over, string Finding);
