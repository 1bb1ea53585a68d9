using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Laws;

public sealed class ConcurrencyLaws(TestDatabases databases)
{
    private const int Writers = 64;
    private const int Commands = 2_000;

    [Theory, BothDatabases]
    public async Task Concurrent_posts_lose_nothing_and_never_overdraw(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var here = new Ledger(database);
        await using var elsewhere = new Ledger(database);
        var organizations = new List<OrganizationId>();
        foreach (var number in Enumerable.Range(1, 7))
        {
            organizations.Add(await here.OrganizationAsync(name: $"Organization {number}"));
            await here.DoneAsync(here.TopUp(organizations[^1], 40, bonusRate: 100_000));
        }

        // Two writers stand for two nodes of the portal: what keeps them apart is the database alone.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var ledger = writer % 2 == 0 ? here : elsewhere;
            var mine = new List<(OrganizationId Organization, long Amount, Outcome<Receipt> Outcome)>();
            for (var number = writer; number < Commands; number += Writers)
            {
                var organization = organizations[number % organizations.Count];
                var amount = 10_000L * (1 + (number * 7919 % 30));
                mine.Add((organization, amount, await ledger.RunAsync(Charge(organization, $"{writer}/{number}", amount))));
            }

            return mine;
        })));

        var all = outcomes.SelectMany(mine => mine).ToList();
        all.ShouldAllBe(one => one.Outcome is Outcome<Receipt>.Done || IsShort(one.Outcome));
        all.ShouldContain(one => IsShort(one.Outcome), "the law is tested where money runs out");
        foreach (var organization in organizations)
        {
            var charged = all.Where(one => one.Organization == organization && one.Outcome is Outcome<Receipt>.Done).Sum(one => one.Amount);
            charged.ShouldBeLessThanOrEqualTo(Ledger.Micros(44));
            await ShouldBeExactAsync(database, organization, Ledger.Micros(44) - charged,
                all.Count(one => one.Organization == organization && one.Outcome is Outcome<Receipt>.Done) + 1);
        }
    }

    [Theory, BothDatabases]
    public async Task One_callers_refusal_or_fault_never_fails_anothers(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var rich = await ledger.OrganizationAsync();
        var poor = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(rich, 1_000));

        var waiting = Enumerable.Range(0, 240).Select(number => (Number: number, Asked: Ask(number))).ToList();
        foreach (var (number, asked) in waiting)
        {
            switch (number % 6)
            {
                case 0:
                    (await asked).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.InsufficientBalance);
                    break;
                case 1:
                    (await Should.ThrowAsync<InvalidTimeZoneException>(asked)).Message.ShouldBe(number.ToString(CultureInfo.InvariantCulture));
                    break;
                case 2:
                    (await asked).ShouldBeOfType<Outcome<Receipt>.Invalid>();
                    break;
                case 3:
                    (await asked).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.TooLarge);
                    break;
                case 4:
                    (await asked).ShouldBeOfType<Outcome<Receipt>.NotFound>();
                    break;
                default:
                    (await asked).ShouldBeOfType<Outcome<Receipt>.Done>().Value.Entries.ShouldHaveSingleItem().IdempotencyKey.ShouldBe($"ask/{number}");
                    break;
            }
        }

        await ShouldBeExactAsync(database, rich, Ledger.Micros(1_000 - 40), 41);
        await ShouldBeExactAsync(database, poor, 0, 0);

        Task<Outcome<Receipt>> Ask(int number) => ledger.RunAsync((number % 6) switch
        {
            0 => Charge(poor, $"ask/{number}", 1),
            1 => new Faulty(rich, $"ask/{number}", number),
            2 => Charge(rich, $"ask/{number}", 0),
            3 => new TopUp(Ledger.Tester, $"ask/{number}", rich) { Amount = long.MaxValue, BonusRate = Money.Unit },
            4 => Charge(new OrganizationId(9), $"ask/{number}", 1),
            _ => Charge(rich, $"ask/{number}", Money.Unit),
        });
    }

    private static ChargeUsage Charge(OrganizationId organization, string key, long amount) =>
        new(Ledger.Tester, key, organization) { Mode = ChargeMode.Request, Service = "compute", Amount = amount };

    private static bool IsShort(Outcome<Receipt> outcome) =>
        outcome is Outcome<Receipt>.Refused { Refusal.Code: RefusalCode.InsufficientBalance };

    /// <summary>What is held is <paramref name="held"/>, the journal has no gap, and every balance is the sum of its postings.</summary>
    private static async Task ShouldBeExactAsync(TestDatabase database, OrganizationId organization, long held, int entries)
    {
        await using var store = database.Read();
        var accounts = await store.Accounts.Where(a => a.OrganizationId == organization.Value).ToListAsync();
        accounts.Where(account => ChartOfAccounts.IsCustomers((AccountKind)account.Kind)).Sum(account => account.Balance).ShouldBe(held);
        accounts.Sum(account => account.Balance).ShouldBe(0);
        foreach (var account in accounts)
        {
            var postings = store.Postings.Where(p => p.OrganizationId == organization.Value && p.Account == account.Account);
            (await postings.SumAsync(posting => posting.Amount)).ShouldBe(account.Balance);
            (await postings.OrderByDescending(posting => posting.Seq).Select(posting => posting.BalanceAfter).FirstAsync()).ShouldBe(account.Balance);
        }

        var numbers = await store.Entries.Where(e => e.OrganizationId == organization.Value).OrderBy(e => e.Seq).Select(e => e.Seq).ToListAsync();
        numbers.ShouldBe(Enumerable.Range(1, entries).Select(number => (long)number));
    }

    /// <summary>A command with a programmer's mistake in it.</summary>
    private sealed record Faulty(OrganizationId Organization, string Name, int Number) : MoneyCommand(Ledger.Tester, Name)
    {
        public override string Rule => "faulty/1";

        public override System.Collections.Immutable.ImmutableArray<OrganizationId> Organizations => [Organization];

        public override Decision Decide(DecisionView view) => throw new InvalidTimeZoneException(Number.ToString(CultureInfo.InvariantCulture));

        protected override void Describe(CanonicalForm form) => form.Add(Number);
    }
}
