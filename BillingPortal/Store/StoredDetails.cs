using System.Collections.Immutable;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store;

/// <summary>Billing details as they stand in the store.</summary>
/// <param name="Organization">Whose: its number.</param>
/// <param name="Uuid">Its UUID.</param>
/// <param name="CreatedAt">When it was created, UTC microseconds.</param>
/// <param name="Version">Counts the changes; 0 before the first.</param>
/// <param name="Details">The fields.</param>
/// <param name="Tax">How the tax number stands.</param>
public sealed record StoredDetails(long Organization, Guid Uuid, long CreatedAt, long Version, OrganizationDetails Details, TaxStanding Tax)
{
    /// <summary>Under which the history keeps what a register said.</summary>
    public const string TaxStatusCode = "tax_status";

    /// <summary>The details of <paramref name="organization"/>, for reading.</summary>
    public static async Task<StoredDetails> ReadAsync(BillingStore store, Organization organization, CancellationToken cancel) =>
        Of(organization, await store.BillingDetails.FirstOrDefaultAsync(row => row.OrganizationId == organization.Id, cancel));

    /// <summary>The same of several at once.</summary>
    public static async Task<IReadOnlyList<StoredDetails>> ReadAsync(BillingStore store, IReadOnlyList<Organization> organizations, CancellationToken cancel)
    {
        var ids = organizations.Select(organization => organization.Id).ToList();
        var rows = await store.BillingDetails.Where(row => ids.Contains(row.OrganizationId)).ToDictionaryAsync(row => row.OrganizationId, cancel);
        return [.. organizations.Select(organization => Of(organization, rows.GetValueOrDefault(organization.Id)))];
    }

    /// <summary>From the rows.</summary>
    public static StoredDetails Of(Organization organization, BillingDetailsRow? row)
    {
        var own = new OrganizationDetails { Name = organization.Name, Slug = organization.Slug };
        return row is null
            ? new(organization.Id, organization.Uuid, organization.CreatedAt, 0, own, TaxStanding.None)
            : new(organization.Id, organization.Uuid, organization.CreatedAt, row.Version, own with
            {
                Company = row.CompanyName,
                Line1 = row.Line1,
                Line2 = row.Line2,
                City = row.City,
                State = row.State,
                PostalCode = row.PostalCode,
                Country = row.Country,
                TaxId = row.TaxId,
                TaxIdType = row.TaxIdType,
                Email = row.Email,
                Phone = row.Phone,
            }, new TaxStanding((TaxStatus)row.TaxStatus, row.TaxCheckedAt is { } at ? new Instant(at) : null, row.TaxCheckedName));
    }
}

/// <summary>One change of billing details.</summary>
/// <param name="Version">Which: counted from 1.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Fields">Each field's code with what stood before and what after.</param>
public sealed record DetailsHistoryLine(long Version, Instant At, Actor Actor, ImmutableArray<(string Field, string? Before, string? After)> Fields)
{
    /// <summary>The latest changes of <paramref name="organization"/>, newest first.</summary>
    public static async Task<ImmutableArray<DetailsHistoryLine>> ReadAsync(BillingStore store, long organization, int most, CancellationToken cancel)
    {
        var rows = await store.BillingDetailsChanges.Where(row => row.OrganizationId == organization).OrderByDescending(row => row.Version).Take(most).ToListAsync(cancel);
        return [.. rows.Select(row => new DetailsHistoryLine(row.Version, new Instant(row.At), new Actor(row.Actor, row.Via),
            [.. JsonSerializer.Deserialize<Dictionary<string, string?[]>>(row.Changes)!.Select(change => (change.Key, change.Value[0], change.Value[1]))]))];
    }
}
