using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.SigningIn;

public sealed class DemoPeopleTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task Development_has_three_people_and_nothing_else_starts_with_them(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using (var development = new Portal(database, environment: "Development"))
        {
            foreach (var person in DemoPeople.All)
            {
                using var visitor = development.Visit();
                using var entered = await visitor.SendAsync("/sign-in", "demo", ("Demo.Email", person.Email));
                ((int)entered.StatusCode).ShouldBe(302);
            }

            await StartSteps.RunAsync(development.Services, CancellationToken.None);
            await using var store = development.Store();
            (await store.Users.CountAsync(user => user.Demo)).ShouldBe(3);
            (await store.Memberships.CountAsync()).ShouldBe(1);
        }

        var production = await VerbRun.OfAsync(database.Configuration, "Production", "", "--urls", "http://localhost:0");
        production.Code.ShouldBe(1);
        production.Errors.ShouldContain("does not start in Production with the demo's accounts");
        production.Errors.ShouldContain("create-admin");
        production.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task The_demo_is_not_offered_outside_development_nor_taken_by_its_form()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        await portal.Services.GetRequiredService<PeopleRegister>().AddAsync(
            new NewPerson(DemoPeople.Finance.Email, DemoPeople.Password, "Mara"), CancellationToken.None);
        using var visitor = portal.Visit();

        using var page = await visitor.GetAsync("/sign-in");
        (await page.Content.ReadAsStringAsync()).ShouldNotContain(DemoPeople.Password);
        using var sent = await visitor.SendAsync("/sign-in", "demo", ("Demo.Email", DemoPeople.Finance.Email));
        ((int)sent.StatusCode).ShouldBeInRange(400, 401);
        ((int)await visitor.StatusAsync("/account")).ShouldBe(302);
    }
}
