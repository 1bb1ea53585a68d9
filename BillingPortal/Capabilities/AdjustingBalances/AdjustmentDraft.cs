namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>What the browser's tab keeps of an adjustment, so that a lost connection loses nothing and submits nothing twice.</summary>
/// <param name="Form">What was filled in.</param>
/// <param name="AmountText">The amount as it was typed.</param>
/// <param name="Key">The key under which it was submitted; null while it was not.</param>
public sealed record AdjustmentDraft(AdjustBalanceForm Form, string AmountText, string? Key);
