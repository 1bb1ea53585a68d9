using BillingPortal.Domain.Organizations;

namespace BillingPortal.Web.Deciding;

/// <summary>One of the ledgers that an act changes, where it changes more than one: each is shown under its organization's name.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Name">Its name.</param>
public sealed record ShownLedger(OrganizationId Organization, string Name);
