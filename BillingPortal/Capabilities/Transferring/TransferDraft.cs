namespace BillingPortal.Capabilities.Transferring;

/// <summary>What the browser's tab keeps of a transfer, so that a lost connection loses nothing and submits nothing twice.</summary>
/// <param name="From">Who gives.</param>
/// <param name="To">Who receives.</param>
/// <param name="Bucket">Which bucket, by its code.</param>
/// <param name="AmountText">The amount as it was typed.</param>
/// <param name="Amount">The amount as it was read.</param>
/// <param name="Comment">The comment.</param>
/// <param name="Key">The key under which it was submitted; null while it was not.</param>
public sealed record TransferDraft(long? From, long? To, string Bucket, string AmountText, decimal? Amount, string Comment, string? Key);
