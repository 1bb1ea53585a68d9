using System.Collections.Concurrent;
using System.Globalization;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Laws;

/// <summary>64 programs at once, over real sockets: what was acknowledged is there once, and nothing else is.</summary>
public sealed class ConcurrentCallsTests(TestDatabases databases)
{
    private const int Programs = 64;
    private const int Charges = 2_000;

    /// <summary>Cents charged by each, so that the second organization runs dry half way.</summary>
    private const int Cents = 10;

    [Theory]
    [BothDatabases]
    public async Task Two_thousand_charges_repeated_at_random_leave_exact_books(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        portal.UseKestrel(0);
        portal.StartServer();
        (OrganizationId Id, Guid Uuid)[] organizations = [await portal.OrganizationAsync("Rich"), await portal.OrganizationAsync("Poor"), await portal.OrganizationAsync("Third")];
        decimal[] funds = [1_000, 30, 1_000];
        foreach (var (organization, held) in organizations.Zip(funds))
        {
            await portal.Ledger.DoneAsync(portal.Ledger.TopUp(organization.Id, held));
        }

        var program = await portal.ProgramAsync(Role.Finance);
        var answers = new ConcurrentDictionary<(int Organization, string Key), Answer>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Charges * 3 / 2), new ParallelOptions { MaxDegreeOfParallelism = Programs }, async (call, _) =>
        {
            // Every second charge is asked for twice, by two callers at about the same time.
            var charge = call % 3 == 2 ? call / 3 * 2 : (call / 3 * 2) + (call % 3);
            var organization = charge % organizations.Length;
            var key = "charge-" + charge.ToString(CultureInfo.InvariantCulture);
            var answer = await program.AskAsync(HttpMethod.Post, $"/organizations/{organizations[organization].Uuid}/charges",
                $$"""{"service":"Compute","amount":0.{{Cents}}}""", key);
            answer.Status.ShouldBeOneOf(201, 422);
            var first = answers.GetOrAdd((organization, key), answer);
            (answer.Status, answer["hash"], answer["request_id"]).ShouldBe((first.Status, first["hash"], first["request_id"]));
        });

        answers.Count.ShouldBe(Charges);
        await using var store = await portal.StoreAsync();
        for (var i = 0; i < organizations.Length; i++)
        {
            var id = organizations[i].Id.Value;
            var acknowledged = answers.Where(pair => pair.Key.Organization == i && pair.Value.Status == 201).Select(pair => pair.Value["id"]!).ToList();
            var written = await store.Entries.Where(e => e.OrganizationId == id && e.Kind == (int)EntryKind.Charge).OrderBy(e => e.Seq).Select(e => e.Seq).ToListAsync();
            written.Select(seq => $"{id}/{seq}").ShouldBe(acknowledged, ignoreOrder: true);
            var held = (long)(funds[i] * 1_000_000);
            var charged = acknowledged.Count * Cents * 10_000L;
            var balances = await store.Accounts.Where(a => a.OrganizationId == id).ToDictionaryAsync(a => (AccountKind)a.Kind, a => a.Balance);
            balances[AccountKind.Cash].ShouldBe(held - charged);
            balances[AccountKind.Revenue].ShouldBe(charged);
            balances.Values.Sum().ShouldBe(0);
            (await store.Postings.Where(p => p.OrganizationId == id && p.Account == (int)AccountKind.Cash).MinAsync(p => p.BalanceAfter)).ShouldBeGreaterThanOrEqualTo(0);
        }

        answers.Count(pair => pair.Key.Organization == 1 && pair.Value.Status == 201).ShouldBe(300);
        answers.Count(pair => pair.Key.Organization != 1 && pair.Value.Status != 201).ShouldBe(0);
    }
}
