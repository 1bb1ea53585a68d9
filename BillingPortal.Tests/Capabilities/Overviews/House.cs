using BillingPortal.Capabilities.Overviews;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Overviews;

/// <summary>Two resellers with their trees, some more organizations, and people who see all, one tree, or nothing.</summary>
internal sealed class House : IAsyncDisposable
{
    /// <summary>How many organizations there are.</summary>
    public const int Organizations = 10;

    private readonly TestDatabase _database;

    private House(TestDatabase database)
    {
        _database = database;
        Stores = new StoreOf(database);
        Ledger = new Ledger(database, Clock);
    }

    public static Guid BetaWest { get; } = new("0192a5de-7c44-7bb5-9c55-112233445566");

    public TestDatabase Database => _database;

    public FakeClock Clock { get; } = new();

    public StoreOf Stores { get; }

    public Ledger Ledger { get; }

    public long Beta { get; private set; }

    public long Gamma { get; private set; }

    public Caller Support { get; private set; } = new("", "page");

    public Caller Reseller { get; private set; } = new("", "page");

    public Caller Nobody { get; private set; } = new("", "page");

    public static async Task<House> WithTreesAsync(TestDatabases databases, DatabaseKind kind)
    {
        var house = new House(await databases.CreateAsync(kind));
        await house.FillAsync();
        return house;
    }

    public async Task<OrganizationList> ListAsync(Caller caller, OrganizationFilter? filter = null, ListPart? part = null) =>
        (await new ListOrganizations(Stores, Clock).RunAsync(caller, filter ?? new(), part ?? new(), default)).ShouldBeOfType<Outcome<OrganizationList>.Done>().Value;

    public async Task<IReadOnlyList<string>?> NamesAsync(Caller caller, OrganizationFilter? filter = null) =>
        await new ListOrganizations(Stores, Clock).RunAsync(caller, filter ?? new(), new(), default) is Outcome<OrganizationList>.Done done
            ? [.. done.Value.Rows.Select(row => row.Name)]
            : null;

    public async Task<OrganizationTotals> TotalsAsync(Caller caller, OrganizationFilter? filter = null) =>
        (await new TotalOrganizations(Stores, Clock).RunAsync(caller, filter ?? new(), month: null, default)).ShouldBeOfType<Outcome<OrganizationTotals>.Done>().Value;

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task FillAsync()
    {
        var beta = await Ledger.OrganizationAsync(ChargingModel.Postpaid, "Beta Cloud");
        var gamma = await Ledger.OrganizationAsync(ChargingModel.Postpaid, "Gamma Group");
        var west = await Ledger.OrganizationAsync(name: "Beta West", shape: o => (o.ParentId, o.Uuid) = (beta.Value, BetaWest));
        var east = await Ledger.OrganizationAsync(name: "Beta East", shape: o => o.ParentId = beta.Value);
        await Ledger.OrganizationAsync(name: "Gamma Sub", shape: o => (o.ParentId, o.Disabled) = (gamma.Value, true));
        var bakery = await Ledger.OrganizationAsync(name: "Éclair Bakery", shape: o => o.Currency = "EUR");
        for (var n = 1; n <= 4; n++)
        {
            await Ledger.OrganizationAsync(name: "Twin");
        }

        await Ledger.DoneAsync(Ledger.TopUp(east, 100, bonusRate: 200_000));
        await Ledger.DoneAsync(Ledger.Charge(west, 5, ChargeMode.Fact));
        await Ledger.DoneAsync(Ledger.Charge(gamma, 12.5m));
        await Ledger.DoneAsync(Ledger.TopUp(bakery, 40));
        (Beta, Gamma) = (beta.Value, gamma.Value);
        Support = await Stores.PersonAsync("support", "SUPPORT");
        Reseller = await Stores.PersonAsync("reseller", memberships: (Beta, "ADMIN"));
        Nobody = await Stores.PersonAsync("nobody");
    }
}
