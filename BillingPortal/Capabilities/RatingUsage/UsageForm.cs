using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>A report of usage, as a program sends it.</summary>
/// <param name="Service">What was used; 1 to 200 characters.</param>
/// <param name="Ratezone">Where; empty where it was not said.</param>
/// <param name="Quantity">How much, in the unit of the service's rate; above 0, at most eleven decimals.</param>
/// <param name="OccurredAt">When; null for now.</param>
public sealed record UsageForm(string Service, string Ratezone, ExactAmount Quantity, Instant? OccurredAt);
