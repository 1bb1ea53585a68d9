using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Laws;

/// <summary>
/// A law that one pass over the ledgers checks: ledger by ledger, entry by entry, in order. One object checks one pass. What it holds in
/// memory does not grow with the journal.
/// </summary>
/// <param name="code">The stable word under which its last check is kept.</param>
/// <param name="name">The law, for people.</param>
/// <param name="scope">Over what it holds, for people.</param>
/// <param name="unit">What is counted, as in "entries".</param>
public abstract class LedgerLaw(string code, string name, string scope, string unit)
{
    private const int Kept = 100;
    private readonly List<Break> _here = [];

    /// <summary>The stable word.</summary>
    public string Code => code;

    /// <summary>The law, for people.</summary>
    public string Name => name;

    /// <summary>Over what it holds.</summary>
    public string Scope => scope;

    /// <summary>What is counted.</summary>
    public string Unit => unit;

    /// <summary>Over how many it was checked.</summary>
    public long Over { get; protected set; }

    /// <summary>How many breaks there are.</summary>
    public long Breaks { get; private set; }

    /// <summary>The first break; null while the law holds.</summary>
    public Break? First { get; private set; }

    /// <summary>Breaks of the ledger in hand, the first hundred.</summary>
    public IReadOnlyList<Break> Here => _here;

    /// <summary>What the check found besides breaks, for people.</summary>
    public virtual string Finding => "";

    /// <summary>A ledger begins.</summary>
    public virtual void Begin(AuditedLedger ledger) => _here.Clear();

    /// <summary>Its next entry.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="entry">The entry as stored.</param>
    /// <param name="before">Where the entries before it, as stored, had brought the ledger.</param>
    public abstract void Visit(AuditedLedger ledger, AuditedEntry entry, LedgerWalk before);

    /// <summary>A posting that belongs to no entry.</summary>
    public virtual void Visit(AuditedLedger ledger, StrayPosting posting)
    {
    }

    /// <summary>The ledger ends.</summary>
    public virtual void End(AuditedLedger ledger, LedgerWalk after)
    {
    }

    /// <summary>All ledgers were read.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>Notes a break.</summary>
    protected void Broken(Break found)
    {
        Breaks++;
        First ??= found;
        if (_here.Count < Kept)
        {
            _here.Add(found);
        }
    }
}

/// <summary>Where a ledger stands after the entries read so far, taken as they are stored, so that one wrong entry is told once.</summary>
public sealed class LedgerWalk
{
    private readonly Dictionary<AccountKey, long> _balances = [];

    /// <summary>The last entry's number; 0 before the first.</summary>
    public long Seq { get; private set; }

    /// <summary>The last entry's stored hash.</summary>
    public Hash256 Hash { get; private set; }

    /// <summary>The customer's side after it, as stored.</summary>
    public long Net { get; private set; }

    /// <summary>The latest effective time so far.</summary>
    public Instant HighEffectiveAt { get; private set; }

    /// <summary>When the last entry was written.</summary>
    public Instant LastRecordedAt { get; private set; }

    /// <summary>The accounts met so far, with the balance after their last posting.</summary>
    public IReadOnlyDictionary<AccountKey, long> Balances => _balances;

    /// <summary>An account's balance so far.</summary>
    public long BalanceOf(AccountKey account) => _balances.GetValueOrDefault(account);

    /// <summary>The balance of a kind over its lots so far; wider than money, since what is stored may be anything.</summary>
    public Int128 BalanceOf(AccountKind kind)
    {
        Int128 sum = 0;
        foreach (var (account, balance) in _balances)
        {
            sum += account.Kind == kind ? balance : 0;
        }

        return sum;
    }

    /// <summary>Goes on past <paramref name="entry"/>.</summary>
    public void Pass(JournalEntry entry)
    {
        HighEffectiveAt = Seq == 0 ? entry.EffectiveAt : Instant.Later(HighEffectiveAt, entry.EffectiveAt);
        (Seq, Hash, Net, LastRecordedAt) = (entry.Seq, entry.Hash, entry.NetAfter, entry.RecordedAt);
        foreach (var posting in entry.Postings)
        {
            _balances[posting.Account] = posting.BalanceAfter;
        }
    }
}
