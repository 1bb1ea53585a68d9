using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Capabilities.Demonstrating;

/// <summary>One customer of the demo: how it pays, what it paid in, what it uses a day, and what went wrong, if anything.</summary>
/// <param name="Name">For people.</param>
/// <param name="Parent">The name of its reseller; null at the top.</param>
/// <param name="Model">Prepaid or postpaid.</param>
/// <param name="Plan">The plan's code.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Zone">IANA.</param>
/// <param name="PaidIn">Units paid in two months ago; 0 for none.</param>
/// <param name="Monthly">Units of monthly credits granted.</param>
/// <param name="DailyCents">About how many cents it uses a day.</param>
/// <param name="LateFact">Units of usage that a meter reported late, beyond what is held; 0 for none.</param>
/// <param name="Promotion">Units of promotional credit given lately; 0 for none.</param>
/// <param name="Features">The codes of the features it has.</param>
internal sealed record DemoOrganization(
    string Name, string? Parent, ChargingModel Model, string Plan, string Currency, string Zone, decimal PaidIn, decimal Monthly, int DailyCents, decimal LateFact = 0, decimal Promotion = 0, string Features = "")
{
    /// <summary>Everyone in the demo; parents before their sub-organizations.</summary>
    public static readonly IReadOnlyList<DemoOrganization> All =
    [
        new("Acme Robotics", null, ChargingModel.Prepaid, "enterprise", "USD", "UTC", 1_000, 120, 640, Promotion: 15, Features: "enterprise workflows broadcasts custom_domain slack_access"),
        new("Acme Labs", "Acme Robotics", ChargingModel.Prepaid, "standard", "USD", "UTC", 200, 10, 110, Features: "workflows slack_access"),
        new("Acme Field", "Acme Robotics", ChargingModel.Prepaid, "standard", "USD", "America/Chicago", 120, 10, 70),
        new("Acme Archive", "Acme Robotics", ChargingModel.Prepaid, "free", "USD", "UTC", 40, 0, 55, LateFact: 25),
        new("Baltic Maps", null, ChargingModel.Prepaid, "standard", "EUR", "Europe/Tallinn", 300, 10, 320),
        new("Cobalt Health", null, ChargingModel.Postpaid, "advanced", "USD", "America/New_York", 0, 20, 1_450),
        new("Driftwood Studio", null, ChargingModel.Prepaid, "free", "USD", "Australia/Sydney", 0, 5, 0),
        new("Fjord Analytics", null, ChargingModel.Postpaid, "advanced", "EUR", "Europe/Oslo", 0, 25, 4_800),
        new("Granite Retail", null, ChargingModel.Prepaid, "advanced", "GBP", "Europe/London", 1_500, 25, 2_600, Promotion: 40),
        new("Granite Retail Wales", "Granite Retail", ChargingModel.Prepaid, "standard", "GBP", "Europe/London", 150, 5, 140),
        new("Harbor Logistics", null, ChargingModel.Prepaid, "standard", "USD", "America/Los_Angeles", 900, 10, 980),
        new("Juniper Games", null, ChargingModel.Prepaid, "advanced", "JPY", "Asia/Tokyo", 60_000, 0, 90_000),
        new("Kestrel Mobility", null, ChargingModel.Postpaid, "advanced", "EUR", "Europe/Berlin", 0, 25, 7_300),
        new("Lumen Schools", null, ChargingModel.Prepaid, "free", "USD", "America/Denver", 20, 5, 12),
        new("Meridian Bank", null, ChargingModel.Postpaid, "enterprise", "CHF", "Europe/Zurich", 0, 100, 26_000),
        new("Northwind Labs", null, ChargingModel.Prepaid, "standard", "USD", "UTC", 250, 10, 260),
        new("Orchid Biotech", null, ChargingModel.Prepaid, "advanced", "INR", "Asia/Kolkata", 90_000, 2_000, 140_000),
        new("Pinewood Media", null, ChargingModel.Prepaid, "standard", "USD", "America/Toronto", 100, 10, 190, LateFact: 60),
    ];

    /// <summary>The organization as it is entered.</summary>
    public Organization ToOrganization(long? parent) => new()
    {
        Name = Name,
        ParentId = parent,
        ChargingModel = Model,
        Plan = Plan,
        Currency = Currency,
        TimeZone = Zone,
        Features = Features,
    };
}
