using System.Security.Claims;
using BillingPortal.Capabilities.Notifying;
using BillingPortal.Store;
using BillingPortal.Store.Scheduling;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace BillingPortal.Tests.Capabilities.Notifying;

/// <summary>The room's faces over a real store, with an administrator of Acme Robotics before them.</summary>
public abstract class NotifyingTest : WebTest
{
    private readonly TestDatabases _databases;
    private BunitAuthorizationContext? _person;

    private protected NotifyingTest(TestDatabases databases) => _databases = databases;

    /// <summary>Where the portal believes to be.</summary>
    private protected string Environment { get; set; } = Environments.Production;

    /// <summary>Further settings.</summary>
    private protected Dictionary<string, string?> Settings { get; } = [];

    private protected async Task<NotifiedHouse> SignInAsync()
    {
        var house = await NotifiedHouse.OpenAsync(_databases, DatabaseKind.Sqlite);
        house.Clock.MoveTo(Clock.GetUtcNow());
        var settings = new ConfigurationBuilder().AddInMemoryCollection(house.Database.Configuration).AddInMemoryCollection(Settings).Build();
        Services.AddSingleton<IConfiguration>(settings);
        Services.AddSingleton<IHostEnvironment>(_ => new HostingEnvironment { EnvironmentName = Environment });
        Services.AddSingleton(DatabaseOptions.From(settings));
        Services.AddSingleton<IDbContextFactory<BillingStore>>(house.Stores);
        Services.AddScoped<CurrentCaller>();
        Services.AddNotifying();
        SignInAs(await house.MemberAsync("admin@example.test", house.Below));
        return house;
    }

    private protected void SignInAs(Caller caller)
    {
        _person ??= this.AddAuthorization();
        _person.SetAuthorized(caller.UserId);
        _person.SetClaims(new Claim(ClaimTypes.NameIdentifier, caller.UserId));
    }

    private protected void SignOut() => _person!.SetNotAuthorized();

    private protected IRenderedComponent<T> At<T>(string address)
        where T : IComponent
    {
        Services.GetRequiredService<BunitNavigationManager>().NavigateTo(address);
        return Render<T>();
    }
}
