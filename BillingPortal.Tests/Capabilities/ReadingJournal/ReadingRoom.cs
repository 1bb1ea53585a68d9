using BillingPortal.Capabilities.ReadingJournal;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.ReadingJournal;

/// <summary>The room's queries on a test's database, with a ledger to fill it and three people to ask.</summary>
internal sealed class ReadingRoom : IAsyncDisposable
{
    private ReadingRoom(TestDatabase database, FakeClock clock)
    {
        (Clock, Stores) = (clock, new StoreOf(database));
        Ledger = new Ledger(database, clock);
    }

    public FakeClock Clock { get; }

    public StoreOf Stores { get; }

    public Ledger Ledger { get; }

    public Caller Support { get; private set; } = null!;

    public static async Task<ReadingRoom> OpenAsync(TestDatabase database)
    {
        var room = new ReadingRoom(database, new FakeClock(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero)));
        room.Support = await room.Stores.PersonAsync("tester", "SUPPORT");
        return room;
    }

    /// <summary>Lets an hour pass, and gives when it is then.</summary>
    public Instant Later(int hours = 1)
    {
        Clock.Advance(TimeSpan.FromHours(hours));
        return Instant.Now(Clock);
    }

    public async Task<JournalEntry> PostAsync(MoneyCommand command)
    {
        Later();
        return (await Ledger.DoneAsync(command)).Entries.Single();
    }

    public async Task<HistoryPage> PageAsync(OrganizationId? organization, string query = "", JournalPlace? place = null, Caller? caller = null) =>
        (await AskAsync(organization, query, place, caller)).ShouldBeOfType<Outcome<HistoryPage>.Done>().Value;

    public Task<Outcome<HistoryPage>> AskAsync(OrganizationId? organization, string query = "", JournalPlace? place = null, Caller? caller = null) =>
        new GetHistoryPage(Stores).RunAsync(caller ?? Support, organization, Form(query), place ?? new JournalPlace(25), TimeZoneInfo.Utc, CancellationToken.None);

    public async Task<BalancesAsOf> AsOfAsync(OrganizationId organization, Instant at, EntryTime by) =>
        (await new GetBalanceAsOf(Stores, Clock).RunAsync(Support, organization, at, by, CancellationToken.None))
            .ShouldBeOfType<Outcome<BalancesAsOf>.Done>().Value;

    public static JournalForm Form(string query)
    {
        var values = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new JournalForm(key => values.GetValueOrDefault(key));
    }

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();
}
