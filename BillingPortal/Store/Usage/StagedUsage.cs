using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Store.Usage;

/// <summary>A row of a file, as it is staged.</summary>
/// <param name="Row">The row, the header being 1.</param>
/// <param name="Group">The number of its group within the import.</param>
/// <param name="Fingerprint">SHA-256 over what it charges.</param>
/// <param name="Amount">Its exact amount.</param>
/// <param name="ChargedAt">Its charge period's start.</param>
public sealed record StagedRow(long Row, int Group, byte[] Fingerprint, ExactAmount Amount, Instant ChargedAt);

/// <summary>A group of a file, as it is staged.</summary>
/// <param name="Number">Its number within the import.</param>
/// <param name="Group">Whose use of what, when.</param>
/// <param name="Sum">What it comes to.</param>
/// <param name="Currency">The organization's currency in the file.</param>
/// <param name="BillingAccountName">The billing account's name.</param>
/// <param name="Name">The organization's own name.</param>
public sealed record StagedGroup(int Number, UsageGroup Group, UsageSum Sum, Currency Currency, string BillingAccountName, string Name);

/// <summary>How far a file is read.</summary>
/// <param name="Rows">Data rows read, wrong ones included.</param>
/// <param name="Bytes">Bytes read.</param>
public sealed record UsageRead(long Rows, long Bytes);
