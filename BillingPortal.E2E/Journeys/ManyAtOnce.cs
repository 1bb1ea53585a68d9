using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using BillingPortal.Capabilities.ApiTokens;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.E2E.Benchmarks;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.E2E.Journeys;

/// <summary>
/// 64 programs charge over HTTP, against balances that run out, while a second node posts to the same organizations. Every answer is held
/// against the books afterwards.
/// </summary>
public abstract class ManyAtOnce(PortalFixture portal)
{
    private const int Programs = 64;
    private const int ChargesEach = 30;
    private const decimal PaidIn = 6;
    private const long GiftFromElsewhere = 250_000;
    private const int Gifts = 40;

    /// <summary>The story.</summary>
    protected async Task TellAsync()
    {
        await using var elsewhere = new Ledger(portal.Database);
        var organizations = await EnterAsync(elsewhere);
        var token = await TokenAsync();

        var gifts = Task.Run(() => GiveAsync(elsewhere, organizations[0].Id));
        using var client = portal.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answers = await Task.WhenAll(Enumerable.Range(0, Programs).Select(program => Task.Run(() => ChargeAsync(client, program, organizations))));
        await gifts;

        var all = answers.SelectMany(mine => mine).ToList();
        all.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created || answer.Status == HttpStatusCode.UnprocessableEntity);
        all.ShouldContain(answer => answer.Status == HttpStatusCode.UnprocessableEntity, "the test is about money that runs out");
        await using var store = portal.Database.Read();
        foreach (var (number, (id, _)) in organizations.Index())
        {
            var charged = all.Where(answer => answer.Organization == id && answer.Status == HttpStatusCode.Created).ToList();
            var given = number == 0 ? Gifts : 0;
            var held = await store.Accounts.Where(account => account.OrganizationId == id.Value && account.Kind < (int)AccountKind.Revenue).ToListAsync();
            held.ShouldAllBe(account => account.Balance >= 0);
            held.Sum(account => account.Balance).ShouldBe(Ledger.Micros(PaidIn) + (given * GiftFromElsewhere) - charged.Sum(answer => answer.Micros));
            (await store.Entries.CountAsync(entry => entry.OrganizationId == id.Value)).ShouldBe(1 + given + charged.Count);
        }

        (await Books.AreExactAsync(portal.Database)).ShouldBeTrue();
    }

    private static async Task<List<(OrganizationId Id, Guid Uuid)>> EnterAsync(Ledger ledger)
    {
        var organizations = new List<(OrganizationId, Guid)>();
        for (var number = 0; number < 7; number++)
        {
            var uuid = Guid.NewGuid();
            var id = await ledger.OrganizationAsync(name: $"Busy {number.ToString(CultureInfo.InvariantCulture)}", shape: organization => organization.Uuid = uuid);
            await ledger.DoneAsync(ledger.TopUp(id, PaidIn));
            organizations.Add((id, uuid));
        }

        return organizations;
    }

    private static async Task GiveAsync(Ledger ledger, OrganizationId organization)
    {
        for (var gift = 0; gift < Gifts; gift++)
        {
            await ledger.DoneAsync(new Domain.Billing.GrantCredits(Ledger.Tester, ledger.NextKey(), organization) { Amount = GiftFromElsewhere });
        }
    }

    private static async Task<List<(OrganizationId Organization, long Micros, HttpStatusCode Status)>> ChargeAsync(
        HttpClient client, int program, List<(OrganizationId Id, Guid Uuid)> organizations)
    {
        var answers = new List<(OrganizationId, long, HttpStatusCode)>();
        for (var number = 0; number < ChargesEach; number++)
        {
            var (id, uuid) = organizations[(program + number) % organizations.Count];
            var micros = 1_000L * (1 + ((program * 31) + (number * 17)) % 60);
            var key = $"many-{program.ToString(CultureInfo.InvariantCulture)}-{number.ToString(CultureInfo.InvariantCulture)}";
            var first = await SendAsync(client, uuid, key, micros);

            // Every third program is impatient and asks twice; that is the same charge.
            if (program % 3 == 0)
            {
                (await SendAsync(client, uuid, key, micros)).ShouldBe(first);
            }

            answers.Add((id, micros, first));
        }

        return answers;
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, Guid organization, string key, long micros)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/organizations/{organization}/charges", UriKind.Relative));
        request.Headers.Add("Idempotency-Key", key);
        request.Content = JsonContent.Create(new { service = "compute", amount = (micros / 1_000_000m).ToString(CultureInfo.InvariantCulture) });
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<string> TokenAsync()
    {
        await using var store = portal.Database.Read();
        var finance = await store.Users.Where(user => user.Email == DemoPeople.Finance.Email).Select(user => user.Id).SingleAsync();
        var made = await portal.Services.GetRequiredService<CreateToken>()
            .RunAsync(new Caller(finance, "page"), new TokenForm("Many at once", ["charges:write"], ExpiresAt: null), CancellationToken.None);
        return made.ShouldBeOfType<Outcome<NewToken>.Done>().Value.Text;
    }
}

/// <summary>What takes the whole machine runs when nobody waits for a page.</summary>
[CollectionDefinition(nameof(WholeMachine), DisableParallelization = true)]
public sealed class WholeMachine;

[Collection(nameof(WholeMachine))]
public sealed class ManyAtOnceOnSqlite(PortalFixture portal) : ManyAtOnce(portal), IClassFixture<PortalFixture>
{
    [Fact]
    public Task Sixty_four_programs_and_a_second_node_keep_the_books_exact() => TellAsync();
}

[Collection(nameof(WholeMachine))]
public sealed class ManyAtOnceOnPostgres(PostgresPortalFixture portal) : ManyAtOnce(portal), IClassFixture<PostgresPortalFixture>
{
    [Fact]
    public Task Sixty_four_programs_and_a_second_node_keep_the_books_exact() => TellAsync();
}
