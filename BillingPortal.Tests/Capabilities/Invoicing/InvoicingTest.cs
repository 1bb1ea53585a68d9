using System.Net.Mail;
using System.Security.Claims;
using BillingPortal.Capabilities.Invoicing;
using BillingPortal.Notifications;
using BillingPortal.Printing;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace BillingPortal.Tests.Capabilities.Invoicing;

/// <summary>The room's pages over a real store, in which a month of Northwind's is closed.</summary>
public abstract class InvoicingTest(TestDatabases databases) : WebTest
{
    private BunitAuthorizationContext _person = null!;

    private protected InvoicedHouse House { get; private set; } = null!;

    private protected async Task<TestDatabase> OpenAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var database = await databases.CreateAsync(kind);
        House = await InvoicedHouse.OpenAsync(database, Clock);
        Services.AddSingleton<IDbContextFactory<BillingStore>>(House.Stores);
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        Services.AddSingleton(House.Ledger.Writer);
        Services.AddSingleton(new MailOptions(null, 25, false, new MailAddress("billing@example.test"), null, new Uri("https://portal.example.test")));
        Services.AddSingleton<IWebHostEnvironment>(new Nowhere());
        Services.AddScoped<CurrentCaller>().AddScoped<DraftKeeper>();
        Services.AddInvoicing();
        Services.AddSingleton<IPdfPrinter>(new UnsetPrinter("PDF needs Chromium."));
        _person = this.AddAuthorization();
        SignIn(House.Finance);
        return database;
    }

    private protected IRenderedComponent<InvoicePage> Page(string query)
    {
        Services.GetRequiredService<BunitNavigationManager>().NavigateTo($"/organizations/{House.Northwind}/invoices/1{query}");
        var page = Render<InvoicePage>(p => p.Add(x => x.Number, House.Northwind.Value).Add(x => x.Ordinal, 1));
        page.WaitForElement("h1");
        return page;
    }

    private protected IRenderedComponent<InvoicesPage> List(string address)
    {
        Services.GetRequiredService<BunitNavigationManager>().NavigateTo(address);
        var page = Render<InvoicesPage>();
        page.WaitForElement("h1");
        return page;
    }

    private protected void SignIn(Caller caller)
    {
        _person.SetAuthorized(caller.UserId);
        _person.SetClaims(new Claim(ClaimTypes.NameIdentifier, caller.UserId));
    }

    private sealed class Nowhere : IWebHostEnvironment
    {
        public string WebRootPath { get; set; } = "";

        public IFileProvider WebRootFileProvider { get; set; } = new NullFileProvider();

        public string ApplicationName { get; set; } = "test";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public string ContentRootPath { get; set; } = "";

        public string EnvironmentName { get; set; } = "Test";
    }
}
