using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Drills;

/// <summary>Customers with cards and rules, and programs that charge them until they run low.</summary>
internal sealed class RechargeLoad(IReadOnlyList<Guid> customers, string token)
{
    private int _asked;

    /// <summary>True when every customer was charged.</summary>
    public bool IsThrough => _asked == customers.Count;

    /// <summary>Enters customers that hold 100 and recharge 50 below 20; of ten cards one loses answers and one loses orders.</summary>
    public static async Task<List<OrganizationId>> EnterAsync(TestDatabase database, int count)
    {
        await using var ledger = new Ledger(database);
        var books = new SandboxBooks(new StoreOf(database), TimeProvider.System);
        using var outbox = new SandboxOutbox(books, TimeProvider.System);
        var (gateway, desk) = (new SandboxGateway(books, outbox), new SandboxDesk(books, outbox, TimeProvider.System));
        var entered = new List<OrganizationId>();
        for (var number = 0; number < count; number++)
        {
            var organization = await ledger.OrganizationAsync(name: $"Customer {number.ToString(CultureInfo.InvariantCulture)}");
            var customer = await gateway.EnterCustomerAsync(organization, "Customer", $"customer:{organization}", default);
            var setup = await gateway.BeginSetupAsync(customer, new Uri("/back", UriKind.Relative), $"setup:{organization}", default);
            await desk.TakeAsync(setup.Id, (number % 10) switch { 3 => "4000000000009900", 7 => "4000000000009901", _ => "4242424242424242" }, "12", "34", default);
            var card = (await gateway.FindCardAsync(customer, setup.Id, default))!;
            await ledger.DoneAsync(ledger.TopUp(organization, 100));
            await ledger.DoneAsync(new AddCard(Ledger.Tester, ledger.NextKey(), organization,
                new NewCard(gateway.Provider, customer, card.Method, card.Brand, card.Last4, card.ExpiryMonth, card.ExpiryYear)));
            await ledger.DoneAsync(new SetBillingRule(Ledger.Tester, ledger.NextKey())
            {
                Wishes = [new RuleWish(organization) { RechargeEnabled = true, Threshold = Ledger.Micros(20), Amount = Ledger.Micros(50) }],
            });
            entered.Add(organization);
        }

        return entered;
    }

    /// <summary>Charges the next customers down to 10, several programs at once; who gets no answer asks again with the same key in the next call.</summary>
    public async Task ChargeAsync(Uri address, int count)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        var until = Math.Min(customers.Count, _asked + count);
        await Parallel.ForEachAsync(customers.Skip(_asked).Take(until - _asked), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (customer, cancel) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/organizations/{customer}/charges", UriKind.Relative));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Idempotency-Key", $"charge-{customer}");
            request.Content = JsonContent.Create(new { service = "compute", amount = "90" });
            using var answer = await client.SendAsync(request, cancel);
            answer.EnsureSuccessStatusCode();
        });
        _asked = until;
    }
}
