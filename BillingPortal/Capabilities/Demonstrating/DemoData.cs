using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Demonstrating;

/// <summary>
/// Fills an empty store with the demo, in Development only: customers with two months of money, posted by the same commands as everyone's.
/// Does nothing where any organization exists.
/// </summary>
public sealed class DemoData(IDbContextFactory<BillingStore> stores, JournalWriter writer, TimeProvider clock)
{
    private const string ResellerSlug = "acme-robotics";

    /// <summary>Fills the store where it is empty; gives the number of the demo's reseller, or null where there is none.</summary>
    public async Task<OrganizationId?> FillAsync(CancellationToken cancel)
    {
        await using (var store = await stores.CreateDbContextAsync(cancel))
        {
            if (await store.Organizations.AnyAsync(cancel))
            {
                // Filled before, perhaps by a start that was killed on the way: the reseller gets its administrator all the same.
                var number = await store.Organizations.Where(o => o.Slug == ResellerSlug).Select(o => (long?)o.Id).FirstOrDefaultAsync(cancel);
                return number is { } id ? new OrganizationId(id) : null;
            }
        }

        var now = Instant.Now(clock);
        var entering = new Entering(now);
        await writer.PublishAsync(entering, Agreement.OfProgram, cancel);

        // Customers side by side, so that their entries share commits; each one's history in its order.
        await Task.WhenAll(entering.Entered.Select(entered => TellAsync(new DemoHistory(entered.Demo, entered.Id, now), cancel)));
        return entering.Entered[0].Id;
    }

    private async Task TellAsync(DemoHistory history, CancellationToken cancel)
    {
        var seq = 0L;
        foreach (var command in history.Commands())
        {
            seq = await RunAsync(command, cancel) ?? seq;
        }

        // The last goodwill was given twice by mistake; the second is undone.
        var twice = await RunAsync(history.Goodwill("Given twice by mistake"), cancel);
        await RunAsync(history.Undo(twice ?? seq), cancel);
    }

    private async Task<long?> RunAsync(MoneyCommand command, CancellationToken cancel) =>
        await writer.RunAsync(command, Agreement.OfProgram, cancel) is Outcome<Receipt>.Done { Value.Entries: [.., var last] } ? last.Seq : null;

    private sealed class Entering(Instant now) : Publication
    {
        public List<(DemoOrganization Demo, OrganizationId Id)> Entered { get; } = [];

        public override async Task<(MoneyCommand? Command, Outcome<Receipt>? End)> PrepareAsync(DbConnection connection)
        {
            Entered.Clear();
            foreach (var demo in DemoOrganization.All)
            {
                var parent = Entered.Find(entered => string.Equals(entered.Demo.Name, demo.Parent, StringComparison.Ordinal));
                var organization = demo.ToOrganization(demo.Parent is null ? null : parent.Id.Value);
                await OrganizationRegister.AddAsync(connection, organization, now.Plus(TimeSpan.FromDays(-90)));
                Entered.Add((demo, new OrganizationId(organization.Id)));
            }

            return (null, new Outcome<Receipt>.Done(new Receipt([], [], Replayed: false)));
        }

        public override Task CompleteAsync(DbConnection connection, Receipt receipt) => Task.CompletedTask;
    }
}
