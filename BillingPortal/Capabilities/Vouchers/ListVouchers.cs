using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Vouchers;

/// <summary>A voucher in the list.</summary>
/// <param name="Voucher">The voucher.</param>
/// <param name="Redemptions">Who redeemed it, newest first; the newest few.</param>
/// <param name="Redeemed">How many did.</param>
/// <param name="OrganizationName">The name of the only organization that can; null for any.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="IssuedBy">By whom.</param>
public sealed record ListedVoucher(Voucher Voucher, ImmutableArray<VoucherUse> Redemptions, int Redeemed, string? OrganizationName, Instant IssuedAt, string IssuedBy)
{
    /// <summary>True where it can be redeemed no more.</summary>
    public bool HasEnded(Instant now) => Voucher.Withdrawn || Voucher.ExpiresAt <= now || Redeemed >= Voucher.Limit;
}

/// <summary>One redemption.</summary>
/// <param name="Organization">Whose number.</param>
/// <param name="Name">Whose name.</param>
/// <param name="At">When.</param>
/// <param name="Seq">The entry.</param>
public sealed record VoucherUse(long Organization, string Name, Instant At, long Seq);

/// <summary>A part of the list.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Next">Where the next part begins; null at the end.</param>
/// <param name="Now">As of when.</param>
public sealed record VoucherList(ImmutableArray<ListedVoucher> Rows, string? Next, Instant Now);

/// <summary>Every voucher that was issued, for finance.</summary>
public sealed class ListVouchers(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <summary>How many in one part.</summary>
    public const int Rows = 50;

    private const int UsesShown = 5;

    /// <inheritdoc />
    public static Permission Permission => Permission.IssueVouchers;

    /// <summary>The part behind <paramref name="before"/>, which an earlier part gave.</summary>
    public async Task<Outcome<VoucherList>> RunAsync(Caller caller, string? before, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (!(await Access.ReadAsync(store, caller, cancel)).MayOnPlatform(Permission))
        {
            return new Outcome<VoucherList>.Refused(Access.Missing(Permission));
        }

        var all = store.Vouchers;
        if (long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            all = all.Where(row => row.IssuedAt < at);
        }

        var found = await all.OrderByDescending(row => row.IssuedAt).Take(Rows + 1).ToListAsync(cancel);
        var shown = found.Take(Rows).ToList();
        var ids = shown.ConvertAll(row => row.Id);
        var counts = await store.VoucherRedemptions.Where(use => ids.Contains(use.VoucherId)).GroupBy(use => use.VoucherId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(line => line.Key, line => line.Count, cancel);
        var uses = (await store.Vouchers.Where(row => ids.Contains(row.Id))
            .SelectMany(row => store.VoucherRedemptions.Where(use => use.VoucherId == row.Id).OrderByDescending(use => use.Number).Take(UsesShown)).ToListAsync(cancel)).ToLookup(use => use.VoucherId);
        var numbers = shown.Select(row => row.OrganizationId).OfType<long>().Concat(uses.SelectMany(group => group.Select(use => use.OrganizationId))).Distinct().ToList();
        var names = await store.Organizations.Where(o => numbers.Contains(o.Id)).Select(o => new { o.Id, o.Name }).ToDictionaryAsync(o => o.Id, o => o.Name, cancel);
        var people = await ActorNames.ReadAsync(store, shown.Select(row => new Actor(row.IssuedBy, "page")), cancel);
        return new Outcome<VoucherList>.Done(new VoucherList(
            [
                .. shown.Select(row => new ListedVoucher(VoucherQueries.Of(row),
                    [.. uses[row.Id].OrderByDescending(use => use.Number).Select(use => new VoucherUse(use.OrganizationId, names.GetValueOrDefault(use.OrganizationId, ""), new Instant(use.At), use.Seq))],
                    counts.GetValueOrDefault(row.Id), row.OrganizationId is { } only ? names.GetValueOrDefault(only) : null, new Instant(row.IssuedAt), people[new Actor(row.IssuedBy, "page")].ToString())),
            ],
            found.Count > Rows ? shown[^1].IssuedAt.ToString(CultureInfo.InvariantCulture) : null,
            Instant.Now(clock)));
    }
}
