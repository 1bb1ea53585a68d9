using BillingPortal.Tests.Setup;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.E2E;

/// <summary>
/// The real portal on a real port, over a database of its own, with the demo people of Development. One for each test class that
/// asks for it; it starts with the class's first test.
/// </summary>
public class PortalFixture(TestDatabases databases) : IAsyncLifetime
{
    private readonly string _mails = Directory.CreateTempSubdirectory("billing-portal-mail-").FullName;
    private TestDatabase? _database;
    private Host? _host;

    /// <summary>Where a browser finds it. Always <c>localhost</c>: browsers refuse passkeys on an IP address.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>The running portal's services, to look at what a page cannot show.</summary>
    public IServiceProvider Services => _host!.Services;

    /// <summary>What time it is for the portal.</summary>
    public MovedClock Clock { get; } = new();

    /// <summary>Its database, for a test that comes from another side: a second node, or a reader that shares nothing with the portal.</summary>
    internal TestDatabase Database => _database!;

    /// <summary>Which database it runs on.</summary>
    protected virtual DatabaseKind Kind => DatabaseKind.Sqlite;

    /// <summary>A client without cookies and without redirects: a program that calls the API.</summary>
    public HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(Kind);
        _host = new Host(_database, _mails, Clock, await SettingsAsync());
        _host.UseKestrel(0);
        _host.StartServer();
        var bound = _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new UriBuilder(bound) { Host = "localhost" }.Uri;
        await PrepareAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_mails, recursive: true);

        GC.SuppressFinalize(this);
    }

    /// <summary>What a class wants to be there before its first test.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Settings that a class wants to be others.</summary>
    protected virtual Task<IReadOnlyDictionary<string, string?>> SettingsAsync() => Task.FromResult<IReadOnlyDictionary<string, string?>>(new Dictionary<string, string?>());

    private sealed class Host(TestDatabase database, string mails, TimeProvider clock, IReadOnlyDictionary<string, string?> settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
            builder.UseSetting("Mail:Folder", mails);
            builder.ConfigureTestServices(services => services.AddSingleton(clock));
            foreach (var (key, value) in database.Configuration.Concat(settings))
            {
                builder.UseSetting(key, value);
            }
        }
    }
}

/// <summary>The same on PostgreSQL.</summary>
public class PostgresPortalFixture(TestDatabases databases) : PortalFixture(databases)
{
    /// <inheritdoc />
    protected override DatabaseKind Kind => DatabaseKind.Postgres;
}
