using System.Security.Claims;
using BillingPortal.Capabilities.Auditing;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Auditing;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.Auditing;

/// <summary>The trial balance, its page, and the check as a job.</summary>
public sealed class LawCheckingTests(TestDatabases databases) : WebTest
{
    [Theory, BothDatabases]
    public async Task The_books_sum_to_zero_and_a_check_keeps_what_it_found(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        await house.Checking.StartAsync(house.Finance, default);
        await house.EndAsync();

        var books = await house.BooksAsync(house.Finance);
        books.AllHolds.ShouldBeTrue();
        books.Currencies.Select(currency => currency.Code).ShouldBe(["USD", "EUR"]);
        (books.Of(AccountKind.Cash, Currency.Usd).Units, books.Of(AccountKind.Overdraft, Currency.Usd).Units, books.Sum(Currency.Usd).Units).ShouldBe((0m, -5m, 0m));
        books.Laws.ShouldAllBe(law => law.Last != null && law.Last.Holds);
        books.Laws.Single(law => law.Code == "request").Last!.Finding.ShouldBe("1 overshoot, now $5.00 overdrawn, all from recorded facts");
        books.Overshoots.Single().Overdraft.Units.ShouldBe(-5);
    }

    [Theory, BothDatabases]
    public async Task A_corrupted_row_breaks_its_law_and_says_where(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        await house.DoAsync("UPDATE account SET balance = balance + 1 WHERE kind = 20 AND currency = 'USD'");
        await house.Checking.RunAsync(default);
        var books = await house.BooksAsync(house.Finance);
        books.AllHolds.ShouldBeFalse();
        books.Laws.Where(law => !law.Last!.Holds).Select(law => law.Code).ShouldBe(["balance"]);
        books.Laws.Single(law => law.Code == "balance").Last!.Finding.ShouldContain("account.balance is stored as 105000001, should be 105000000");
    }

    [Theory, BothDatabases]
    public async Task What_was_published_finds_a_ledger_cut_short_and_one_taken_away_whole(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        await house.Checking.RunAsync(default);
        await house.DoAsync("DELETE FROM posting WHERE organization_id = 10002; DELETE FROM journal_entry WHERE organization_id = 10002; "
            + "UPDATE account SET balance = 0 WHERE organization_id = 10002; UPDATE ledger_head SET seq = 0, high_effective_at = 0, last_recorded_at = 0, "
            + $"hash = {(kind is DatabaseKind.Sqlite ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')")} WHERE organization_id = 10002");
        await house.Checking.RunAsync(default);
        (await house.FindingAsync("chain")).ShouldBe("entry 10002/1: entry is stored as absent, should be present, since 1 entries were published");

