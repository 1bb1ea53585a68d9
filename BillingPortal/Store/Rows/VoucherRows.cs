namespace BillingPortal.Store.Rows;

/// <summary>A row of <c>voucher</c>: credits that whoever holds its code can redeem.</summary>
public sealed class VoucherRow
{
    /// <summary>Its id for programs.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its code, in capitals, without hyphens and spaces.</summary>
    public string Code { get; set; } = "";

    /// <summary>Millionths that each redemption gives.</summary>
    public long Amount { get; set; }

    /// <summary>Of which currency.</summary>
    public string Currency { get; set; } = "";

    /// <summary>The first moment at which it cannot be redeemed any more; null for never.</summary>
    public long? ExpiresAt { get; set; }

    /// <summary>How many organizations can redeem it.</summary>
    public int RedemptionLimit { get; set; }

    /// <summary>Whose it is, by email, in small letters; null for anybody's.</summary>
    public string? Email { get; set; }

    /// <summary>The only organization that can redeem it; null for any.</summary>
    public long? OrganizationId { get; set; }

    /// <summary>What it is for, in the issuer's words.</summary>
    public string Note { get; set; } = "";

    /// <summary>When it was issued.</summary>
    public long IssuedAt { get; set; }

    /// <summary>By whom, as entries name them.</summary>
    public string IssuedBy { get; set; } = "";

    /// <summary>When it was withdrawn; null where it was not.</summary>
    public long? WithdrawnAt { get; set; }

    /// <summary>By whom.</summary>
    public string? WithdrawnBy { get; set; }
}

/// <summary>A row of <c>voucher_redemption</c>, for reading.</summary>
public sealed class VoucherRedemptionRow
{
    /// <summary>Which voucher.</summary>
    public string VoucherId { get; set; } = "";

    /// <summary>Counts its redemptions from 1.</summary>
    public int Number { get; set; }

    /// <summary>Who has the credits.</summary>
    public long OrganizationId { get; set; }

    /// <summary>When.</summary>
    public long At { get; set; }

    /// <summary>By whom, as entries name them.</summary>
    public string Actor { get; set; } = "";

    /// <summary>The organization's entry.</summary>
    public long Seq { get; set; }
}
