namespace BillingPortal.Domain.Ledger;

/// <summary>
/// The one hash over all ledgers' heads that is published: whoever has kept it sees a whole deleted ledger, which no chain of its own can
/// show. Leaves are added in order; memory grows with their logarithm. Leaves and nodes are marked, so that neither passes for the other.
/// </summary>
public sealed class MerkleTree
{
    private readonly List<Hash256?> _levels = [];

    /// <summary>Adds the head of a ledger.</summary>
    public void Add(long organization, long seq, Hash256 hash)
    {
        var node = new CanonicalForm().Add("leaf").Add(organization).Add(seq).Add(hash).Hash();
        for (var level = 0; ; level++)
        {
            if (level == _levels.Count)
            {
                _levels.Add(node);
                return;
            }

            if (_levels[level] is not { } left)
            {
                _levels[level] = node;
                return;
            }

            node = Join(left, node);
            _levels[level] = null;
        }
    }

    /// <summary>The root over what was added; all zeros over nothing.</summary>
    public Hash256 Root => _levels.Aggregate((Hash256?)null, (root, level) => (root, level) switch
    {
        (null, _) => level,
        (_, null) => root,
        ({ } right, { } left) => Join(left, right),
    }) ?? Hash256.Genesis;

    private static Hash256 Join(Hash256 left, Hash256 right) => new CanonicalForm().Add("node").Add(left).Add(right).Hash();
}
