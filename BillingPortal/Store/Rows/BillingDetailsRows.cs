namespace BillingPortal.Store.Rows;

/// <summary>A row of <c>billing_details</c>, for reading: to whom invoices are written. Times are UTC microseconds, here and below.</summary>
public sealed class BillingDetailsRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Counts its changes, from 1.</summary>
    public long Version { get; set; }

    /// <summary>The legal name.</summary>
    public string? CompanyName { get; set; }

    /// <summary>Street.</summary>
    public string? Line1 { get; set; }

    /// <summary>Street, second line.</summary>
    public string? Line2 { get; set; }

    /// <summary>City.</summary>
    public string? City { get; set; }

    /// <summary>State, province or county.</summary>
    public string? State { get; set; }

    /// <summary>Postal code.</summary>
    public string? PostalCode { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; set; }

    /// <summary>The tax number, normalised.</summary>
    public string? TaxId { get; set; }

    /// <summary>Its type, one of Stripe's; null where unknown.</summary>
    public string? TaxIdType { get; set; }

    /// <summary>Where invoices are sent.</summary>
    public string? Email { get; set; }

    /// <summary>Telephone.</summary>
    public string? Phone { get; set; }

    /// <summary>0 no number, 1 pending, 2 verified, 3 unverified, 4 unavailable.</summary>
    public int TaxStatus { get; set; }

    /// <summary>When the register was asked last.</summary>
    public long? TaxCheckedAt { get; set; }

    /// <summary>The name it gave.</summary>
    public string? TaxCheckedName { get; set; }

    /// <summary>When it was changed last.</summary>
    public long UpdatedAt { get; set; }
}

/// <summary>A row of <c>billing_config</c>, for reading: how invoices are made.</summary>
public sealed class BillingConfigRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Counts its changes, from 1.</summary>
    public long Version { get; set; }

    /// <summary>Who issues its invoices, a code of <c>invoice_issuer</c>; null for the first.</summary>
    public string? Issuer { get; set; }

    /// <summary>Further words of the issuer, printed on its invoices.</summary>
    public string? IssuerInfo { get; set; }

    /// <summary>When its invoices are due; null for the default.</summary>
    public int? PaymentTerm { get; set; }

    /// <summary>A rate chosen for it; null for what the law says.</summary>
    public int? VatRate { get; set; }

    /// <summary>How it pays, JSON; null for nothing said.</summary>
    public string? PaymentData { get; set; }

    /// <summary>When it was changed last.</summary>
    public long UpdatedAt { get; set; }
}

/// <summary>A row of <c>billing_config_change</c>: who changed what, setting by setting.</summary>
public sealed class BillingConfigChangeRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The version it made.</summary>
    public long Version { get; set; }

    /// <summary>When.</summary>
    public long At { get; set; }

    /// <summary>Who.</summary>
    public string Actor { get; set; } = "";

    /// <summary>How they came.</summary>
    public string Via { get; set; } = "";

    /// <summary>Each setting before and after, JSON.</summary>
    public string Changes { get; set; } = "[]";
}
