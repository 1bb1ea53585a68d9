namespace BillingPortal.Domain.Invoices;

/// <summary>How something is taxed.</summary>
/// <param name="Category">EN 16931's category (UNCL 5305).</param>
/// <param name="BasisPoints">The rate in hundredths of a percent: 1900 is 19 %.</param>
/// <param name="Wording">What the invoice must say where no tax is taken; empty for none.</param>
/// <param name="ReasonCode">The exemption's code (VATEX); empty for none.</param>
public sealed record TaxTreatment(TaxCategory Category, int BasisPoints, string Wording = "", string ReasonCode = "")
{
    /// <summary>The tax on <paramref name="net"/> millionths, rounded half up (away from zero) to <paramref name="minorUnit"/> millionths, as EN 16931 reckons it.</summary>
    public long Of(long net, long minorUnit)
    {
        // Net is whole minor units, so that the product fits: 9.2 million million units × 100 %.
        var product = (Int128)net * BasisPoints;
        var unit = (Int128)minorUnit * 10_000;
        var half = unit / 2;
        var rounded = product >= 0 ? (product + half) / unit : -((-product + half) / unit);
        return checked((long)(rounded * minorUnit));
    }

    /// <summary>The rate for people and programs: "19", "8.1".</summary>
    public decimal Percent => BasisPoints / 100m;
}

/// <summary>EN 16931's tax categories. Stored: never renumber.</summary>
public enum TaxCategory
{
    /// <summary>S: the standard or a reduced rate.</summary>
    Standard = 1,

    /// <summary>Z: a rate of zero.</summary>
    Zero = 2,

    /// <summary>E: exempt.</summary>
    Exempt = 3,

    /// <summary>AE: reverse charge; the customer owes the tax.</summary>
    ReverseCharge = 4,

    /// <summary>O: outside the scope of the tax.</summary>
    OutOfScope = 5,
}
