using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Reads <see cref="OrganizationFacts"/> for many organizations at once: the same few statements for one as for a hundred.</summary>
internal static class OrganizationReading
{
    /// <summary>The facts of <paramref name="organizations"/>, in their order.</summary>
    public static Task<ImmutableArray<OrganizationFacts>> ReadAsync(
        BillingStore store, IReadOnlyList<Organization> organizations, Instant now, CancellationToken cancel) => ReadAsync(store, organizations, now, anchor: null, cancel);

    /// <summary>The facts of one, with the last grant of monthly credits. Spend is of the window that <paramref name="anchor"/> makes, where that is wished.</summary>
    public static async Task<OrganizationFacts> ReadAsync(BillingStore store, Organization organization, Instant now, CancellationToken cancel, Instant? anchor = null)
    {
        var facts = (await ReadAsync(store, [organization], now, anchor, cancel))[0];
        return facts with { PromoResetAt = await LastGrantAsync(store, organization.Id, cancel) };
    }

    private static async Task<ImmutableArray<OrganizationFacts>> ReadAsync(
        BillingStore store, IReadOnlyList<Organization> organizations, Instant now, Instant? anchor, CancellationToken cancel)
    {
        if (organizations.Count == 0)
        {
            return [];
        }

        var ids = organizations.Select(organization => organization.Id).ToArray();
        var balances = await BalancesAsync(store, ids, cancel);
        var rules = await store.BillingRules.Where(rule => ids.Contains(rule.OrganizationId)).ToDictionaryAsync(rule => rule.OrganizationId, cancel);
        var cardIds = rules.Values.Select(rule => rule.PaymentMethodId).OfType<long>().ToArray();
        var cards = cardIds.Length == 0 ? [] : await store.PaymentMethods.Where(card => cardIds.Contains(card.Id)).ToDictionaryAsync(card => card.Id, cancel);
        var members = await MembersAsync(store, ids, cancel);
        var recharges = await RechargeReading.ReadAsync(store, organizations, rules, now, cancel);
        var spent = await SpendReading.ReadAsync(store, organizations, anchor is null ? rules : Anchored(organizations, anchor.Value), now, cancel);
        return
        [
            .. organizations.Select(organization => new OrganizationFacts
            {
                Organization = organization,
                Rule = rules.GetValueOrDefault(organization.Id),
                Card = rules.GetValueOrDefault(organization.Id)?.PaymentMethodId is { } card ? cards.GetValueOrDefault(card) : null,
                Members = members.GetValueOrDefault(organization.Id, []),
                Spent = spent[organization.Id],
                InFlight = recharges.GetValueOrDefault(organization.Id).InFlight,
                RechargedThisMonth = recharges.GetValueOrDefault(organization.Id).ThisMonth,
            }.With(balances.GetValueOrDefault(organization.Id) ?? [])),
        ];
    }

    private static Dictionary<long, BillingRuleRow> Anchored(IReadOnlyList<Organization> organizations, Instant anchor) =>
        organizations.ToDictionary(organization => organization.Id, _ => new BillingRuleRow { CapAnchor = anchor.Micros });

    private static async Task<Dictionary<long, Dictionary<AccountKind, long>>> BalancesAsync(BillingStore store, long[] ids, CancellationToken cancel)
    {
        var sums = await store.Accounts.Where(account => ids.Contains(account.OrganizationId) && account.Kind < (int)AccountKind.Revenue)
            .GroupBy(account => new { account.OrganizationId, account.Kind })
            .Select(kind => new { kind.Key.OrganizationId, kind.Key.Kind, Balance = kind.Sum(account => account.Balance) }).ToListAsync(cancel);
        return sums.GroupBy(sum => sum.OrganizationId).ToDictionary(
            organization => organization.Key, organization => organization.ToDictionary(sum => (AccountKind)sum.Kind, sum => sum.Balance));
    }

    /// <summary>The people of organizations, by organization and name.</summary>
    public static async Task<Dictionary<long, ImmutableArray<Member>>> MembersAsync(BillingStore store, long[] ids, CancellationToken cancel)
    {
        var people = await store.Memberships.AsNoTracking().Where(membership => ids.Contains(membership.OrganizationId))
            .Join(store.Users, membership => membership.UserId, user => user.Id,
                (membership, user) => new { membership.OrganizationId, user.Id, user.DisplayName, user.Email, membership.Role }).ToListAsync(cancel);
        return people.GroupBy(person => person.OrganizationId).ToDictionary(organization => organization.Key, organization => organization
            .Select(person => new Member(person.Id, person.DisplayName.Length > 0 ? person.DisplayName : person.Email ?? person.Id, person.Email, person.Role))
            .OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.UserId, StringComparer.Ordinal).ToImmutableArray());
    }

    /// <summary>Grants are few and the newest is wanted: from the accounts of monthly credits, each of whose lots is one grant, to their first posting.</summary>
    private static async Task<Instant?> LastGrantAsync(BillingStore store, long organization, CancellationToken cancel)
    {
        var at = await store.Accounts.Where(account => account.OrganizationId == organization && account.Kind == (int)AccountKind.Monthly)
            .Join(store.Postings, account => new { account.OrganizationId, account.Account }, posting => new { posting.OrganizationId, posting.Account }, (_, posting) => posting)
            .Where(posting => posting.Amount > 0)
            .Join(store.Entries.Where(entry => entry.Kind == (int)EntryKind.Grant), posting => new { posting.OrganizationId, posting.Seq }, entry => new { entry.OrganizationId, entry.Seq },
                (_, entry) => (long?)entry.EffectiveAt).MaxAsync(cancel);
        return at is { } micros ? new Instant(micros) : null;
    }
}
