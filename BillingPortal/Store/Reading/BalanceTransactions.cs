using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>What moved a prepaid balance (cash, bonus and overdraft) once, usage aside.</summary>
/// <param name="Seq">The entry's number.</param>
/// <param name="Type">Which type, one of <see cref="PrepaidTransactions.Types"/>.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Amount">By how much, the customer's sign.</param>
/// <param name="Comment">A person's words.</param>
/// <param name="PaymentOption">How it was paid; null where that is not known.</param>
/// <param name="Reference">The payment's identifier elsewhere; null for none.</param>
public sealed record BalanceTransaction(long Seq, PrepaidWord Type, Instant At, Money Amount, string Comment, PrepaidWord? PaymentOption, string? Reference);

/// <summary>Which transactions are asked for, and in which order.</summary>
/// <param name="Types">Their types; empty for every one.</param>
/// <param name="ByAmount">True to sort by amount, else by number.</param>
/// <param name="Descending">True for the last first.</param>
/// <param name="Skip">How many are passed over.</param>
/// <param name="Rows">How many at most.</param>
public sealed record BalanceTransactionsAsked(ImmutableArray<int> Types, bool ByAmount, bool Descending, int Skip, int Rows);

/// <summary>
/// Reads them. They are few for each organization and stand in an index of their own (<c>journal_entry_balance</c>), so that contract 4's numbered pages and
/// exact counts cost little here. Whoever calls has asked whether it may.
/// </summary>
public static class BalanceTransactions
{
    /// <summary>Not usage charged or credited, nor a grant: the condition of the index, word for word.</summary>
    internal const string NotUsage = "kind NOT IN (1, 2, 6)";

    /// <summary>How many there are.</summary>
    public static async Task<long> CountAsync(BillingStore store, OrganizationId organization, ImmutableArray<int> types, CancellationToken cancel)
    {
        await store.Database.OpenConnectionAsync(cancel);
        return await LedgerQueries.ScalarAsync(store.Database.GetDbConnection(), $"SELECT COUNT(*) FROM {Moved(types)}", ("o", organization.Value)) ?? 0;
    }

    /// <summary>A page of them.</summary>
    public static async Task<IReadOnlyList<BalanceTransaction>> ReadAsync(BillingStore store, Organization organization, BalanceTransactionsAsked asked, CancellationToken cancel)
    {
        await store.Database.OpenConnectionAsync(cancel);
        var way = asked.Descending ? "DESC" : "ASC";
        await using var command = LedgerQueries.Command(store.Database.GetDbConnection(),
            $"SELECT t.seq, t.kind, t.reason, t.recorded_at, t.comment, t.detail, t.amount FROM {Moved(asked.Types)} ORDER BY {(asked.ByAmount ? $"t.amount {way}, " : "")}t.seq {way} LIMIT @rows OFFSET @skip",
            ("o", organization.Id), ("rows", asked.Rows), ("skip", asked.Skip));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<BalanceTransaction>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(Read(rows, organization.Money));
        }

        return found;
    }

    private static string Moved(ImmutableArray<int> types) =>
        $"""
        (SELECT e.seq, e.kind, e.reason, e.recorded_at, e.comment, e.detail, (
           SELECT CAST(SUM(p.amount) AS bigint) FROM account a JOIN posting p ON p.organization_id = a.organization_id AND p.account = a.account AND p.seq = e.seq
           WHERE a.organization_id = e.organization_id AND a.kind IN ({(int)AccountKind.Cash}, {(int)AccountKind.Bonus}, {(int)AccountKind.Overdraft})) AS amount
         FROM journal_entry e WHERE e.organization_id = @o AND {NotUsage}) t
        WHERE t.amount <> 0{(types.IsEmpty ? "" : $" AND ({string.Join(" OR ", types.Select(Condition))})")}
        """;

    /// <summary>As <see cref="PrepaidTransactions.TypeOf"/> says it.</summary>
    private static string Condition(int type)
    {
        var own = $"t.reason IN ('{ReasonCode.CreditNoteGiven.Code}', '{ReasonCode.BalanceReset.Code}')";
        return type switch
        {
            PrepaidTransactions.TopUp => $"t.kind = {(int)EntryKind.TopUp}",
            PrepaidTransactions.CreditNote => $"t.reason = '{ReasonCode.CreditNoteGiven.Code}'",
            PrepaidTransactions.Reset => $"t.reason = '{ReasonCode.BalanceReset.Code}'",
            4 => $"(t.kind IN ({(int)EntryKind.Adjustment}, {(int)EntryKind.Reversal}) AND NOT {own})",
            5 => $"t.kind = {(int)EntryKind.Transfer}",
            6 => $"t.kind IN ({(int)EntryKind.Dispute}, {(int)EntryKind.DisputeWon})",
            _ => $"t.kind > {(int)EntryKind.DisputeWon}",
        };
    }

    private static BalanceTransaction Read(DbDataReader row, Currency currency)
    {
        using var detail = JsonDocument.Parse(row.GetString(5));
        var said = detail.RootElement;
        var option = said.TryGetProperty("payment_option", out var number) && number.TryGetInt32(out var id) ? id : (int?)null;
        return new BalanceTransaction(row.GetInt64(0), PrepaidTransactions.TypeOf((EntryKind)Convert.ToInt32(row.GetValue(1), CultureInfo.InvariantCulture), row.GetString(2)),
            new Instant(row.GetInt64(3)), new Money(row.GetInt64(6), currency), row.GetString(4), PrepaidTransactions.Find(PrepaidTransactions.PaymentOptions, option),
            said.TryGetProperty("external_payment_identifier", out var reference) ? reference.GetString() : null);
    }
}
