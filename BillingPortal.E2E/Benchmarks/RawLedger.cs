using System.Data.Common;
using System.Security.Cryptography;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// The yardstick: the statements of one charge, in one durable transaction, by one caller, in plain ADO.NET. It decides nothing and
/// hashes nothing; it only moves what must be moved.
/// </summary>
internal abstract class RawLedger : IAsyncDisposable
{
    /// <summary>cash and revenue, as the portal numbers them.</summary>
    protected const int Cash = 3;

    /// <summary>The other side.</summary>
    protected const int Revenue = 20;

    private readonly byte[] _hash = RandomNumberGenerator.GetBytes(32);

    /// <summary>32 bytes where the portal keeps a hash.</summary>
    protected byte[] Hash => _hash;

    /// <summary>Charges <paramref name="amount"/> millionths, and returns when it is durable.</summary>
    public abstract Task ChargeAsync(long organization, string key, long amount, long now);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    /// <summary>Reads a row whole, as the portal must.</summary>
    protected static object[] Row(DbDataReader rows)
    {
        var values = new object[rows.FieldCount];
        rows.GetValues(values);
        return values;
    }
}
