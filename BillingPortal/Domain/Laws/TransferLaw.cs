using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Laws;

/// <summary>Transfers in transit are zero over the platform, and both entries of each transfer are there.</summary>
public sealed class TransferLaw() : LedgerLaw("transfer", "Transfers in transit are zero", "both entries of each transfer present", "transfers")
{
    private readonly Dictionary<Guid, (OrganizationId Organization, long Seq)> _single = [];
    private readonly Dictionary<string, Int128> _inTransit = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public override void Visit(AuditedLedger ledger, AuditedEntry entry, LedgerWalk before)
    {
        if (entry.Entry.TransferId is { } transfer && !_single.Remove(transfer))
        {
            Over++;
            _single[transfer] = (ledger.Organization, entry.Entry.Seq);
        }

        foreach (var posting in entry.Entry.Postings.Where(posting => posting.Account.Kind == AccountKind.TransfersInTransit))
        {
            _inTransit[ledger.Currency] = _inTransit.GetValueOrDefault(ledger.Currency) + posting.Amount;
        }
    }

    /// <inheritdoc />
    public override void Finish()
    {
        foreach (var (organization, seq) in _single.Values.Order())
        {
            Broken(new Break(organization, seq, null, "the transfer's other entry", "absent", "present"));
        }

        foreach (var (currency, left) in _inTransit.Where(pair => pair.Value != 0))
        {
            Broken(new Break(new OrganizationId(0), null, AccountKey.Of(AccountKind.TransfersInTransit), $"sum over the platform in {currency}", left.ToString(CultureInfo.InvariantCulture), "0"));
        }
    }
}
