using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Laws;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Auditing;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Auditing;

/// <summary>The books of the whole platform: every account's kind summed by currency, the laws and when each was checked.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Ledgers">How many organizations keep a ledger.</param>
/// <param name="Entries">How many entries they have.</param>
/// <param name="Currencies">The currencies, those of most accounts first.</param>
/// <param name="Balances">The sums in millionths.</param>
/// <param name="Laws">The laws in the page's order.</param>
/// <param name="Overshoots">The largest overdrafts, each from recorded facts.</param>
public sealed record TrialBalance(
    Instant At, long Ledgers, long Entries, ImmutableArray<Currency> Currencies,
    ImmutableDictionary<(AccountKind Kind, Currency Currency), long> Balances, ImmutableArray<LawState> Laws, ImmutableArray<Overshoot> Overshoots)
{
    /// <summary>What a kind sums to.</summary>
    public Money Of(AccountKind kind, Currency currency) => new(Balances.GetValueOrDefault((kind, currency)), currency);

    /// <summary>What everything sums to; zero, or money was made or lost.</summary>
    public Money Sum(Currency currency) => new(Balances.Where(pair => pair.Key.Currency == currency).Sum(pair => pair.Value), currency);

    /// <summary>True where no sum and no checked law is broken.</summary>
    public bool AllHolds => Currencies.All(currency => Sum(currency).IsZero) && Laws.All(law => law.Last is not { Holds: false });
}

/// <summary>A law, and its last check; null where it was never checked.</summary>
public sealed record LawState(string Code, string Name, string Scope, string Unit, LawCheck? Last);

/// <summary>An organization in overdraft.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Overdraft">How far.</param>
/// <param name="Seq">The last entry that took it further.</param>
public sealed record Overshoot(long Id, string Name, Money Overdraft, long? Seq);

/// <summary>Reads it: sums over accounts, never over postings.</summary>
public sealed class GetTrialBalance(IDbContextFactory<BillingStore> stores, IEnumerable<ILaw> others, TimeProvider clock) : ICapability
{
    private const int Shown = 5;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadBooks;

    /// <summary>The trial balance now.</summary>
    public async Task<Outcome<TrialBalance>> RunAsync(Caller caller, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (!(await Access.ReadAsync(store, caller, cancel)).MayOnPlatform(Permission))
        {
            return new Outcome<TrialBalance>.Refused(Access.Missing(Permission));
        }

        var sums = await store.Accounts.GroupBy(a => new { a.Kind, a.Currency })
            .Select(group => new { group.Key.Kind, group.Key.Currency, Sum = group.Sum(a => a.Balance), Count = group.Count() }).ToListAsync(cancel);
        var size = await store.Heads.GroupBy(_ => 1).Select(all => new { Ledgers = all.LongCount(), Entries = all.Sum(head => head.Seq) }).FirstOrDefaultAsync(cancel);
        var checks = await store.LawChecks.AsNoTracking().ToDictionaryAsync(check => check.Law, cancel);
        var balances = sums.ToImmutableDictionary(sum => ((AccountKind)sum.Kind, Currency.Of(sum.Currency)), sum => sum.Sum);
        return new Outcome<TrialBalance>.Done(new TrialBalance(
            Instant.Now(clock), size?.Ledgers ?? 0, size?.Entries ?? 0,
            [.. sums.GroupBy(sum => sum.Currency, StringComparer.Ordinal).OrderByDescending(one => one.Sum(sum => sum.Count)).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => Currency.Of(one.Key))],
            balances, [.. States(checks)],
            balances.Any(pair => pair.Key.Item1 == AccountKind.Overdraft && pair.Value != 0) ? await OvershootsAsync(store, cancel) : []));
    }

    private IEnumerable<LawState> States(Dictionary<string, LawCheck> checks) =>
        LedgerLaws.ForOnePass().Select(law => (law.Code, law.Name, law.Scope, law.Unit))
            .Concat(others.Select(law => (law.Code, law.Name, law.Scope, law.Unit)))
            .Select(law => new LawState(law.Code, law.Name, law.Scope, law.Unit, checks.GetValueOrDefault(law.Code)));

    private static async Task<ImmutableArray<Overshoot>> OvershootsAsync(BillingStore store, CancellationToken cancel)
    {
        var overdraft = (int)AccountKind.Overdraft;
        var rows = await store.Accounts.Where(a => a.Kind == overdraft && a.Balance < 0).OrderBy(a => a.Balance).ThenBy(a => a.OrganizationId).Take(Shown)
            .Join(store.Organizations, a => a.OrganizationId, o => o.Id, (a, o) => new
            {
                o.Id,
                o.Name,
                a.Currency,
                a.Balance,
                Seq = store.Postings.Where(p => p.OrganizationId == a.OrganizationId && p.Account == a.Account && p.Amount < 0).Max(p => (long?)p.Seq),
            })
            .ToListAsync(cancel);
        return [.. rows.OrderBy(row => row.Balance).Select(row => new Overshoot(row.Id, row.Name, new Money(row.Balance, Currency.Of(row.Currency)), row.Seq))];
    }
}
