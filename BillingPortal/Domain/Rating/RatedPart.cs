using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>By what a part of reported usage was priced.</summary>
public enum RatedBy
{
    /// <summary>A data package: nothing more is charged.</summary>
    Package = 1,

    /// <summary>An inclusive volume: nothing is charged.</summary>
    Volume = 2,

    /// <summary>A custom rate.</summary>
    Custom = 3,

    /// <summary>The tariff.</summary>
    Tariff = 4,
}

/// <summary>A part of reported usage with the one price that it has.</summary>
/// <param name="By">By what.</param>
/// <param name="Id">The number of that package, volume or rate.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Rate">The price of one unit; 0 for what is included.</param>
public sealed record RatedPart(RatedBy By, long Id, ExactAmount Quantity, ExactAmount Rate)
{
    /// <summary>True for what an allowance covers.</summary>
    public bool IsIncluded => By is RatedBy.Package or RatedBy.Volume;

    /// <summary>What it costs, exactly.</summary>
    public ExactAmount Amount => IsIncluded ? ExactAmount.Zero : Quantity.Times(Rate);
}
