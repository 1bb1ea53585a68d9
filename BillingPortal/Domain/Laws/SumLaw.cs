using System.Globalization;

namespace BillingPortal.Domain.Laws;

/// <summary>The postings of an entry sum to zero: money is neither made nor lost.</summary>
public sealed class SumLaw() : LedgerLaw("sum", "Postings sum to zero", "per entry and currency", "entries")
{
    /// <inheritdoc />
    public override void Visit(AuditedLedger ledger, AuditedEntry entry, LedgerWalk before)
    {
        Over++;
        var sum = entry.Entry.Postings.Aggregate((Int128)0, (all, posting) => all + posting.Amount);
        if (sum != 0)
        {
            Broken(new Break(ledger.Organization, entry.Entry.Seq, null, "sum of postings", sum.ToString(CultureInfo.InvariantCulture), "0"));
        }
    }
}
