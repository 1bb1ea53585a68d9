using System.Net;
using System.Text;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Setup.Stripe;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.TakingPaymentNews;

public sealed class PaymentNewsEndpointTests(TestDatabases databases)
{
    private const string News = """{"Id":"evt_1","Kind":"something.else","Payment":"p","Customer":"c","State":{}}""";

    [Fact]
    public async Task Signed_news_are_taken_and_taken_again_without_effect()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        var signature = portal.Services.GetRequiredService<SandboxOutbox>().Sign(News);

        (await PostAsync(portal, News, signature)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(portal, News, signature)).ShouldBe(HttpStatusCode.OK);

        await using var store = portal.Store();
        (await store.PaymentEvents.SingleAsync()).Outcome.ShouldBe("nothing that concerns the portal");
    }

    [Fact]
    public async Task A_signature_that_does_not_hold_is_a_bad_request()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        var signature = portal.Services.GetRequiredService<SandboxOutbox>().Sign(News);

        (await PostAsync(portal, News + " ", signature)).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(portal, News, signature: null)).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(portal, "", signature)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_provider_than_the_portals_own_is_not_found()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);

        (await PostAsync(portal, News, "t=1,v1=0", "/payments/stripe/webhook")).ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(portal, News, "t=1,v1=0", "/payments/Sandbox%20/webhook")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task No_more_than_64_kilobytes_are_read()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);

        (await PostAsync(portal, new string('x', 64 * 1024), "t=1,v1=0")).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(portal, new string('x', (64 * 1024) + 1), "t=1,v1=0")).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(portal, new string('x', 1024 * 1024), "t=1,v1=0")).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Stripes_news_come_in_by_Stripes_door_and_the_sandboxs_pages_are_gone()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var stripe = await StripeServer.StartAsync();
        await using var portal = new Portal(database);
        await using var configured = portal.WithWebHostBuilder(host =>
        {
            foreach (var (key, value) in stripe.Settings)
            {
                host.UseSetting(key, value);
            }
        });
        using var client = configured.CreateClient();
        var body = StripeWebhooks.Event("customer.created", []);

        (await PostAsync(client, body, stripe.Webhooks.Sign(body, TimeProvider.System.GetUtcNow()), "/payments/stripe/webhook")).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(client, body, stripe.Webhooks.Sign(body, TimeProvider.System.GetUtcNow().AddMinutes(-6)), "/payments/stripe/webhook")).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(client, body, "t=1,v1=0", "/payments/sandbox/webhook")).ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(client, body, "t=1,v1=0", "/sandbox/setup/x")).ShouldNotBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> PostAsync(Portal portal, string body, string? signature, string path = "/payments/sandbox/webhook")
    {
        using var client = portal.CreateClient();
        return await PostAsync(client, body, signature, path);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string body, string? signature, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
        {
            request.Headers.Add("Stripe-Signature", signature);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
