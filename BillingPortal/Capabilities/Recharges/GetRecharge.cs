using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>One recharge with its whole flight, and the others of its day.</summary>
public sealed class GetRecharge(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>More steps than a flight has; a provider that is away for weeks makes the rest.</summary>
    public const int Most = 500;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<RechargeFlight>> RunAsync(Caller caller, OrganizationId id, long number, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ListRecharges.ReachAsync(store, caller, id, cancel)).ThenAsync<RechargeFlight>(async organization =>
        {
            var one = store.RechargeIntents.Where(row => row.OrganizationId == id.Value && row.Number == number);
            if (await RechargeReading.LinesAsync(store, one, organization.Money, cancel) is not [var line])
            {
                return new Outcome<RechargeFlight>.NotFound("There is no such recharge.");
            }

            var rows = await store.RechargeAttempts.Where(step => step.OrganizationId == id.Value && step.Number == number).OrderBy(step => step.Step).Take(Most).ToListAsync(cancel);
            var (from, until) = DayOf(line.DecidedAt, organization.Zone);
            var day = RechargeReading.Matching(store, id, new RechargeFilter([], from, until)).Where(row => row.Number != number).OrderBy(row => row.Number).Take(20);
            var beside = await RechargeReading.LinesAsync(store, day, organization.Money, cancel);
            var saved = line.Cause is not null ? null : await store.BillingRuleChanges.FirstOrDefaultAsync(change => change.OrganizationId == id.Value && change.Version == line.RuleVersion, cancel);
            var by = saved is null ? null : (await ActorNames.ReadAsync(store, [new Actor(saved.Actor, saved.Via)], cancel)).Values.Single().ToString();
            return new Outcome<RechargeFlight>.Done(new RechargeFlight(
                organization, line, [.. rows.Select(row => new FlightStep(row.Step, row.Attempt, new Instant(row.At), (RechargeState)row.State, row.Code, row.Message, row.PaymentId, row.Via))],
                [.. beside.OrderBy(other => other.Number)], by));
        });
    }

    private static (Instant From, Instant Until) DayOf(Instant at, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at.ToUtc(), zone).DateTime);
        return (LocalTime.StartOf(day, zone), LocalTime.StartOf(day.AddDays(1), zone));
    }
}

/// <summary>A recharge from its cause to its end.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Recharge">The recharge.</param>
/// <param name="Steps">Its steps, oldest first.</param>
/// <param name="SameDay">The others that were decided on the same day of the organization's.</param>
/// <param name="SavedBy">Who saved the rule or chose the card, where that caused it.</param>
public sealed record RechargeFlight(Organization Organization, RechargeLine Recharge, ImmutableArray<FlightStep> Steps, ImmutableArray<RechargeLine> SameDay, string? SavedBy);

/// <summary>One step.</summary>
/// <param name="Step">Counts from 1.</param>
/// <param name="Attempt">Which attempt to charge; 0 before the first.</param>
/// <param name="At">When.</param>
/// <param name="State">The state it led to.</param>
/// <param name="Code">The provider's code or a word of the portal's; empty for none.</param>
/// <param name="Message">What happened.</param>
/// <param name="PaymentId">The provider's id of the payment.</param>
/// <param name="Via">How it was learnt.</param>
public sealed record FlightStep(int Step, int Attempt, Instant At, RechargeState State, string Code, string Message, string? PaymentId, string Via);
