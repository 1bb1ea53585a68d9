using BillingPortal.Capabilities.ClosingMonths;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.ClosingMonths;

/// <summary>Organizations that used something in February 2026, seen in March by finance.</summary>
internal sealed class MonthHouse : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private MonthHouse(TestDatabase database)
    {
        _database = database;
        Ledger = new Ledger(database, Clock);
        Stores = new StoreOf(database);
        Previewing = new PreviewingMonth(Stores, Ledger.Writer);
        Committing = new CommittingMonth(Previewing, Ledger.Writer);
    }

    public static BillingPeriod February { get; } = new(202602);

    public FakeClock Clock { get; } = new(new DateTimeOffset(2026, 2, 10, 12, 0, 0, TimeSpan.Zero));

    public Ledger Ledger { get; }

    public StoreOf Stores { get; }

    public PreviewingMonth Previewing { get; }

    public CommittingMonth Committing { get; }

    public Caller Finance { get; private set; } = default!;

    public static async Task<MonthHouse> OpenAsync(TestDatabases databases, DatabaseKind kind)
    {
        var house = new MonthHouse(await databases.CreateAsync(kind));
        house.Finance = await house.Stores.PersonAsync("Fiona", "FINANCE");
        return house;
    }

    /// <summary>A postpaid organization that used so much in February.</summary>
    public async Task<OrganizationId> UserAsync(string name, decimal used, Action<Organization>? shape = null)
    {
        var organization = await Ledger.OrganizationAsync(ChargingModel.Postpaid, name, made =>
        {
            made.Slug = name.ToLowerInvariant().Replace(' ', '-');
            shape?.Invoke(made);
        });
        await Ledger.DoneAsync(Ledger.Charge(organization, used, ChargeMode.Fact));
        return organization;
    }

    public void March() => Clock.MoveTo(new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero));

    public async Task<List<MonthLine>> LookAsync(MonthAct act = MonthAct.Close) =>
        [.. (await Previewing.RunAsync(Finance, act, February, chosen: null, _ => { }, CancellationToken.None)).ShouldBeOfType<Outcome<System.Collections.Immutable.ImmutableArray<MonthLine>>.Done>().Value];

    public async Task<List<MonthLine>> DoAsync(MonthAct act, IEnumerable<MonthLine> lines, Action? tell = null, CancellationToken cancel = default) =>
        [.. (await Committing.RunAsync(Finance, act, February, [.. lines], Guid.NewGuid().ToString("N"), tell ?? (() => { }), cancel))
            .ShouldBeOfType<Outcome<System.Collections.Immutable.ImmutableArray<MonthLine>>.Done>().Value];

    public MonthWork Work() => new(Previewing, Committing, Clock, NullLogger<MonthWork>.Instance);

    public async Task<List<InvoiceRow>> InvoicesAsync()
    {
        await using var store = _database.Read();
        return await store.Invoices.OrderBy(invoice => invoice.OrganizationId).ThenBy(invoice => invoice.Ordinal).ToListAsync();
    }

    public async Task<bool> IsBlockedAsync(OrganizationId organization)
    {
        await using var store = _database.Read();
        return await store.Organizations.AnyAsync(o => o.Id == organization.Value && o.BlockedCause != null);
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
    }
}
