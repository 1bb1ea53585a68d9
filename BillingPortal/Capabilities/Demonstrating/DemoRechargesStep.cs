using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Demonstrating;

/// <summary>
/// Gives the demo's reseller three sub-organizations that recharge: one settled twice in a day, one whose card is declined and tried again, one that
/// is suspended. Their last days are lived through by the real commands and the sandbox, under a clock of their own.
/// </summary>
internal sealed class DemoRechargesStep(
    IHostEnvironment environment, IDbContextFactory<BillingStore> stores, DatabaseOptions database, IPaymentGateway gateway, SandboxDesk desk, TimeProvider clock, ILogger<JournalWriter> log) : IStartStep
{
    private const string ResellerSlug = "acme-robotics", FirstSlug = "acme-orbit";

    /// <summary>After the demo's organizations.</summary>
    public int Order => 21;

    public async Task RunAsync(CancellationToken cancel)
    {
        if (!environment.IsDevelopment() || gateway is not SandboxGateway sandbox)
        {
            return;
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        if (await store.Organizations.AnyAsync(o => o.Slug == FirstSlug, cancel)
            || await store.Organizations.Where(o => o.Slug == ResellerSlug).Select(o => (long?)o.Id).FirstOrDefaultAsync(cancel) is not { } reseller)
        {
            return;
        }

        var past = new PastClock();
        await using var writer = new JournalWriter(database, past, log);
        var entering = new Entering(reseller, Instant.Now(clock).Plus(TimeSpan.FromDays(-30)));
        await writer.PublishAsync(entering, Agreement.OfProgram, cancel);
        var history = new DemoRechargeHistory(writer, stores, sandbox, desk, past, Instant.Now(clock));
        await history.TellAsync(entering.Entered, cancel);
    }

    /// <summary>Stands where the demo puts it.</summary>
    internal sealed class PastClock : TimeProvider
    {
        /// <summary>Now.</summary>
        public Instant Time { get; set; }

        public override DateTimeOffset GetUtcNow() => Time.ToUtc();
    }

    private sealed class Entering(long reseller, Instant at) : Publication
    {
        public List<OrganizationId> Entered { get; } = [];

        public override async Task<(MoneyCommand? Command, Outcome<Receipt>? End)> PrepareAsync(DbConnection connection)
        {
            Entered.Clear();
            foreach (var name in new[] { "Acme Orbit", "Acme Signal", "Acme Tidal" })
            {
                var organization = new Organization { Name = name, ParentId = reseller, ChargingModel = Domain.Billing.ChargingModel.Prepaid, Plan = "standard", Currency = "USD", TimeZone = "UTC" };
                await OrganizationRegister.AddAsync(connection, organization, at);
                Entered.Add(new OrganizationId(organization.Id));
            }

            return (null, new Outcome<Receipt>.Done(new Receipt([], [], Replayed: false)));
        }

        public override Task CompleteAsync(DbConnection connection, Receipt receipt) => Task.CompletedTask;
    }
}