        await house.DoAsync("DELETE FROM ledger_head WHERE organization_id = 10002; DELETE FROM account WHERE organization_id = 10002; DELETE FROM organization WHERE id = 10002");
        await house.Checking.RunAsync(default);
        (await house.FindingAsync("chain"))!.ShouldContain("organization 10002: organization is stored as absent, should be present, since it has a ledger");
    }

    [Fact]
    public async Task Who_may_not_see_the_books_may_not_check_them()
    {
        await using var house = await OpenAsync(DatabaseKind.Sqlite);
        (await house.Checking.StartAsync(house.Nobody, default)).ShouldBeOfType<Outcome<RunningCheck>.Refused>();
        (await house.Checking.CancelAsync(house.Nobody, default)).ShouldBeOfType<Outcome<bool>.Refused>();
        (await new GetTrialBalance(house.Stores, [], Clock).RunAsync(house.Nobody, default)).ShouldBeOfType<Outcome<TrialBalance>.Refused>();
    }

    [Fact]
    public async Task One_check_runs_at_a_time_and_a_cancelled_one_keeps_nothing()
    {
        var slow = new SlowLaw();
        await using var house = await OpenAsync(DatabaseKind.Sqlite, slow);
        await house.Checking.StartAsync(house.Finance, default);
        await slow.Reached;
        var running = (await house.Checking.StartAsync(house.Finance, default)).ShouldBeOfType<Outcome<RunningCheck>.Done>().Value;
        running.Percent.ShouldBe(100);
        await house.Checking.CancelAsync(house.Finance, default);
        await house.EndAsync();
        house.Checking.Failure.ShouldBe("It was cancelled; the results of the check before it stand.");
        (await house.BooksAsync(house.Finance)).Laws.ShouldAllBe(law => law.Last == null);
    }

    [Fact]
    public async Task The_page_shows_the_check_under_way_and_then_what_came_of_it()
    {
        var slow = new SlowLaw();
        await using var house = await OpenAsync(DatabaseKind.Sqlite, slow);
        Services.AddSingleton<IDbContextFactory<BillingStore>>(house.Stores);
        Services.AddScoped<CurrentCaller>();
        Services.AddSingleton(house.Checking);
        Services.AddSingleton(new GetTrialBalance(house.Stores, [slow], Clock));
        var person = this.AddAuthorization();
        person.SetAuthorized(house.Finance.UserId);
        person.SetClaims(new Claim(ClaimTypes.NameIdentifier, house.Finance.UserId));

        var page = Render<TrialBalancePage>();
        page.WaitForElement(".badge").TextContent.ShouldBe("No law was checked yet");
        page.FindAll("tfoot .cdw").Select(word => word.TextContent).ShouldBe(["is zero", "is zero"]);
        await page.Find(".btn--primary").ClickAsync(new());
        await slow.Reached;
        page.WaitForElement("[role=progressbar]").GetAttribute("aria-valuenow").ShouldBe("100");
        page.Find(".btn--primary").HasAttribute("disabled").ShouldBeTrue();
        slow.Go();
        page.WaitForAssertion(() => page.Find(".badge").TextContent.ShouldBe("Every law that was checked holds"));
        page.FindAll("[role=progressbar]").ShouldBeEmpty();
    }

    private async Task<Books> OpenAsync(DatabaseKind kind, params ILaw[] others)
    {
        var house = new Books(await databases.CreateAsync(kind), Clock, others);
        await house.FillAsync();
        return house;
    }

    private sealed class Books(TestDatabase database, FakeClock clock, ILaw[] others) : IAsyncDisposable
    {
        private readonly Ledger _ledger = new(database, clock);

        public StoreOf Stores { get; } = new(database);

        public LawChecking Checking { get; } = new(
            new CheckLaws(new StoreOf(database), new LedgerAudit(new Ledger(database).Options), new HeadPublication(new StoreOf(database)), others, clock), clock, NullLogger<LawChecking>.Instance);

        public Caller Finance { get; private set; } = default!;

        public Caller Nobody { get; private set; } = default!;

        public async Task FillAsync()
        {
            var acme = await _ledger.OrganizationAsync();
            await _ledger.DoneAsync(_ledger.TopUp(acme, 100));
            await _ledger.DoneAsync(_ledger.Charge(acme, 105, ChargeMode.Fact));
            await _ledger.DoneAsync(_ledger.TopUp(await _ledger.OrganizationAsync(name: "Éclair", shape: o => o.Currency = "EUR"), 40));
            Finance = await Stores.PersonAsync("finance", "FINANCE");
            Nobody = await Stores.PersonAsync("nobody");
        }

        public async Task<TrialBalance> BooksAsync(Caller caller) =>
            (await new GetTrialBalance(Stores, [], clock).RunAsync(caller, default)).ShouldBeOfType<Outcome<TrialBalance>.Done>().Value;

        public async Task<string?> FindingAsync(string law) => (await BooksAsync(Finance)).Laws.Single(state => state.Code == law).Last?.Finding;

        public async Task EndAsync()
        {
            var ended = new TaskCompletionSource();
            void Look(object? sender, EventArgs e)
            {
                if (Checking.Running is null)
                {
                    ended.TrySetResult();
                }
            }

            Checking.Changed += Look;
            Look(null, EventArgs.Empty);
            await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
            Checking.Changed -= Look;
        }

        public async Task DoAsync(string sql)
        {
            await using var store = Stores.CreateDbContext();
            await store.Database.ExecuteSqlRawAsync(sql);
        }

        public async ValueTask DisposeAsync()
        {
            await Checking.DisposeAsync();
            await _ledger.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    /// <summary>A law that holds when it is told to.</summary>
    private sealed class SlowLaw : ILaw
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Code => "slow";

        public string Name => "Slow and steady";

        public string Scope => "for as long as the test likes";

        public string Unit => "waits";

        /// <summary>Reached within half a minute, or a failure instead of a test that never ends.</summary>
        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public void Go() => _go.TrySetResult();

        public async Task<LawFinding> CheckAsync(CancellationToken cancel)
        {
            _reached.TrySetResult();
            await _go.Task.WaitAsync(cancel);
            return new LawFinding(Holds: true, 1, "");
        }
    }
}
