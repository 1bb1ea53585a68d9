using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Setup;

/// <summary>A writer on a test's database, with the few words that tests speak to it.</summary>
internal sealed partial class Ledger : IAsyncDisposable
{
    private int _key;

    public Ledger(TestDatabase database, TimeProvider? clock = null)
    {
        Database = database;
        Clock = clock ?? TimeProvider.System;
        Options = new DatabaseOptions(database.Kind is DatabaseKind.Sqlite ? DatabaseProvider.Sqlite : DatabaseProvider.Postgres, database.ConnectionString);
        Writer = new JournalWriter(Options, Clock, NullLogger<JournalWriter>.Instance);
    }

    public TestDatabase Database { get; }

    public TimeProvider Clock { get; }

    public Instant Now => Instant.Now(Clock);

    public DatabaseOptions Options { get; }

    public JournalWriter Writer { get; }

    public static Actor Tester { get; } = Actor.User("tester", "page");

    public async Task<OrganizationId> OrganizationAsync(ChargingModel model = ChargingModel.Prepaid, string name = "Acme Robotics", Action<Organization>? shape = null)
    {
        var organization = new Organization { Name = name, ChargingModel = model };
        shape?.Invoke(organization);
        var entering = new Entering(organization, Instant.Now(Clock));
        (await Writer.PublishAsync(entering, Agreement.OfProgram, CancellationToken.None)).ShouldBeOfType<Outcome<Receipt>.Done>();
        return new OrganizationId(organization.Id);
    }

    public string NextKey() => "key-" + Interlocked.Increment(ref _key).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public Task<Outcome<Receipt>> RunAsync(MoneyCommand command) => Writer.RunAsync(command, Agreement.OfProgram, CancellationToken.None);

    public async Task<Receipt> DoneAsync(MoneyCommand command) =>
        (await RunAsync(command)).ShouldBeOfType<Outcome<Receipt>.Done>().Value;

    public TopUp TopUp(OrganizationId organization, decimal amount, long bonusRate = 0) =>
        new(Tester, NextKey(), organization) { Amount = Micros(amount), BonusRate = bonusRate };

    public ChargeUsage Charge(OrganizationId organization, decimal amount, ChargeMode mode = ChargeMode.Request, string service = "Compute") =>
        new(Tester, NextKey(), organization) { Amount = Micros(amount), Mode = mode, Service = service };

    public AdjustBalance Adjust(OrganizationId organization, Adjustment change) => new(Tester, NextKey(), organization)
    {
        Change = change,
        Reason = ReasonCode.Find("goodwill")!,
        Limit = Micros(1_000_000),
        MayRaiseCash = true,
    };

    public ReverseEntry Reverse(OrganizationId organization, long seq) =>
        new(Tester, NextKey(), organization, seq) { Limit = Micros(1_000_000), MayRaiseCash = true };

    public static long Micros(decimal units) => Money.Of(units, Currency.Usd).Micros;

    public ValueTask DisposeAsync() => Writer.DisposeAsync();

    private sealed class Entering(Organization organization, Instant now) : Publication
    {
        public override async Task<(MoneyCommand? Command, Outcome<Receipt>? End)> PrepareAsync(DbConnection connection)
        {
            await OrganizationRegister.AddAsync(connection, organization, now);
            return (null, new Outcome<Receipt>.Done(new Receipt([], [], Replayed: false)));
        }

        public override Task CompleteAsync(DbConnection connection, Receipt receipt) => Task.CompletedTask;
    }
}
