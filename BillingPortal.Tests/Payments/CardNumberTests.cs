using System.Collections.Concurrent;
using System.Net;
using System.Text;
using BillingPortal.Capabilities.PaymentMethods;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BillingPortal.Tests.Payments;

/// <summary>A card's number passes through the sandbox's page, over HTTP, and is nowhere afterwards.</summary>
public sealed class CardNumberTests(TestDatabases databases)
{
    private const string Number = "4000000000000341", Typed = "4000 0000 0000 0341", Refused = "4000000000009995", Unknown = "4111111111111111";

    [Theory, BothDatabases]
    public async Task A_typed_number_is_in_no_table_no_log_and_no_answer(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        using var log = new KeptLog();
        await using var portal = new Portal(database);
        await using var listening = portal.WithWebHostBuilder(host => host.ConfigureLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter((_, _) => true)));
        using var client = listening.CreateClient(new() { AllowAutoRedirect = false });
        var stores = listening.Services.GetRequiredService<IDbContextFactory<BillingStore>>();
        var admin = await new StoreOf(database).PersonAsync("admin", Role.Finance.Code);
        var adding = listening.Services.GetRequiredService<AddingCard>();
        var page = (await adding.BeginAsync(admin, acme, new Uri("/back", UriKind.Relative), default)).ShouldBeOfType<Outcome<Uri>.Done>().Value;

        foreach (var wrong in new[] { Refused, Unknown })
        {
            var (status, said, _) = await TypeAsync(client, page, wrong);
            status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            said.ShouldContain("The card was not taken.");
            said.ShouldNotContain($"value=\"{Unknown}\"");
        }

        var (done, _, back) = await TypeAsync(client, page, Typed);
        (done, back).ShouldBe((HttpStatusCode.Redirect, $"/back?setup={page.ToString().Split('/')[^1]}"));
        (await adding.FinishAsync(admin, acme, page.ToString().Split('/')[^1], choose: false, default)).ShouldBeOfType<Outcome<AddedCard>.Done>().Value.Name.ShouldBe("Visa ·0341");
        await using (var store = await stores.CreateDbContextAsync())
        {
            var card = await store.PaymentMethods.SingleAsync();
            await listening.Services.GetRequiredService<IPaymentGateway>().ChargeAsync(new("k", acme, 1, 1, card.Customer, card.Method, Money.Of(5, Currency.Usd), "Recharge"), default);
        }

        var kept = await EverythingAsync(database) + string.Join('\n', log.Lines);
        kept.ShouldContain("0341");
        foreach (var secret in new[] { Number, Typed, Refused, Unknown })
        {
            kept.Contains(secret, StringComparison.Ordinal).ShouldBeFalse(secret[..4]);
        }
    }

    [Fact]
    public async Task The_page_says_whose_it_is_works_without_scripts_and_takes_a_picked_card()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        using var visitor = portal.Visit();
        var gateway = portal.Services.GetRequiredService<IPaymentGateway>();
        var customer = await gateway.EnterCustomerAsync(new OrganizationId(10_001), "Acme", "c", default);
        var setup = await gateway.BeginSetupAsync(customer, new Uri("/organizations/10001/cards/return?choose=true", UriKind.Relative), "s", default);

        using var page = await visitor.GetAsync(setup.Page.ToString());
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("stands in for a payment provider's");
        html.ShouldNotContain("<script");
        html.ShouldContain("value=\"4242424242424242\" checked");

        var (status, _, back) = await TypeAsync(visitor.Client, setup.Page, number: "", pick: "5555555555554444");
        (status, back).ShouldBe((HttpStatusCode.Redirect, $"/organizations/10001/cards/return?choose=true&setup={setup.Id}"));
        (await gateway.FindCardAsync(customer, setup.Id, default))!.Brand.ShouldBe("mastercard");
        (await visitor.StatusAsync("/sandbox/setup/nobodys")).ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<(HttpStatusCode Status, string Text, string? Back)> TypeAsync(HttpClient client, Uri page, string number, string pick = "4242424242424242")
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["number"] = number, ["pick"] = pick, ["month"] = "12", ["year"] = "2034", ["cvc"] = "123" });
        using var answer = await client.PostAsync(page, form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.ToString());
    }

    /// <summary>The file as bytes, with what it has not yet taken in; every row of every table of the server.</summary>
    private static async Task<string> EverythingAsync(TestDatabase database)
    {
        if (database.Kind is DatabaseKind.Sqlite)
        {
            var folder = Path.GetDirectoryName(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource)!;
            return string.Concat(Directory.GetFiles(folder).Select(Read));
        }

        await using var connection = await database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT string_agg(query_to_xml(format('SELECT * FROM %I', table_name), true, false, '')::text, '') FROM information_schema.tables WHERE table_schema = 'public'";
        return (string)(await command.ExecuteScalarAsync())!;

        static string Read(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.Latin1);
            return reader.ReadToEnd();
        }
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose() { }
    }
}
