using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>What a person says when opening a month again.</summary>
/// <param name="Period">Which month, as 202409.</param>
/// <param name="Reason">Why; kept for ever.</param>
public sealed record ReopenForm(int Period, string Reason);

/// <summary>Opens the last closed month of an organization again, for a reason.</summary>
public sealed class ReopeningPeriod(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ClosePeriods;

    /// <summary>What it would do now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, ReopenForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, OrganizationId id, ReopenForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    private async Task<Outcome<ReopenPeriod>> CommandAsync(Caller caller, OrganizationId id, ReopenForm form, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return access.Reach(found, Permission).Then<ReopenPeriod>(_ =>
            new Outcome<ReopenPeriod>.Done(new ReopenPeriod(caller.Actor, key, id, new BillingPeriod(form.Period)) { Reason = form.Reason.Trim() }));
    }
}
