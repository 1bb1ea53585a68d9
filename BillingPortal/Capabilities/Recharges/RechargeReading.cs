using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>Reads recharges with their causes and cards, newest first: one statement a page.</summary>
internal static class RechargeReading
{
    /// <summary>The lines of <paramref name="rows"/>, in that order.</summary>
    public static async Task<ImmutableArray<RechargeLine>> LinesAsync(BillingStore store, IQueryable<RechargeIntentRow> rows, Currency currency, CancellationToken cancel)
    {
        var read = await (
            from row in rows
            join card in store.PaymentMethods on row.PaymentMethodId equals card.Id into cards
            from card in cards.DefaultIfEmpty()
            join entry in store.Entries on new { row.OrganizationId, Seq = row.CauseSeq ?? 0 } equals new { entry.OrganizationId, entry.Seq } into entries
            from entry in entries.DefaultIfEmpty()
            select new
            {
                Row = row,
                Brand = card == null ? "" : card.Brand,
                Last4 = card == null ? "" : card.Last4,
                Kind = entry == null ? 0 : entry.Kind,
                Service = entry == null ? "" : entry.Service,
                Amount = entry == null ? 0 : entry.NetAmount,
            }).ToListAsync(cancel);
        return [.. read.Select(line => Line(
            line.Row, new CardOnFile(line.Row.PaymentMethodId, line.Brand, line.Last4, Inactive: false).ToString(),
            line.Row.CauseSeq is { } seq && line.Kind != 0 ? new RechargeCauseEntry(seq, (EntryKind)line.Kind, line.Service, new Money(line.Amount, currency)) : null, currency))];
    }

    /// <summary>Those of an organization that the filter lets through.</summary>
    public static IQueryable<RechargeIntentRow> Matching(BillingStore store, OrganizationId organization, RechargeFilter filter)
    {
        var rows = store.RechargeIntents.Where(row => row.OrganizationId == organization.Value);
        if (!filter.States.IsEmpty)
        {
            var states = filter.States.Select(state => (int)state).ToArray();
            rows = rows.Where(row => states.Contains(row.State));
        }

        if (filter.From is { Micros: var from })
        {
            rows = rows.Where(row => row.CreatedAt >= from);
        }

        return filter.Until is { Micros: var until } ? rows.Where(row => row.CreatedAt < until) : rows;
    }

    private static RechargeLine Line(RechargeIntentRow row, string card, RechargeCauseEntry? cause, Currency currency) => new()
    {
        Number = row.Number,
        State = (RechargeState)row.State,
        Amount = new Money(row.Amount, currency),
        DecidedAt = new Instant(row.CreatedAt),
        ChangedAt = new Instant(row.UpdatedAt),
        DueAt = row.DueAt is { } due ? new Instant(due) : null,
        Attempt = row.Attempt,
        Card = card,
        Available = new Money(row.Available, currency),
        Threshold = new Money(row.Threshold, currency),
        RuleVersion = row.RuleVersion,
        LimitLeft = row.LimitLeft is { } left ? new Money(left, currency) : null,
        Cause = cause,
        PaymentId = row.PaymentId,
        FailureMessage = row.FailureMessage,
        SettledSeq = row.SettledSeq,
    };
}
