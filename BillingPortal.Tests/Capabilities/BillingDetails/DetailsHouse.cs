using BillingPortal.Capabilities.BillingDetails;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.TaxRegisters;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.BillingDetails;

/// <summary>An organization with its administrator, the room's commands, and a register that says what a test wants.</summary>
internal sealed class DetailsHouse : ITaxRegister, IAsyncDisposable
{
    private readonly TestDatabase _database;

    private DetailsHouse(TestDatabase database)
    {
        _database = database;
        Stores = new StoreOf(database);
        Ledger = new Ledger(database, Clock);
        var writer = new OrganizationWriter(Ledger.Writer, Clock);
        Checks = new TaxNumberChecks(this, writer, Clock);
        Changing = new ChangeDetails(Stores, writer);
        Reading = new GetDetailsSheet(Stores, this);
        Checking = new CheckTaxNumber(Stores, Checks);
        Verifying = new VerifyTaxNumbers(Stores, Checks, Clock);
    }

    public FakeClock Clock { get; } = new();

    public StoreOf Stores { get; }

    public Ledger Ledger { get; }

    public TaxNumberChecks Checks { get; }

    public ChangeDetails Changing { get; }

    public GetDetailsSheet Reading { get; }

    public CheckTaxNumber Checking { get; }

    public VerifyTaxNumbers Verifying { get; }

    public OrganizationId Acme { get; private set; }

    public Caller Admin { get; private set; } = null!;

    public string? Name => "VIES";

    /// <summary>What the register says.</summary>
    public TaxRegisterAnswer Says { get; set; } = new TaxRegisterAnswer.NotKnown();

    /// <summary>The numbers it was asked about.</summary>
    public List<string> Asked { get; } = [];

    public static async Task<DetailsHouse> BuildAsync(TestDatabases databases, DatabaseKind kind)
    {
        var house = new DetailsHouse(await databases.CreateAsync(kind));
        house.Acme = await house.Ledger.OrganizationAsync();
        house.Admin = await house.Stores.PersonAsync("admin", null, (house.Acme.Value, "ADMIN"));
        return house;
    }

    public Task<TaxRegisterAnswer> AskAsync(string number, CancellationToken cancel)
    {
        Asked.Add(number);
        return Task.FromResult(Says);
    }

    public async Task<StoredDetails> StoredAsync(OrganizationId? of = null)
    {
        await using var store = Stores.CreateDbContext();
        return await StoredDetails.ReadAsync(store, await store.Organizations.SingleAsync(o => o.Id == (of ?? Acme).Value), default);
    }

    /// <summary>The administrator's change against what stands.</summary>
    public async Task<Outcome<StoredDetails>> ChangeAsync(params (DetailField Field, string? Value)[] wishes) => await Changing.RunAsync(
        Admin, Acme, wishes.Aggregate(DetailsChange.None, (change, wish) => change.With(wish.Field, wish.Value)), (await StoredAsync()).Details, default);

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
    }
}
