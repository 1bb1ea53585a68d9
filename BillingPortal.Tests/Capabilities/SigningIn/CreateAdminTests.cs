using BillingPortal.Capabilities.SigningIn;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Web.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BillingPortal.Tests.Capabilities.SigningIn;

public sealed class CreateAdminTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task The_first_account_is_made_on_an_empty_database_and_signs_in(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await EmptyAsync(database);

        var made = await VerbRun.OfAsync(database, Portal.Password + "\n", "create-admin", "--email", "ada@example.test", "--name", "Ada", "--password-stdin");
        made.ShouldBe(new VerbRun(0, "ada@example.test can sign in, with the role Finance." + Environment.NewLine, ""));

        await using var portal = new Portal(database);
        using var visitor = await portal.VisitAsync("ada@example.test");
        await using var store = portal.Store();
        var ada = await store.Users.SingleAsync();
        (ada.DisplayName, ada.PlatformRole, ada.Demo).ShouldBe(("Ada", Role.Finance.Code, false));
        ada.PasswordHash!.ShouldNotContain(Portal.Password);
    }

    [Fact]
    public async Task What_cannot_be_an_account_is_answered_in_words_and_by_exit_code()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        (await MakeAsync(portal, Portal.Password, "--email", "ada@example.test")).Code.ShouldBe(0);

        var again = await VerbRun.OfAsync(database, Portal.Password, "create-admin", "--email", "ADA@example.test");
        again.ShouldBe(new VerbRun(1, "", "No account was made. ADA@example.test signs in here already." + Environment.NewLine));
        var weak = await MakeAsync(portal, "short", "--email", "bob@example.test");
        (weak.Code, weak.Output).ShouldBe((1, ""));
        weak.Errors.ShouldContain("at least 10 characters");
        weak.Errors.ShouldNotContain("short\"");
        (await MakeAsync(portal, Portal.Password, "--email", "nowhere")).Errors.ShouldContain("'nowhere' is not an email address");
        (await VerbRun.OfAsync(database, "", "create-admin", "--email", "bob@example.test")).Code.ShouldBe(2);
        var lacking = await MakeAsync(portal, Portal.Password);
        lacking.Code.ShouldBe(2);
        lacking.Errors.ShouldContain("--email is missing");
    }

    private static Task<VerbRun> MakeAsync(Portal portal, string password, params string[] arguments) => RunAsync(
        new CreateAdminVerb(
            portal.Services.GetRequiredService<PeopleRegister>(), portal.Services.GetRequiredService<IDbContextFactory<BillingStore>>(), (_, _) => Task.FromResult<string?>(password)),
        ["create-admin", .. arguments]);

    private static async Task<VerbRun> RunAsync(IVerb verb, params string[] arguments)
    {
        await using var services = new ServiceCollection().AddSingleton(verb).BuildServiceProvider();
        return await VerbRun.InAsync(services, arguments);
    }

    [Theory, BothDatabases]
    public async Task Migrate_makes_the_database_and_finds_it_made(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await EmptyAsync(database);

        (await VerbRun.OfAsync(database, "", "migrate")).Code.ShouldBe(0);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Configuration).Build();
        (await RunAsync(new MigrateVerb(new StoreOf(database), DatabaseOptions.From(settings)), "migrate")).Code.ShouldBe(0);
        await using var store = new StoreOf(database).CreateDbContext();
        (await store.Users.CountAsync()).ShouldBe(0);
    }

    /// <summary>Back to before the first migration.</summary>
    private static async Task EmptyAsync(TestDatabase database)
    {
        if (database.Kind is DatabaseKind.Sqlite)
        {
            SqliteConnection.ClearAllPools();
            var file = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
            foreach (var part in Directory.GetFiles(Path.GetDirectoryName(file)!))
            {
                File.Delete(part);
            }

            return;
        }

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var empty = new NpgsqlCommand("DROP SCHEMA public CASCADE; CREATE SCHEMA public", connection);
        await empty.ExecuteNonQueryAsync();
    }
}
