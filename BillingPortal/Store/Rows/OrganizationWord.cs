namespace BillingPortal.Store.Rows;

/// <summary>A word of an organization's name, after the first, by whose beginning it is found.</summary>
public sealed class OrganizationWord
{
    /// <summary>The word as it is searched.</summary>
    public string Word { get; set; } = "";

    /// <summary>Whose name it stands in.</summary>
    public long OrganizationId { get; set; }
}
