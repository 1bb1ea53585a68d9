using System.Data.Common;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store;

/// <summary>What people may change about an organization without touching money, and where it stands.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">For people.</param>
/// <param name="ParentId">Its parent; null at the top.</param>
/// <param name="Path">The numbers from the top down to itself.</param>
/// <param name="Features">What it may use.</param>
/// <param name="Config">How it is written to.</param>
public sealed record Profile(long Id, string Name, long? ParentId, string Path, FeatureSet Features, OrganizationConfig Config)
{
    internal const string Columns = "id, name, parent_id, path, features, allow_overdraft, contact_email, contact_address, terms_url, privacy_url";

    internal const int ColumnCount = 10;

    /// <summary>The organization's, as it was read.</summary>
    public static Profile Of(Organization organization) => new(
        organization.Id, organization.Name, organization.ParentId, organization.Path, FeatureSet.Of(organization), OrganizationConfig.Of(organization));

    internal static Profile Read(DbDataReader row)
    {
        return new Profile(row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.GetString(3),
            FeatureSet.Of(row.GetString(4), row.GetBoolean(5)), new OrganizationConfig(Text(6), Text(7), Text(8), Text(9)));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
