using System.Security.Claims;
using BillingPortal.Capabilities.AdjustingBalances;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.AdjustingBalances;

/// <summary>The room's pages over a real store, with a clock that the test moves: previews are asked for when it is moved.</summary>
public abstract class AdjustingTest(TestDatabases databases) : WebTest, IAsyncLifetime
{
    private protected OrganizationId Acme { get; private set; }

    private protected Ledger Ledger { get; private set; } = default!;

    private protected Caller Support { get; private set; } = default!;

    private protected Caller Finance { get; private set; } = default!;

    private TestDatabase _database = default!;
    private BunitAuthorizationContext _person = default!;

    /// <summary>One prepaid organization with cash 100, bonus 20, and two people who may adjust it.</summary>
    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(DatabaseKind.Sqlite);
        Ledger = new Ledger(_database, Clock);
        var stores = new StoreOf(_database);
        Acme = await Ledger.OrganizationAsync();
        await Ledger.DoneAsync(Ledger.TopUp(Acme, 100, bonusRate: 200_000));
        Support = await stores.PersonAsync("support", "SUPPORT");
        Finance = await stores.PersonAsync("finance", "FINANCE");
        Services.AddSingleton<IDbContextFactory<BillingStore>>(stores);
        Services.AddSingleton(Ledger.Writer);
        Services.AddScoped<CurrentCaller>();
        Services.AddScoped<DraftKeeper>();
        Services.AddAdjustingBalances();
        _person = this.AddAuthorization();
        SignInAs(Finance);
    }

    /// <inheritdoc />
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected void SignInAs(Caller caller)
    {
        _person.SetAuthorized(caller.UserId);
        _person.SetClaims(new Claim(ClaimTypes.NameIdentifier, caller.UserId));
    }

    private protected IRenderedComponent<AdjustBalancePage> Adjust(string query = "")
    {
        Services.GetRequiredService<BunitNavigationManager>().NavigateTo($"/organizations/{Acme}/adjust{query}");
        var page = Render<AdjustBalancePage>(p => p.Add(a => a.Number, Acme.Value));
        page.WaitForElement(".seg");
        return page;
    }

    /// <summary>Fills the form in and lets it rest.</summary>
    private protected async Task FillAsync(IRenderedComponent<AdjustBalancePage> page, string direction, string amount, string bucket, string reason = "goodwill")
    {
        page.Find($"input[value={direction}]").Change(direction);
        page.Find("input.money").Input(amount);
        page.FindAll("select")[0].Change(bucket);
        page.FindAll("select")[1].Change(reason);
        await RestAsync(page);
    }

    private protected async Task<string[]> EntriesAsync()
    {
        await using var store = _database.Read();
        return [.. await store.Entries.Where(e => e.OrganizationId == Acme.Value).OrderBy(e => e.Seq).Select(e => e.Reason).ToListAsync()];
    }

    private protected static string Words<T>(IRenderedComponent<T> page, string selector)
        where T : IComponent => string.Join(' ', page.WaitForElement(selector).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
