using System.Data.Common;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Laws;
using BillingPortal.Store.Auditing;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Laws;

public sealed class ChainLaws(TestDatabases databases) : LawTest(databases)
{
    /// <summary>One stored value each, changed as an intruder would; $key stands for the organization and, where there is one, the entry.</summary>
    private static readonly (string Table, string Column, string Changed)[] Intrusions =
    [
        ("posting", "amount", "amount + 1"),
        ("posting", "balance_after", "balance_after - 1"),
        ("posting", "effective_at", "effective_at + 1"),
        ("journal_entry", "reason", "reason || 'x'"),
        ("journal_entry", "comment", "comment || 'x'"),
        ("journal_entry", "actor", "actor || 'x'"),
        ("journal_entry", "service", "service || 'x'"),
        ("journal_entry", "detail", "detail || ' '"),
        ("journal_entry", "period", "period + 1"),
        ("journal_entry", "effective_at", "effective_at - 1"),
        ("journal_entry", "recorded_at", "recorded_at + 1"),
        ("journal_entry", "idempotency_key", "idempotency_key || 'x'"),
        ("journal_entry", "net_amount", "net_amount + 1"),
        ("journal_entry", "net_after", "net_after + 1"),
        ("journal_entry", "hash", "prev_hash"),
        ("account", "balance", "balance + 1"),
        ("ledger_head", "last_recorded_at", "last_recorded_at - 1"),
        ("ledger_head", "seq", "seq + 1"),
    ];

    [Theory, BothDatabases]
    public Task One_changed_value_is_found_and_named(DatabaseKind kind) => HoldsAsync(kind, Wishes.Any, async (ledger, clock, wishes) =>
    {
        var history = await History.BeginAsync(ledger, clock, ChargingModel.Prepaid);
        await history.LiveAsync(wishes);
        (await AuditAsync(ledger)).ShouldBeNull();
        var entries = (await history.LinesAsync()).Select(line => line.Seq).Distinct().ToArray();
        if (entries.Length == 0)
        {
            return;
        }

        await using var connection = await ledger.Database.ConnectAsync();
        var seq = entries[wishes.Length % entries.Length];
        foreach (var (table, column, changed) in Random.Shared.GetItems(Intrusions, 4))
        {
            var ofEntry = table is "posting" or "journal_entry";
            var where = $"organization_id = {history.Organization}" + (ofEntry ? $" AND seq = {seq}" : "");
            if (table is "posting" or "account")
            {
                where += $" AND account = (SELECT min(p.account) FROM posting p WHERE p.organization_id = {history.Organization} AND p.seq = {seq})";
            }

            var before = await ScalarAsync(connection, $"SELECT {column} FROM {table} WHERE {where}");
            await ScalarAsync(connection, $"UPDATE {table} SET {column} = {changed} WHERE {where}");
            var found = (await AuditAsync(ledger)).ShouldNotBeNull($"{table}.{column}");
            found.Organization.ShouldBe(history.Organization, $"{table}.{column}: {found}");
            if (ofEntry)
            {
                found.Seq.ShouldBe(seq, $"{table}.{column}: {found}");
            }

            await ScalarAsync(connection, $"UPDATE {table} SET {column} = @before WHERE {where}", before);
            (await AuditAsync(ledger)).ShouldBeNull($"{table}.{column} is mended");
        }
    });

    private static Task<Break?> AuditAsync(Ledger ledger) =>
        new LedgerAudit(ledger.Options).RunAsync(LedgerLaws.ForOnePass(), stopAtFirst: true, progress: null, CancellationToken.None);

    private static async Task<object?> ScalarAsync(DbConnection connection, string sql, object? value = null)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class and numbers
        command.CommandText = sql;
#pragma warning restore CA2100
        if (value is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("before", value);
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteScalarAsync();
    }
}
