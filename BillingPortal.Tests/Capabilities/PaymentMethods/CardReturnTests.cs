using BillingPortal.Capabilities.PaymentMethods;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.PaymentMethods;

public sealed class CardReturnTests(TestDatabases databases)
{
    [Fact]
    public async Task The_mere_request_for_the_return_page_enters_nothing()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        await using var portal = new Portal(database);
        var (id, email) = await portal.PersonAsync(null, (acme, Role.Admin));
        var begun = await portal.Services.GetRequiredService<AddingCard>().BeginAsync(new Caller(id, "page"), acme, new Uri("/back", UriKind.Relative), default);
        var setup = begun.ShouldBeOfType<Outcome<Uri>.Done>().Value.ToString().Split('/')[^1];
        await portal.Services.GetRequiredService<SandboxDesk>().TakeAsync(setup, "4242424242424242", "12", "34", default);

        using var visitor = await portal.VisitAsync(email);
        using var page = await visitor.GetAsync($"/organizations/{acme.Value}/cards/return?setup={setup}");

        (await page.Content.ReadAsStringAsync()).ShouldContain("Asking the payment provider for the card");
        await using var store = portal.Store();
        (await store.PaymentMethods.AnyAsync()).ShouldBeFalse();
    }
}
