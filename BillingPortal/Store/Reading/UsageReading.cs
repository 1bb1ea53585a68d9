using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>
/// An organization's own past for a rehearsal: what it used and what was paid in, summed by the hour in the database, recharges left out. By
/// effective time, as if all of it had been recorded when it happened: a month that a file brought in at once would rehearse nothing.
/// </summary>
public static class UsageReading
{
    /// <summary>How many days are rehearsed.</summary>
    public const int Days = 90;

    /// <summary>Hours further back: the cap's window at the beginning may have begun a month before.</summary>
    private const int DaysBefore = 32;

    /// <summary>The most sums that are read, newest first; enough for ninety days of every hour.</summary>
    private const int Most = 4_000;

    /// <summary>An hour is rehearsed in this many parts, as its requests came one after another.</summary>
    private const int Parts = 4;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The past of <paramref name="organization"/> up to <paramref name="now"/>. Whoever calls has asked whether it may.</summary>
    public static async Task<RehearsedPast> RehearsedAsync(BillingStore store, Organization organization, Instant now, CancellationToken cancel)
    {
        var id = new OrganizationId(organization.Id);
        var sums = await SumsAsync(store, id, now.Plus(-TimeSpan.FromDays(Days + DaysBefore)), now, cancel);

        // A file may bring in months from before the organization was entered here.
        var begun = sums.Length > 0 && sums[0].At.Micros < organization.CreatedAt ? sums[0].At : new Instant(organization.CreatedAt);
        var from = HourOf(Instant.Later(now.Plus(-TimeSpan.FromDays(Days)), begun));
        if (sums.Length == Most && sums[0].At.Plus(TimeSpan.FromDays(DaysBefore)) > from)
        {
            from = sums[0].At;
        }

        var opening = await OpeningAsync(store, id, new Instant(from.Micros - 1), cancel);
        if (opening == 0 && sums.FirstOrDefault(sum => sum.At >= from) is { } first)
        {
            // Nobody was empty before there was anything.
            from = first.At;
        }

        return new RehearsedPast
        {
            From = from,
            Until = now,
            Zone = organization.Zone,
            ChargingModel = organization.ChargingModel,
            AllowOverdraft = organization.AllowOverdraft,
            Opening = opening,
            Settles = await SettlementAsync(store, id, cancel),
            Usage = [.. sums.SelectMany(sum => Spread(sum, now)).OrderBy(usage => usage.At)],
        };
    }

    internal static DbCommand Command(DbConnection connection, OrganizationId organization, Instant from, Instant until) =>
        LedgerQueries.Command(connection, connection is SqliteConnection ? Sums("e.late = 0", "e.late = 1") : Sums("NOT e.late", "e.late"), ("o", organization.Value), ("from", from.Micros), ("until", until.Micros));

    private static async Task<ImmutableArray<PastUsage>> SumsAsync(BillingStore store, OrganizationId organization, Instant from, Instant until, CancellationToken cancel)
    {
        await using var command = Command(await JournalReading.OpenAsync(store, cancel), organization, from, until);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var sums = ImmutableArray.CreateBuilder<PastUsage>();
        while (await rows.ReadAsync(cancel))
        {
            sums.Add(new PastUsage(
                new Instant(rows.GetInt64(0) * TimeSpan.MicrosecondsPerHour), new Instant(rows.GetInt64(0) * TimeSpan.MicrosecondsPerHour),
                rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3)));
        }

        sums.Reverse();
        return sums.ToImmutable();
    }

    private static IEnumerable<PastUsage> Spread(PastUsage sum, Instant now)
    {
        var length = TimeSpan.FromMicroseconds(Math.Min(TimeSpan.MicrosecondsPerHour, now.Micros - sum.At.Micros));
        return sum.Requested == 0 ? [sum] : sum.Spread(length, Parts).Where(part => part is not { Requested: 0, Reported: 0, PaidIn: 0 });
    }

    /// <summary>What was available then. Credits that have lapsed since count as they did.</summary>
    private static async Task<long> OpeningAsync(BillingStore store, OrganizationId organization, Instant at, CancellationToken cancel)
    {
        var balances = await BalanceReading.AsOfAsync(store, organization, at, EntryTime.Effective, cancel);
        return balances.Balances.Where(pair => ChartOfAccounts.DrawOrder.Contains(pair.Key.Kind) || pair.Key.Kind == AccountKind.Overdraft).Sum(pair => pair.Value);
    }

    /// <summary>The median of the last hundred settlements.</summary>
    private static async Task<TimeSpan> SettlementAsync(BillingStore store, OrganizationId organization, CancellationToken cancel)
    {
        var took = await store.RechargeIntents.Where(intent => intent.OrganizationId == organization.Value && intent.State == (int)RechargeState.Settled)
            .OrderByDescending(intent => intent.Number).Take(100).Select(intent => intent.UpdatedAt - intent.CreatedAt).ToListAsync(cancel);
        took.Sort();
        return took.Count == 0 ? RehearsedPast.UsualSettlement : TimeSpan.FromMicroseconds(took[took.Count / 2]);
    }

    private static Instant HourOf(Instant at) => new(at.Micros / TimeSpan.MicrosecondsPerHour * TimeSpan.MicrosecondsPerHour);

    private static string Sums(string onTime, string late) =>
        $"""
        SELECT u.at, CAST(SUM(u.requested) AS bigint), CAST(SUM(u.reported) AS bigint), CAST(SUM(u.paid_in) AS bigint)
        FROM ({Moves(onTime)} UNION ALL {Moves(late)}) u GROUP BY u.at ORDER BY u.at DESC LIMIT {Text(Most)}
        """;

    /// <summary>Each entry as what it was: asked for first, reported or given back, or no usage at all. Card payments and what became of them are left out.</summary>
    private static string Moves(string condition) =>
        $"""
        SELECT e.effective_at / 3600000000 AS at,
          CASE WHEN {Requested} THEN -e.net_amount ELSE 0 END AS requested,
          CASE WHEN {Usage} AND NOT ({Requested}) THEN -e.net_amount ELSE 0 END AS reported,
          CASE WHEN {Usage} THEN 0 ELSE e.net_amount END AS paid_in
        FROM journal_entry e LEFT JOIN journal_entry r ON r.organization_id = e.organization_id AND r.seq = e.reverses_seq
        WHERE e.organization_id = @o AND {condition} AND e.effective_at >= @from AND e.effective_at < @until
          AND e.reason <> '{ReasonCode.AutoRecharged.Code}' AND e.kind NOT IN ({Text((int)EntryKind.Dispute)}, {Text((int)EntryKind.DisputeWon)})
        """;

    private static readonly string Usage =
        $"(e.kind IN ({Text((int)EntryKind.Charge)}, {Text((int)EntryKind.ChargeCredit)}) OR COALESCE(r.kind, 0) IN ({Text((int)EntryKind.Charge)}, {Text((int)EntryKind.ChargeCredit)}))";

    private static readonly string Requested = $"e.kind = {Text((int)EntryKind.Charge)} AND e.reason = '{ReasonCode.UsageRequested.Code}'";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
