using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web.CommandLine;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Generating;

/// <summary>
/// <c>generate --organizations N --entries M</c>: more organizations and entries, through the same writer as everyone's, for trying the
/// portal at size. Top-ups and charges, about one in a hundred back-dated.
/// </summary>
public sealed class GenerateVerb(IDbContextFactory<BillingStore> stores, JournalWriter writer, TimeProvider clock) : IVerb
{
    private const int AtOnce = 256;
    private const int OrganizationsAtOnce = 1_000;

    /// <inheritdoc />
    public string Name => "generate";

    /// <inheritdoc />
    public string Arguments => "--organizations N --entries M";

    /// <inheritdoc />
    public string Summary => "Adds N organizations and M entries spread over them, for trying the portal at size.";

    /// <inheritdoc />
    public async Task<int> RunAsync(VerbArguments arguments, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        arguments.Allow("organizations", "entries");
        var (count, entries) = (Number(arguments, "organizations", 10_000_000), Number(arguments, "entries", 100_000_000));
        if (count == 0 && entries > 0)
        {
            throw new UsageException("--entries needs --organizations to spread them over.");
        }

        await StoreMigration.MigrateAsync(stores, cancel);
        var ids = new List<OrganizationId>();
        while (ids.Count < count)
        {
            cancel.ThrowIfCancellationRequested();
            var entering = new Entering(ids.Count, Math.Min(OrganizationsAtOnce, count - ids.Count), Instant.Now(clock));
            await writer.PublishAsync(entering, Agreement.OfProgram, cancel);
            ids.AddRange(entering.Ids);
        }

        var run = Guid.NewGuid().ToString("N");
        await Parallel.ForAsync(0, entries, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (number, stop) => await writer.RunAsync(Command(ids[number % ids.Count], run, number, number < ids.Count), Agreement.OfProgram, stop));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Added {ids.Count} organizations and {entries} entries."));
        return 0;
    }

    private MoneyCommand Command(OrganizationId id, string run, int number, bool first)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"generate:{run}:{number}");
        var actor = Actor.System("command-line");
        return first
            ? new TopUp(actor, key, id) { Amount = 10_000 * Money.Unit, BonusRate = 200_000 }
            : new ChargeUsage(actor, key, id)
            {
                Mode = ChargeMode.Fact,
                Service = number % 3 == 0 ? "Object storage" : "Compute",
                Amount = 10_000 + (number % 977 * 1_000),
                OccurredAt = number % 100 == 99 ? Instant.Now(clock).Plus(TimeSpan.FromDays(-(number % 40))) : null,
            };
    }

    private static int Number(VerbArguments arguments, string name, int most) =>
        int.TryParse(arguments.Required(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--{name} must be a whole number from 0 to {most}."));

    private sealed class Entering(int from, int count, Instant now) : Publication
    {
        public List<OrganizationId> Ids { get; } = [];

        public override async Task<(MoneyCommand? Command, Outcome<Receipt>? End)> PrepareAsync(DbConnection connection)
        {
            Ids.Clear();
            for (var number = from; number < from + count; number++)
            {
                var organization = new Organization
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"Generated {number:0000000}"),
                    ChargingModel = number % 4 == 0 ? ChargingModel.Postpaid : ChargingModel.Prepaid,
                };
                await OrganizationRegister.AddAsync(connection, organization, now);
                Ids.Add(new OrganizationId(organization.Id));
            }

            return (null, new Outcome<Receipt>.Done(new Receipt([], [], Replayed: false)));
        }

        public override Task CompleteAsync(DbConnection connection, Receipt receipt) => Task.CompletedTask;
    }
}
