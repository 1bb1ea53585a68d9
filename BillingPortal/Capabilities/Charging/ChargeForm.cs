using BillingPortal.Domain;

namespace BillingPortal.Capabilities.Charging;

/// <summary>A request to charge usage, as a program sends it.</summary>
/// <param name="Service">What was used; 1 to 200 characters.</param>
/// <param name="Micros">Millionths of the organization's currency.</param>
/// <param name="OccurredAt">When it was used; null for now.</param>
public sealed record ChargeForm(string Service, long Micros, Instant? OccurredAt);
