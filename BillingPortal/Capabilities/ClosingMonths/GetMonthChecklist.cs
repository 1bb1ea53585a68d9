using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Store.Invoicing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>Reads how a month stands. Nothing is counted beyond a thousand.</summary>
public sealed class GetMonthChecklist(IDbContextFactory<BillingStore> stores, PaymentOptions payments, TimeProvider clock) : ICapability
{
    private const int Enough = 1_001, Named = 5;

    /// <inheritdoc />
    public static Permission Permission => Permission.ClosePeriods;

    /// <summary>The list.</summary>
    public async Task<Outcome<MonthChecklist>> RunAsync(Caller caller, BillingPeriod period, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (!(await Access.ReadAsync(store, caller, cancel)).MayOnPlatform(Permission))
        {
            return new Outcome<MonthChecklist>.Refused(Access.Missing(Permission));
        }

        return new Outcome<MonthChecklist>.Done(new MonthChecklist(period, Instant.Now(clock),
        [
            Over(period), await IssuerAsync(store, cancel), await ImportsAsync(store, period, cancel), await EarlierAsync(store, period, cancel), await UntaxedAsync(store, period, cancel),
            await UnverifiedAsync(store, period, cancel), await DraftsAsync(store, period, cancel), await UncollectedAsync(store, cancel), Payments(), await LawsAsync(store, cancel),
        ]));
    }

    private ChecklistItem Over(BillingPeriod period)
    {
        var (now, end) = (Instant.Now(clock), period.EndIn(TimeZoneInfo.Utc));
        return new("The month has ended", now < end ? ChecklistLook.Mend : ChecklistLook.Good, now < end
            ? string.Create(CultureInfo.CurrentCulture, $"It ends on {end.ToUtc():d MMM yyyy HH:mm} UTC. Until then nothing of it can be closed.")
            : now < end.Plus(TimeSpan.FromHours(12)) ? "In UTC. In zones west of it the month goes on for some hours; their organizations are closed then." : "Everywhere.");
    }

    private static async Task<ChecklistItem> IssuerAsync(BillingStore store, CancellationToken cancel) => await IssuerStep.LacksAsync(store, cancel) is { Length: > 0 } lacking
        ? new("Issuer", ChecklistLook.Mend, $"It has not been said who issues the invoices: set {lacking} and start the portal again. Until then nothing with an amount can be closed.")
        : new("Issuer", ChecklistLook.Good, "It is said who issues the invoices.");

    private static async Task<ChecklistItem> ImportsAsync(BillingStore store, BillingPeriod period, CancellationToken cancel)
    {
        var delivered = await NumberAsync(store, """SELECT COUNT(*) AS "Value" FROM usage_delivery WHERE period = {0}""", cancel, period.Number);
        var missing = await SomeAsync(store,
            """
            SELECT o.id AS "Id", o.name AS "Name" FROM usage_delivery d JOIN organization o ON o.id = d.organization_id
            WHERE d.period = {0} AND NOT EXISTS (SELECT 1 FROM usage_delivery n WHERE n.organization_id = d.organization_id AND n.period = {1}) ORDER BY o.id LIMIT 1001
            """, cancel, period.Previous.Number, period.Number);
        return new("Usage files", delivered == 0 || missing.Count > 0 ? ChecklistLook.Look : ChecklistLook.Good, delivered == 0
            ? "No usage file was delivered for the month."
            : $"{Many((int)delivered, "account")} delivered for the month." + (missing.Count > 0 ? $" {Many(missing.Count, "account")} delivered the month before and not this one:" : ""))
        { Some = First(missing) };
    }

    /// <summary>Months are closed in order, so an open one with charges or a package keeps this one open.</summary>
    private static async Task<ChecklistItem> EarlierAsync(BillingStore store, BillingPeriod period, CancellationToken cancel)
    {
        // Few: every month in every zone that organizations are closed up to.
        var standings = await store.Organizations.Select(o => new { o.ClosedUntil, o.TimeZone }).Distinct().ToListAsync(cancel);
        var open = new List<NamedRow>();
        foreach (var standing in standings)
        {
            var first = standing.ClosedUntil is { } until ? BillingPeriod.Of(new Instant(until), standing.TimeZone).Number : 0;
            if (first < period.Number && open.Count < Enough)
            {
                open.AddRange(await SomeAsync(store,
                    """
                    SELECT o.id AS "Id", o.name AS "Name" FROM organization o WHERE COALESCE(o.closed_until, -1) = {0} AND o.time_zone = {1}
                      AND (EXISTS (SELECT 1 FROM journal_entry e WHERE e.organization_id = o.id AND e.period >= {2} AND e.period < {3} AND e.kind IN (1, 2, 4))
                        OR o.id IN (SELECT COALESCE(c.payer_id, c.id) FROM data_package d JOIN organization c ON c.id = d.organization_id
                          WHERE d.price > 0 AND d.starts_on < {3} AND COALESCE(d.ends_on, 999912) >= {2} AND d.starts_on <= COALESCE(d.ends_on, 999912)))
                    ORDER BY o.id LIMIT 1001
                    """, cancel, standing.ClosedUntil ?? -1, standing.TimeZone, first, period.Number));
            }
        }

        return new("Months before", open.Count > 0 ? ChecklistLook.Mend : ChecklistLook.Good, open.Count == 0
            ? "Every month before that was charged is closed." : $"{Many(open.Count, "organization")} with charges in an earlier month that is open. Close that first:")
        { Some = First(open), End = "/months" };
    }

