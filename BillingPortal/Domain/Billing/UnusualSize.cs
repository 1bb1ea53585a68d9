namespace BillingPortal.Domain.Billing;

/// <summary>Whether an amount is out of the ordinary for an organization, so that a slip of a digit is asked about before it is posted.</summary>
public static class UnusualSize
{
    /// <summary>How many times the median is unusual.</summary>
    public const int Times = 10;

    /// <summary>How few amounts say nothing about what is ordinary.</summary>
    public const int Fewest = 3;

    /// <summary>The median of <paramref name="sizes"/> in millionths, the lower of two; null where there are too few to have one.</summary>
    public static long? Median(IEnumerable<long> sizes)
    {
        var ordered = sizes.Where(size => size > 0).Order().ToList();
        return ordered.Count < Fewest ? null : ordered[(ordered.Count - 1) / 2];
    }

    /// <summary>True where <paramref name="size"/> is at least ten times <paramref name="median"/>.</summary>
    public static bool Is(long size, long? median) => median is { } usual && size / Times >= usual;
}
