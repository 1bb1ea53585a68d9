using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>Reads what the page of an organization's plan shows. What a change would be decided on is what the writer itself sees, tax and card included.</summary>
public sealed class GetPlanStanding(IDbContextFactory<BillingStore> stores, GetPlan plans, JournalWriter writer) : ICapability
{
    /// <summary>How many lines of history are shown; older ones are left out.</summary>
    public const int MostChanges = 60;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<PlanStanding>> RunAsync(Caller caller, OrganizationId organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == organization.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<PlanStanding>(async reached =>
        {
            var file = await plans.ReadAsync(store, access, reached, cancel);
            var (view, standstill) = await ViewAsync(caller, access, file, cancel);
            var sees = access.May(Permission.ReadOrganizations, file.Payer.Path);
            return new Outcome<PlanStanding>.Done(new PlanStanding
            {
                File = file,
                View = view,
                Standstill = standstill,
                History = await HistoryAsync(store, reached, sees, access.May(Permission.ReadInvoices, file.Payer.Path) ? new OrganizationId(file.Payer.Id) : null, cancel),
                SeesPayer = sees,
                MayPay = access.May(ChangingPlan.Permission, file.Payer.Path),
            });
        });
    }

    /// <summary>Asks for what changes nothing that stands: the answer carries what the decision saw.</summary>
    private async Task<(PlanView? View, string? Standstill)> ViewAsync(Caller caller, Access access, PlanFile file, CancellationToken cancel)
    {
        var command = ChangingPlan.Command(caller, access, file.Organization, new SubscriptionWish.Resume(), "plan-standing");
        return await writer.PreviewAsync(command, cancel) switch
        {
            Outcome<Preview>.Done { Value: { Facts.Plans: { } facts } seen } =>
                (facts.ViewOf(seen.Before[command.Organization], seen.Before[command.Payer ?? command.Organization], seen.PreparedAt, command.ByFinance), null),
            Outcome<Preview>.Refused { Refusal: var refusal } => (null, refusal.Message),
            _ => (null, "The plan cannot be changed just now."),
        };
    }

    private static async Task<ImmutableArray<PlanHistoryLine>> HistoryAsync(BillingStore store, Organization organization, bool seesPayer, OrganizationId? invoiced, CancellationToken cancel)
    {
        var rows = await store.SubscriptionChanges.Where(change => change.OrganizationId == organization.Id).OrderByDescending(change => change.Version).Take(MostChanges)
            .Select(change => new { change.At, change.Actor, change.Via, change.Text, change.PayerId, change.Fee }).ToListAsync(cancel);
        var names = await ActorNames.ReadAsync(store, rows.Select(row => new Actor(row.Actor, row.Via)), cancel);
        var numbers = rows.Select(row => row.Fee).OfType<long>().ToArray();
        var fees = numbers.Length == 0 || !seesPayer ? [] : await store.PlanFees.Where(fee => fee.OrganizationId == organization.Id && numbers.Contains(fee.Number))
            .ToDictionaryAsync(fee => (fee.PayerId, fee.Number), fee => new { fee.Amount, fee.Currency, fee.SettledSeq }, cancel);
        var documents = invoiced is { } owner
            ? await BookedDocument.OfAsync(store, owner, [.. fees.Where(fee => fee.Key.PayerId == owner.Value).Select(fee => fee.Value.SettledSeq).OfType<long>()], cancel)
            : null;
        return [.. rows.Select(row =>
        {
            var fee = row is { PayerId: { } payer, Fee: { } number } ? fees.GetValueOrDefault((payer, number)) : null;
            return new PlanHistoryLine(new Instant(row.At), row.Text, names[new Actor(row.Actor, row.Via)].ToString(),
                fee is null ? null : new Money(fee.Amount, Currency.Of(fee.Currency)), fee?.SettledSeq is { } seq ? (row.PayerId!.Value, seq) : null)
            {
                Invoice = fee?.SettledSeq is { } booked && row.PayerId == invoiced?.Value ? documents?[booked].FirstOrDefault() : null,
            };
        })];
    }
}
