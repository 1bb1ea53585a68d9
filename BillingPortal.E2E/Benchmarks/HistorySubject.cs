using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>One organization with a history of some length, written by the portal's own writer, one entry in a hundred back-dated.</summary>
internal sealed class HistorySubject : IAsyncDisposable
{
    private const int PostingsPerEntry = 2;
    private readonly ServiceProvider _services;
    private readonly IDbContextFactory<BillingStore> _stores;
    private readonly OrganizationId _organization;
    private List<(Instant RecordedAt, Instant EffectiveAt)> _moments = [];

    private HistorySubject(TestDatabase database, OrganizationId organization, RawHistory raw)
    {
        (Database, _organization, Raw) = (database, organization, raw);
        _services = StoreServices.Over(database);
        _stores = _services.GetRequiredService<IDbContextFactory<BillingStore>>();
    }

    /// <summary>Where it is.</summary>
    public TestDatabase Database { get; }

    /// <summary>The yardstick beside it.</summary>
    public RawHistory Raw { get; }

    /// <summary>The entry in the middle.</summary>
    public JournalCursor Middle { get; private set; }

    /// <summary>Writes it.</summary>
    public static async Task<HistorySubject> WriteAsync(TestDatabase database, int postings)
    {
        // An entry a minute: what comes late, up to two days, straddles as many entries early in the history as at its end.
        var clock = new FakeClock();
        OrganizationId organization;
        await using (var ledger = new Ledger(database, clock))
        {
            organization = await ledger.OrganizationAsync();
            await ledger.DoneAsync(ledger.TopUp(organization, 1_000_000));
            await Parallel.ForAsync(1, postings / PostingsPerEntry, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (number, _) =>
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                await ledger.DoneAsync(Charge(organization, number, ledger.Now));
            });
        }

        var subject = new HistorySubject(database, organization, new RawHistory(await database.ConnectAsync(), organization.Value));
        await subject.Raw.AnalyzeAsync();
        subject._moments = await subject.MomentsAsync();
        subject.Middle = new JournalCursor(subject._moments[Comparison.Times / 2].RecordedAt, organization, postings / PostingsPerEntry / 2);
        return subject;
    }

    /// <summary>Every account now.</summary>
    public async Task BalanceAsync()
    {
        await using var store = await _stores.CreateDbContextAsync();
        await store.Accounts.Where(account => account.OrganizationId == _organization.Value).ToListAsync();
    }

    /// <summary>A page of the journal.</summary>
    public async Task PageAsync(JournalCursor? after)
    {
        await using var store = await _stores.CreateDbContextAsync();
        var page = await JournalReading.PageAsync(
            store, new JournalScope.Of(_organization), JournalFilter.None, new JournalPlace(RawHistory.Rows, after), CancellationToken.None);
        page.Lines.Length.ShouldBe(RawHistory.Rows);
    }

    /// <summary>Every account at one of many instants spread over the history.</summary>
    public async Task AsOfAsync(int number, EntryTime by)
    {
        await using var store = await _stores.CreateDbContextAsync();
        await BalanceReading.AsOfAsync(store, _organization, Moment(number, by), by, CancellationToken.None);
    }

    /// <summary>One of those instants.</summary>
    public Instant Moment(int number, EntryTime by)
    {
        var (recordedAt, effectiveAt) = _moments[number % _moments.Count];
        return by is EntryTime.Recorded ? recordedAt : effectiveAt;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Raw.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static ChargeUsage Charge(OrganizationId organization, int number, Instant now) =>
        new(Ledger.Tester, "history-" + number.ToString(CultureInfo.InvariantCulture), organization)
        {
            Mode = ChargeMode.Fact,
            Service = "compute",
            Amount = 1 + (number % 977),
            OccurredAt = number % 100 == 99 ? now.Plus(-TimeSpan.FromHours(1 + (number % 48))) : null,
        };

    private async Task<List<(Instant RecordedAt, Instant EffectiveAt)>> MomentsAsync()
    {
        await using var store = Database.Read();
        var entries = store.Entries.Where(entry => entry.OrganizationId == _organization.Value);
        var step = Math.Max(1, await entries.MaxAsync(entry => entry.Seq) / Comparison.Times);
        var moments = await entries.Where(entry => entry.Seq % step == 0).OrderBy(entry => entry.Seq).Take(Comparison.Times)
            .Select(entry => new { entry.RecordedAt, entry.EffectiveAt }).ToListAsync();
        return moments.ConvertAll(moment => (new Instant(moment.RecordedAt), new Instant(moment.EffectiveAt)));
    }
}
