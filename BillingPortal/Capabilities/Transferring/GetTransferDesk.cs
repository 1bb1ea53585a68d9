using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>Who may move value with whom, as the page shows it.</summary>
/// <param name="Organization">From whose side it is looked at.</param>
/// <param name="Others">Its parent first, then those below it by name, where the caller may move value there too; at most <see cref="Most"/>.</param>
/// <param name="More">True where there are more below it; a name finds them.</param>
/// <param name="Held">What each holds by bucket, millionths.</param>
/// <param name="CallerName">The caller's own name, as receipts show it.</param>
public sealed record TransferDesk(
    Organization Organization, ImmutableArray<TransferParty> Others, bool More, ImmutableDictionary<(OrganizationId Organization, AccountKind Bucket), long> Held, string CallerName)
{
    /// <summary>How many are offered at once.</summary>
    public const int Most = 100;

    /// <summary>The organization whose page it is, as one of the two.</summary>
    public TransferParty Own => TransferParty.Of(Organization);

    /// <summary>What one of them holds in a bucket.</summary>
    public Money HeldBy(OrganizationId organization, AccountKind bucket) => new(Held.GetValueOrDefault((organization, bucket)), Organization.Money);

    /// <summary>One of the parties; null for a number that is none.</summary>
    public TransferParty? Find(OrganizationId? id) => id == Own.Id ? Own : Others.FirstOrDefault(other => other.Id == id);
}

/// <summary>One side of a transfer.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsParent">True for the parent of the organization whose page it is.</param>
/// <param name="UsesParentBalance">True where value of its own would lie idle.</param>
public sealed record TransferParty(OrganizationId Id, string Name, bool IsParent, bool UsesParentBalance)
{
    internal static TransferParty Of(Organization organization, bool isParent = false) =>
        new(new OrganizationId(organization.Id), organization.Name, isParent, organization.PayerId is not null);
}

/// <summary>Reads it.</summary>
public sealed class GetTransferDesk(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.TransferBalances;

    /// <summary>The parties, or what keeps the caller from moving value there.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">From whose side.</param>
    /// <param name="named">Beginnings of names or a number that those below must have; empty for the first ones.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Outcome<TransferDesk>> RunAsync(Caller caller, OrganizationId id, string named, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<TransferDesk>(async organization =>
        {
            var parent = organization.ParentId is { } above ? await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == above, cancel) : null;
            var below = await BelowAsync(store, organization.Id, named.Trim(), cancel);
            var others = ImmutableArray.CreateBuilder<TransferParty>();
            if (parent is not null && access.May(Permission, parent.Path))
            {
                others.Add(TransferParty.Of(parent, isParent: true));
            }

            others.AddRange(below.Take(TransferDesk.Most).Select(sub => TransferParty.Of(sub)));
            var ids = others.Select(other => other.Id.Value).Append(id.Value).ToArray();
            var kinds = Domain.Billing.TransferBalance.Buckets.Select(kind => (int)kind).ToArray();
            var held = await store.Accounts.Where(account => ids.Contains(account.OrganizationId) && kinds.Contains(account.Kind))
                .GroupBy(account => new { account.OrganizationId, account.Kind }).Select(group => new { group.Key, Sum = group.Sum(account => account.Balance) }).ToListAsync(cancel);
            var name = await store.Users.Where(u => u.Id == caller.UserId).Select(u => u.DisplayName).FirstOrDefaultAsync(cancel);
            return new Outcome<TransferDesk>.Done(new TransferDesk(organization, others.ToImmutable(), below.Count > TransferDesk.Most,
                held.ToImmutableDictionary(line => (new OrganizationId(line.Key.OrganizationId), (AccountKind)line.Key.Kind), line => line.Sum), string.IsNullOrEmpty(name) ? "you" : name));
        });
    }

    private static Task<List<Organization>> BelowAsync(BillingStore store, long parent, string named, CancellationToken cancel)
    {
        var below = store.Organizations.AsNoTracking().Where(o => o.ParentId == parent && o.DeletedAt == null);
        if (named.Length > 0)
        {
            var (search, number) = (NameSearch.Normalise(named), long.TryParse(named, out var read) ? read : 0);
            below = below.Where(o => o.Id == number || o.SearchName.Contains(search));
        }

        return below.OrderBy(o => o.SearchName).ThenBy(o => o.Id).Take(TransferDesk.Most + 1).ToListAsync(cancel);
    }
}
