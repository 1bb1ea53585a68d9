using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>An organization's months.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Months">Newest first.</param>
/// <param name="MayReopen">Whether the caller may open one again.</param>
/// <param name="CallerName">The caller, for the receipt.</param>
public sealed record OrganizationMonths(Organization Organization, ImmutableArray<OrganizationMonth> Months, bool MayReopen, string CallerName)
{
    /// <summary>The month that may be opened again: the last closed one.</summary>
    public OrganizationMonth? Last => Organization.ClosedUntil is { } until
        ? Months.FirstOrDefault(month => month.Closed && month.Period.EndIn(Organization.Zone).Micros == until) : null;
}

/// <summary>One month.</summary>
/// <param name="Period">Which.</param>
/// <param name="Closed">Whether nothing takes effect in it any more.</param>
/// <param name="Steps">What was done to it, newest first.</param>
public sealed record OrganizationMonth(BillingPeriod Period, bool Closed, ImmutableArray<MonthStep> Steps)
{
    /// <summary>The document that stands for it; null for none.</summary>
    public (int Ordinal, string? Number, InvoiceKind Kind, InvoiceStatus Status)? Document { get; init; }
}

/// <summary>A month closed or opened again.</summary>
/// <param name="At">When.</param>
/// <param name="Code">closed or reopened.</param>
/// <param name="By">By whom.</param>
/// <param name="Reason">Why; empty where no reason was asked.</param>
/// <param name="Seq">The entry; null where nothing was booked.</param>
public sealed record MonthStep(Instant At, string Code, string By, string Reason, long? Seq);

/// <summary>Reads which months are closed, by whom, when and with which document.</summary>
public sealed class GetPeriods(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>The months: every one that was charged, closed or opened again.</summary>
    public async Task<Outcome<OrganizationMonths>> RunAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<OrganizationMonths>(async organization =>
        {
            var events = await store.PeriodEvents.Where(step => step.OrganizationId == id.Value).OrderByDescending(step => step.At).ThenByDescending(step => step.Step).ToListAsync(cancel);
            var documents = await store.Invoices.Where(invoice => invoice.OrganizationId == id.Value && invoice.Period != null && invoice.Kind != InvoiceKind.CreditNote && invoice.Status != InvoiceStatus.Void)
                .Select(invoice => new { Period = invoice.Period!.Value, invoice.Ordinal, invoice.Number, invoice.Kind, invoice.Status }).ToListAsync(cancel);
            var charged = await store.Database.SqlQueryRaw<int>(
                """SELECT DISTINCT e.period AS "Value" FROM journal_entry e WHERE e.organization_id = {0} AND e.kind IN (1, 2, 4)""", id.Value).ToListAsync(cancel);
            var names = await ActorNames.ReadAsync(store, events.Select(step => new Actor(step.Actor, step.Via)), cancel);
            var me = await store.Users.AsNoTracking().Where(user => user.Id == caller.UserId).Select(user => user.DisplayName).FirstOrDefaultAsync(cancel);
            var months = charged.Concat(events.Select(step => step.Period)).Concat(documents.Select(document => document.Period)).Distinct().OrderDescending()
                .Select(number => new OrganizationMonth(
                    new BillingPeriod(number), organization.ClosedUntil >= new BillingPeriod(number).EndIn(organization.Zone).Micros,
                    [.. events.Where(step => step.Period == number).Select(step => new MonthStep(new Instant(step.At), step.Code, names[new Actor(step.Actor, step.Via)].Name, step.Reason, step.Seq))])
                {
                    Document = documents.Where(document => document.Period == number).OrderByDescending(document => document.Ordinal)
                        .Select(document => ((int, string?, InvoiceKind, InvoiceStatus)?)(document.Ordinal, document.Number, document.Kind, document.Status)).FirstOrDefault(),
                });
            return new Outcome<OrganizationMonths>.Done(new OrganizationMonths(organization, [.. months], access.MayOnPlatform(ReopeningPeriod.Permission), me ?? caller.UserId));
        });
    }
}
