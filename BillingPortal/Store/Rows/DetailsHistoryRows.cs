namespace BillingPortal.Store.Rows;

/// <summary>A row of <c>billing_details_change</c>, for reading. Times are UTC microseconds.</summary>
public sealed class BillingDetailsChangeRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The version it made.</summary>
    public long Version { get; set; }

    /// <summary>When.</summary>
    public long At { get; set; }

    /// <summary>Who, as <see cref="Domain.Ledger.Actor.Id"/>.</summary>
    public string Actor { get; set; } = "";

    /// <summary>Which way they came.</summary>
    public string Via { get; set; } = "";

    /// <summary>JSON: each field with what stood before and what after.</summary>
    public string Changes { get; set; } = "{}";
}

/// <summary>A row of <c>slug_alias</c>, for reading: a slug that an organization had.</summary>
public sealed class SlugAliasRow
{
    /// <summary>The slug.</summary>
    public string Slug { get; set; } = "";

    /// <summary>To whom it still leads.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Since when it is an old one.</summary>
    public long Since { get; set; }
}
