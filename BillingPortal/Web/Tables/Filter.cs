namespace BillingPortal.Web.Tables;

/// <summary>One filter in force.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Value">What it lets through, for people.</param>
public sealed record Filter(string Key, string Name, string Value);
