namespace BillingPortal.Web.Api;

/// <summary>Stands in descriptions for an amount as programs may send it: a JSON number or a decimal string, at most six decimals.</summary>
public readonly record struct DecimalInput;
