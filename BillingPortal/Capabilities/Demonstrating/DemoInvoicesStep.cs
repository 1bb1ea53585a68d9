using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Demonstrating;

/// <summary>
/// Bills the demo's customers that pay afterwards: their details, the months that are over, invoices in each of their states. By the same commands as
/// everyone's.
/// </summary>
internal sealed class DemoInvoicesStep(
    IHostEnvironment environment, IDbContextFactory<BillingStore> stores, OrganizationWriter edits, JournalWriter writer, TimeProvider clock) : IStartStep
{
    private static readonly Actor Demo = Actor.System("demo");

    private static readonly (string Slug, (DetailField Field, string Value)[] Details)[] Billed =
    [
        ("fjord-analytics",
            [(DetailField.Company, "Fjord Analytics AS"), (DetailField.Line1, "Dronning Eufemias gate 16"), (DetailField.City, "Oslo"), (DetailField.PostalCode, "0191"), (DetailField.Country, "NO"), (DetailField.Email, "billing@fjord.example")]),
        ("kestrel-mobility",
            [(DetailField.Company, "Kestrel Mobility GmbH"), (DetailField.Line1, "Torstraße 140"), (DetailField.City, "Berlin"), (DetailField.PostalCode, "10119"), (DetailField.Country, "DE"), (DetailField.TaxId, "DE136695976"), (DetailField.Email, "ap@kestrel.example")]),
        ("cobalt-health",
            [(DetailField.Company, "Cobalt Health Inc."), (DetailField.Line1, "350 Fifth Avenue"), (DetailField.City, "New York"), (DetailField.State, "NY"), (DetailField.PostalCode, "10118"), (DetailField.Country, "US"), (DetailField.Email, "finance@cobalt.example")]),
        ("meridian-bank",
            [(DetailField.Company, "Meridian Bank AG"), (DetailField.Line1, "Paradeplatz 8"), (DetailField.City, "Zürich"), (DetailField.PostalCode, "8001"), (DetailField.Country, "CH"), (DetailField.Email, "kreditoren@meridian.example")]),
    ];

    /// <summary>After the demo's organizations have their history.</summary>
    public int Order => 22;

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (!environment.IsDevelopment() || await store.Invoices.AnyAsync(cancel))
        {
            return;
        }

        var ids = await store.Organizations.Where(o => o.Provider == null).ToDictionaryAsync(o => o.Slug, o => new OrganizationId(o.Id), cancel);
        foreach (var (slug, details) in Billed.Where(billed => ids.ContainsKey(billed.Slug)))
        {
            _ = await DescribeAsync(ids[slug], details, cancel);
            await BillAsync(ids[slug], last: slug == "meridian-bank", cancel);
        }
    }

    private Task<Outcome<StoredDetails>> DescribeAsync(OrganizationId id, (DetailField Field, string Value)[] details, CancellationToken cancel) => edits.RunAsync([id.Value], async edit =>
    {
        var before = await edit.DetailsAsync(id.Value) ?? throw new InvalidOperationException("The demo's organization is gone.");
        var wish = details.Aggregate(DetailsChange.None, (change, line) => change.With(line.Field, line.Value));
        return wish.Over(before.Details) is Outcome<OrganizationDetails>.Done { Value: var after }
            ? await edit.SetDetailsAsync(before, after, Demo)
            : throw new InvalidOperationException("The demo's details are wrong.");
    }, cancel);

    /// <summary>The months that have been over for five days: the first is paid, of the next a part is credited, the bank's last stays a draft.</summary>
    private async Task BillAsync(OrganizationId id, bool last, CancellationToken cancel)
    {
        var now = Instant.Now(clock);
        var until = BillingPeriod.Of(now.Plus(TimeSpan.FromDays(-5)), "UTC");
        var ordinal = 0;
        for (var month = BillingPeriod.Of(now.Plus(TimeSpan.FromDays(-61)), "UTC"); month.Number < until.Number; month = month.Next)
        {
            var closed = await RunAsync(new ClosePeriod(Demo, $"demo:close:{month}", id, month), cancel);
            if (!closed.Effects.OfType<Effect.SetInvoice>().Any(effect => effect.Invoice.Status == InvoiceStatus.Draft))
            {
                ordinal += closed.Effects.OfType<Effect.SetInvoice>().Count();
                continue;
            }

            ordinal++;
            if (last && month.Next == until)
            {
                continue;
            }

            var issued = await RunAsync(new IssueInvoice(Demo, $"demo:issue:{month}", id, ordinal), cancel);
            var invoice = issued.Effects.OfType<Effect.SetInvoice>().Single().Invoice;
            if (month.Next != until && invoice.Outstanding > 0)
            {
                await RunAsync(new RecordPayment(Demo, $"demo:pay:{month}", id, ordinal) { Amount = invoice.Outstanding, Reference = string.Create(CultureInfo.InvariantCulture, $"Transfer {id}-{ordinal}") }, cancel);
            }
            else if (id.Value % 2 == 0 && invoice.Outstanding > 0)
            {
                var unit = Currency.Of(invoice.Document.Currency).MinorUnit;
                await RunAsync(new CreditInvoice(Demo, $"demo:credit:{month}", id, ordinal)
                {
                    Lines = [new CreditedLine(1, invoice.Document.Lines[0].Amount / unit / 10 * unit)], Reason = "Two hours of outage on the 12th", Limit = long.MaxValue,
                }, cancel);
                ordinal++;
            }
        }
    }

    private async Task<Receipt> RunAsync(MoneyCommand command, CancellationToken cancel) => await writer.RunAsync(command, Agreement.OfProgram, cancel) is Outcome<Receipt>.Done { Value: var receipt }
        ? receipt : throw new InvalidOperationException($"The demo's {command.Rule} was not done.");
}
