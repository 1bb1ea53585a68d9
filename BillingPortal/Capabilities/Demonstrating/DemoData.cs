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
    /// <summary>Fills the store; gives the number of the demo's reseller, or null where the store was not empty.</summary>
    public async Task<OrganizationId?> FillAsync(CancellationToken cancel)
    {
        await using (var store = await stores.CreateDbContextAsync(cancel))
        {
            if (await store.Organizations.AnyAsync(cancel))
            {
                return null;
            }
        }

        var now = Instant.Now(clock);
        var entering = new Entering(now);
        await writer.PublishAsync(entering, Agreement.OfProgram, cancel);
        foreach (var (demo, id) in entering.Entered)
        {
            // Waited for one by one: a history is told in its order.
            foreach (var command in new DemoHistory(demo, id, now).Commands())
            {
                await writer.RunAsync(command, Agreement.OfProgram, cancel);
            }
        }

        return entering.Entered[0].Id;
    }

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
