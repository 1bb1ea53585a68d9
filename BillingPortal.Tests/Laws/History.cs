using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Laws;

/// <summary>One line of the books with the times of its entry, as a model needs it that adds up everything every time.</summary>
internal sealed record Line(long Seq, AccountKey Account, long Amount, long BalanceAfter, Instant EffectiveAt, Instant RecordedAt);

/// <summary>One new organization that lives through a random history.</summary>
internal sealed class History
{
    private readonly Ledger _ledger;
    private readonly FakeClock _clock;
    private int _key;

    private History(Ledger ledger, FakeClock clock, OrganizationId organization)
    {
        _ledger = ledger;
        _clock = clock;
        Organization = organization;
    }

    /// <summary>Whose.</summary>
    public OrganizationId Organization { get; }

    /// <summary>Begins one.</summary>
    public static async Task<History> BeginAsync(Ledger ledger, FakeClock clock, ChargingModel model) =>
        new(ledger, clock, await ledger.OrganizationAsync(model));

    /// <summary>Asks for each wish in turn; some time passes between them.</summary>
    public async Task<List<Outcome<Receipt>>> LiveAsync(IEnumerable<Wish> wishes)
    {
        var outcomes = new List<Outcome<Receipt>>();
        foreach (var wish in wishes)
        {
            _clock.Advance(TimeSpan.FromMinutes(97));
            outcomes.Add(await _ledger.RunAsync(wish.ToCommand(Organization, $"wish-{_key++}", _ledger.Now)));
        }

        return outcomes;
    }

    /// <summary>Every line written, in order.</summary>
    public async Task<List<Line>> LinesAsync()
    {
        await using var store = _ledger.Database.Read();
        var lines = await store.Postings.Where(p => p.OrganizationId == Organization.Value)
            .Join(store.Entries, p => new { p.OrganizationId, p.Seq }, e => new { e.OrganizationId, e.Seq }, (p, e) => new { p, e.RecordedAt })
            .OrderBy(both => both.p.Seq).ToListAsync();
        return [.. lines.Select(both => new Line(
            both.p.Seq, new AccountKey(both.p.Account), both.p.Amount, both.p.BalanceAfter, new Instant(both.p.EffectiveAt), new Instant(both.RecordedAt)))];
    }

    /// <summary>Every account's balance as it is kept.</summary>
    public async Task<Dictionary<AccountKey, long>> BalancesAsync()
    {
        await using var store = _ledger.Database.Read();
        return await store.Accounts.Where(a => a.OrganizationId == Organization.Value).ToDictionaryAsync(a => new AccountKey(a.Account), a => a.Balance);
    }
}