    private static async Task<ChecklistItem> UntaxedAsync(BillingStore store, BillingPeriod period, CancellationToken cancel)
    {
        var untaxed = await SomeAsync(store,
            """
            SELECT o.id AS "Id", o.name AS "Name" FROM organization o LEFT JOIN billing_details d ON d.organization_id = o.id
            WHERE (d.country IS NULL OR d.country = '') AND EXISTS (SELECT 1 FROM journal_entry e WHERE e.organization_id = o.id AND e.period = {0} AND e.kind IN (1, 2, 4)) ORDER BY o.id LIMIT 1001
            """, cancel, period.Number);
        return new("Billing countries", untaxed.Count > 0 ? ChecklistLook.Mend : ChecklistLook.Good, untaxed.Count == 0
            ? "Everyone who was charged has one." : $"{Many(untaxed.Count, "organization")} charged in the month without a billing country. Their invoices carry no tax:")
        { Some = First(untaxed), End = "/billing-details" };
    }

    /// <summary>A number that no register refused moves the VAT to the customer (decision 0023); whoever closes sees whose was never confirmed.</summary>
    private static async Task<ChecklistItem> UnverifiedAsync(BillingStore store, BillingPeriod period, CancellationToken cancel)
    {
        var unverified = await SomeAsync(store,
            """
            SELECT o.id AS "Id", o.name AS "Name" FROM organization o JOIN billing_details d ON d.organization_id = o.id
            WHERE d.tax_id_type = 'eu_vat' AND d.tax_status NOT IN ({1}, {2})
              AND EXISTS (SELECT 1 FROM journal_entry e WHERE e.organization_id = o.id AND e.period = {0} AND e.kind IN (1, 2, 4)) ORDER BY o.id LIMIT 1001
            """, cancel, period.Number, (int)TaxStatus.Verified, (int)TaxStatus.Unverified);
        return new("VAT numbers", unverified.Count > 0 ? ChecklistLook.Look : ChecklistLook.Good, unverified.Count == 0
            ? "Every VAT number of somebody charged was looked up." : $"{Many(unverified.Count, "organization")} charged in the month with a VAT number that no register has confirmed. In another member state they are invoiced under reverse charge all the same:")
        { Some = First(unverified), End = "/billing-details" };
    }

    private static async Task<ChecklistItem> DraftsAsync(BillingStore store, BillingPeriod period, CancellationToken cancel)
    {
        var drafts = await store.Invoices.Where(invoice => invoice.Status == InvoiceStatus.Draft && invoice.Period <= period.Number).Select(invoice => invoice.Period).OrderBy(month => month).Take(Enough).ToListAsync(cancel);
        var earlier = drafts.Count(draft => draft < period.Number);
        return new("Drafts", drafts.Count > 0 ? ChecklistLook.Look : ChecklistLook.Good, drafts.Count == 0 ? "None waits to be issued."
            : $"{Many(drafts.Count, "draft")} not issued yet" + (earlier > 0 ? $", {earlier.ToString("N0", CultureInfo.CurrentCulture)} of months before." : "."));
    }

    private async Task<ChecklistItem> UncollectedAsync(BillingStore store, CancellationToken cancel)
    {
        var today = DueDay.Since(0, Instant.Now(clock));
        var overdue = await store.Invoices.Where(invoice => invoice.Status == InvoiceStatus.Open && invoice.DueOn < today).GroupBy(invoice => invoice.Currency)
            .Select(group => new { Currency = group.Key, Count = group.Count(), Sum = group.Sum(invoice => invoice.Outstanding) }).OrderBy(sum => sum.Currency).ToListAsync(cancel);
        return new("Uncollected", overdue.Count > 0 ? ChecklistLook.Look : ChecklistLook.Good, overdue.Count == 0 ? "No invoice is overdue."
            : "Overdue: " + string.Join(", ", overdue.Select(sum => $"{new Money(sum.Sum, Currency.Of(sum.Currency)).ToString(CultureInfo.CurrentCulture)} in {Many(sum.Count, "invoice")}")) + ".");
    }

    private ChecklistItem Payments() => payments.IsSandbox
        ? new("Card payments", ChecklistLook.Look, "They go to the sandbox: it takes test cards only, and no money moves. For customers set Payments__Provider to stripe and start the portal again.")
        : new("Card payments", ChecklistLook.Good, "Stripe takes them.");

    private static async Task<ChecklistItem> LawsAsync(BillingStore store, CancellationToken cancel)
    {
        var laws = await store.LawChecks.AsNoTracking().ToListAsync(cancel);
        var broken = laws.Count(law => !law.Holds);
        return new("Laws of the books", broken > 0 ? ChecklistLook.Mend : laws.Count == 0 ? ChecklistLook.Look : ChecklistLook.Good,
            laws.Count == 0 ? "They were never checked. Check them on the trial balance."
            : (broken > 0 ? $"{Many(broken, "law")} broken: see the trial balance. " : "All hold. ")
                + string.Create(CultureInfo.CurrentCulture, $"Checked last on {new Instant(laws.Min(law => law.CheckedAt)).ToUtc():d MMM yyyy HH:mm} UTC."));
    }

    private static Task<List<NamedRow>> SomeAsync(BillingStore store, string sql, CancellationToken cancel, params object[] values) =>
        store.Database.SqlQueryRaw<NamedRow>(sql, values).ToListAsync(cancel);

    private static async Task<long> NumberAsync(BillingStore store, string sql, CancellationToken cancel, params object[] values) =>
        (await store.Database.SqlQueryRaw<long>(sql, values).ToListAsync(cancel))[0];

    private static ImmutableArray<(long Id, string Name)> First(List<NamedRow> rows) => [.. rows.Take(Named).Select(row => (row.Id, row.Name))];

    private static string Many(int count, string what) => count >= Enough ? $"More than 1,000 {what}s" : $"{count.ToString("N0", CultureInfo.CurrentCulture)} {what}{(count == 1 ? "" : "s")}";

    private sealed record NamedRow(long Id, string Name);
}
