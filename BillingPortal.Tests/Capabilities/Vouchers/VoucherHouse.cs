using BillingPortal.Capabilities.Vouchers;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.Vouchers;

/// <summary>Finance, an organization with its administrator, and what issues and redeems vouchers.</summary>
internal sealed class VoucherHouse : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private VoucherHouse(TestDatabase database)
    {
        _database = database;
        Stores = new StoreOf(database);
        Ledger = new Ledger(database, Clock);
        Issuing = new IssuingVoucher(Stores, new OrganizationWriter(Ledger.Writer, Clock), Clock);
        Listing = new ListVouchers(Stores, Clock);
        Redeeming = new RedeemingVoucher(Stores, Ledger.Writer);
    }

    public FakeClock Clock { get; } = new();

    public StoreOf Stores { get; }

    public Ledger Ledger { get; }

    public IssuingVoucher Issuing { get; }

    public ListVouchers Listing { get; }

    public RedeemingVoucher Redeeming { get; }

    public OrganizationId Acme { get; private set; }

    public Caller Admin { get; private set; } = null!;

    public Caller Finance { get; private set; } = null!;

    public static async Task<VoucherHouse> OpenAsync(TestDatabases databases, DatabaseKind kind)
    {
        var house = new VoucherHouse(await databases.CreateAsync(kind));
        house.Acme = await house.Ledger.OrganizationAsync();
        house.Admin = await house.Stores.PersonAsync("admin", null, (house.Acme.Value, "ADMIN"));
        house.Finance = await house.Stores.PersonAsync("finance", "FINANCE");
        await using var store = house.Stores.CreateDbContext();
        await store.Users.Where(user => user.Id == "admin").ExecuteUpdateAsync(set => set.SetProperty(user => user.Email, "Ada@Acme.example"));
        return house;
    }

    /// <summary>Issues one that gives 25 once, or as a test wants it.</summary>
    public async Task<Voucher> IssueAsync(Func<VoucherForm, VoucherForm>? shape = null)
    {
        var form = new VoucherForm { Amount = "25.00", Note = "Welcome" };
        return (await Issuing.IssueAsync(Finance, shape?.Invoke(form) ?? form, default)).ShouldBeOfType<Outcome<Voucher>.Done>().Value;
    }

    /// <summary>Looks at the preview and agrees to it.</summary>
    public async Task<Outcome<Receipt>> RedeemAsync(string code, OrganizationId? at = null, Caller? by = null)
    {
        var (form, key) = (new RedeemForm(code), Ledger.NextKey());
        var preview = await Redeeming.PreviewAsync(by ?? Admin, at ?? Acme, form, key, default);
        return await preview.ThenAsync(seen => Redeeming.CommitAsync(by ?? Admin, at ?? Acme, form, Agreement.To(seen), key, default));
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
    }
}
