namespace BillingPortal.Store.Rows;

/// <summary>A row of <c>catalogue_draft</c>, for reading: a plan's next version while finance edits it.</summary>
public sealed class CatalogueDraftRow
{
    /// <summary>The plan's code.</summary>
    public string Code { get; set; } = "";

    /// <summary>Counts its saves.</summary>
    public long Version { get; set; }

    /// <summary>A <see cref="Domain.Plans.PlanTerms"/> in JSON.</summary>
    public string Terms { get; set; } = "";

    /// <summary>When it was saved, UTC microseconds.</summary>
    public long UpdatedAt { get; set; }

    /// <summary>By whom, as entries name them.</summary>
    public string UpdatedBy { get; set; } = "";
}

/// <summary>A row of <c>coupon_redemption</c>, for reading.</summary>
public sealed class CouponRedemptionRow
{
    /// <summary>The coupon's code.</summary>
    public string Coupon { get; set; } = "";

    /// <summary>Counts its redemptions.</summary>
    public int Number { get; set; }

    /// <summary>By whom.</summary>
    public long OrganizationId { get; set; }

    /// <summary>When, UTC microseconds.</summary>
    public long At { get; set; }

    /// <summary>When it was given back, because what it was for was not paid; null while it holds.</summary>
    public long? ReleasedAt { get; set; }
}
