using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>A transfer, or its undo, as programs see it: both entries. Whoever may move value at both may see both.</summary>
/// <param name="Entries">What was posted, the side that gives first.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record TransferAnswer(IReadOnlyList<TransferEntry> Entries, string Currency)
{
    /// <summary>The answer for written entries.</summary>
    public static TransferAnswer Of(IEnumerable<JournalEntry> entries, Currency currency) => new(
        [
            .. entries.OrderBy(entry => entry.NetAmount).Select(entry => new TransferEntry(
                entry.Name, entry.Organization.Value, entry.Seq, EntryKinds.CodeOf(entry.Kind), entry.Reason, entry.RecordedAt.ToString(),
                [
                    .. entry.Postings.Where(posting => ChartOfAccounts.IsCustomers(posting.Account.Kind)).Select(posting => new TransferPosting(
                        posting.Account.ToString(), new Money(posting.Amount, currency).ToDecimalString(), new Money(posting.BalanceAfter, currency).ToDecimalString())),
                ])),
        ], currency.Code);
}

/// <summary>One side of a transfer.</summary>
/// <param name="Id">The entry's name: the organization's number and the entry's own, as pages show it.</param>
/// <param name="OrganizationNumber">Whose ledger.</param>
/// <param name="Seq">The entry's number there; the undo's route takes it.</param>
/// <param name="Kind">transfer or reversal.</param>
/// <param name="Reason">Why.</param>
/// <param name="RecordedAt">When it was written.</param>
/// <param name="Postings">What it changed on the customer's side.</param>
public sealed record TransferEntry(string Id, long OrganizationNumber, long Seq, string Kind, string Reason, string RecordedAt, IReadOnlyList<TransferPosting> Postings);

/// <summary>What a transfer did to one bucket.</summary>
/// <param name="Account">The bucket; credits that lapse have their lot behind a colon.</param>
/// <param name="Amount">The change, with the customer's sign.</param>
/// <param name="BalanceAfter">What it held after it.</param>
public sealed record TransferPosting(string Account, string Amount, string BalanceAfter);
