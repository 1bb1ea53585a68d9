using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Setup;

/// <summary>The whole portal in this process, asked over HTTP by people with cookies and programs with tokens.</summary>
/// <param name="database">Its database, which outlives it.</param>
/// <param name="clock">Its clock; the real one where absent.</param>
/// <param name="environment">Where it believes to be; not Development, so that no demo is filled in.</param>
internal sealed class Portal(TestDatabase database, TimeProvider? clock = null, string environment = "Test") : WebApplicationFactory<Program>
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "correct horse battery";

    private int _people;

    /// <summary>Enters a person and gives their id and email.</summary>
    public async Task<(string Id, string Email)> PersonAsync(Role? platformRole = null, params (OrganizationId Organization, Role Role)[] memberships)
    {
        var email = $"person{Interlocked.Increment(ref _people).ToString(CultureInfo.InvariantCulture)}@example.test";
        var entered = await Services.GetRequiredService<PeopleRegister>().AddAsync(
            new NewPerson(email, Password, "Person") { PlatformRole = platformRole, Memberships = [.. memberships] }, CancellationToken.None);
        return (entered.ShouldBeOfType<Outcome<string>.Done>().Value, email);
    }

    /// <summary>Somebody at a browser, not signed in.</summary>
    public Visitor Visit() => new(CreateDefaultClient(new Uri("http://localhost"), new Microsoft.AspNetCore.Mvc.Testing.Handlers.CookieContainerHandler()));

    /// <summary>Somebody at a browser, signed in.</summary>
    public async Task<Visitor> VisitAsync(string email, string password = Password)
    {
        var visitor = Visit();
        using var answer = await visitor.SignInAsync(email, password);
        ((int)answer.StatusCode).ShouldBe(302);
        return visitor;
    }

    /// <summary>The portal's database.</summary>
    public BillingStore Store() => Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContext();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("Jobs:Enabled", "false");

        // A browser for each PDF that a test asks for in passing would take its time; who prints takes a printer.
        builder.UseSetting("Printing:Chromium", "/nowhere/chromium");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        foreach (var (key, value) in database.Configuration)
        {
            builder.UseSetting(key, value);
        }

        if (clock is not null)
        {
            builder.ConfigureTestServices(services => services.AddSingleton(clock));
        }
    }
}
