using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Store.Rating;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Demonstrating;

/// <summary>Gives the demo two small tariffs, one customer with rates of its own, a volume and a package, and some usage in quantities rated by them.</summary>
internal sealed class DemoRatesStep(IHostEnvironment environment, IDbContextFactory<BillingStore> stores, OrganizationWriter organizations, JournalWriter writer, TimeProvider clock) : IStartStep
{
    private const string Slug = "kestrel-mobility", By = "demo";

    /// <summary>After the demo's organizations and invoices.</summary>
    public int Order => 23;

    public async Task RunAsync(CancellationToken cancel)
    {
        if (!environment.IsDevelopment())
        {
            return;
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        var kestrel = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Slug == Slug, cancel);
        if (kestrel is null || !(await RateReading.TariffsAsync(store, cancel)).IsEmpty)
        {
            return;
        }

        var now = Instant.Now(clock);
        var month = BillingPeriod.Of(now, kestrel.Zone);
        await organizations.RunAsync<Acknowledged>([kestrel.Id], async edits =>
        {
            await AddTariffsAsync(new TariffRegister(edits, By));
            await AddRatesAsync(new RateRegister(edits, kestrel.Id, By), kestrel, month);
            return new Outcome<Acknowledged>.Done(Acknowledged.It);
        }, cancel);
        foreach (var (at, (service, zone, quantity)) in Usage.Index())
        {
            await writer.RunAsync(new RateUsage(Actor.System("demo"), $"demo:usage:{at.ToString(System.Globalization.CultureInfo.InvariantCulture)}", new OrganizationId(kestrel.Id))
            {
                Service = service, Ratezone = zone, Quantity = ExactAmount.Parse(quantity), Period = month,
            }, Agreement.OfProgram, cancel);
        }
    }

    private static (string Service, string Zone, string Quantity)[] Usage =>
        [("data", "Europe", "412.75"), ("sms", "", "120"), ("data", "Europe", "940.125"), ("data", "Asia", "36.5"), ("voice", "Europe", "58.33333333333"), ("data", "Europe", "1250.5")];

    private static async Task AddTariffsAsync(TariffRegister register)
    {
        foreach (var currency in new[] { "EUR", "USD" })
        {
            var tariff = await register.AddAsync("Standard", Currency.Of(currency), standard: true);
            foreach (var (service, zone, unit, rate) in new[]
            {
                ("data", "", "MB", "0.02"), ("data", "Europe", "MB", "0.01"), ("data", "Asia", "MB", "0.0325"), ("sms", "", "message", "0.06"), ("voice", "", "minute", "0.11500000001"),
            })
            {
                await register.AddAsync(new TariffRateChange(new TariffRate(0, tariff.Id, service, zone, unit, ExactAmount.Parse(rate), new Months(new BillingPeriod(202601))), []));
            }
        }
    }

    private static async Task AddRatesAsync(RateRegister register, Organization kestrel, BillingPeriod month)
    {
        var (two, ahead) = (month.Previous.Previous, month.Next.Next);
        await register.AddAsync(Rate("Europe", "0", "0.00875", new Months(two, month.Next)), kestrel.Money);
        await register.AddAsync(Rate("Europe", "0", "0.00825", new Months(ahead)), kestrel.Money);
        await register.AddAsync(Rate("Europe", "1000", "0.006", new Months(month)), kestrel.Money);
        await register.AddAsync(new Allowance(AllowanceKind.Volume, 0, "", "data", "", ExactAmount.Parse("500"), new Months(month, ahead.Next)), null, kestrel.Money, assignedBy: null);
        await register.AddAsync(new Allowance(AllowanceKind.Package, 0, "Roaming 100", "data", "Asia", ExactAmount.Parse("100"), new Months(month.Previous)), 1_900, kestrel.Money, assignedBy: null);
    }

    private static CustomRateChange Rate(string zone, string volume, string rate, Months months) =>
        new(new CustomRate(0, null, "data", zone, ExactAmount.Parse(volume), ExactAmount.Parse(rate), months), []);
}
