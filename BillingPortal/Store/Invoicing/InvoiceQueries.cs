using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;
using Npgsql;

namespace BillingPortal.Store.Invoicing;

/// <summary>Reads of invoices that decisions need, the same SQL on both databases.</summary>
internal static class InvoiceQueries
{
    private const string Columns =
        "organization_id, ordinal, status, seq, paid, credited, credited_total, written_off, sent_at, reminders, steps, created_at, document";

    /// <summary>An invoice with what decisions about it must see; null where there is none.</summary>
    public static async Task<InvoiceFacts?> FactsAsync(DbConnection connection, OrganizationId organization, int ordinal, Instant now)
    {
        if ((await InvoicesAsync(connection, "organization_id = @o AND ordinal = @n", ("o", organization.Value), ("n", ordinal))) is not [var invoice])
        {
            return null;
        }

        return new InvoiceFacts(
            invoice,
            await BookedAsync(connection, invoice),
            [.. await InvoicesAsync(connection, "organization_id = @o AND corrects = @n AND kind = 2", ("o", organization.Value), ("n", ordinal))],
            (int)(await LedgerQueries.ScalarAsync(connection,
                "SELECT COUNT(*) FROM invoice WHERE organization_id = @o AND ordinal <> @n AND (status = 2 OR written_off > 0) AND due_on <= @day",
                ("o", organization.Value), ("n", ordinal), ("day", DueDay.Since(DunInvoice.BlockAfterDays, now))) ?? 0),
            await NextOrdinalAsync(connection, organization));
    }

    /// <summary>The ordinal of the organization's next document.</summary>
    public static async Task<int> NextOrdinalAsync(DbConnection connection, OrganizationId organization) =>
        (int)(await LedgerQueries.ScalarAsync(connection, "SELECT COALESCE(MAX(ordinal), 0) + 1 FROM invoice WHERE organization_id = @o", ("o", organization.Value)) ?? 1);

    /// <summary>The period's latest document that stands, and the latest issued one that was voided.</summary>
    public static async Task<(Invoice? Document, Invoice? Voided)> OfPeriodAsync(DbConnection connection, OrganizationId organization, int period)
    {
        var found = await InvoicesAsync(connection, "organization_id = @o AND period = @p AND kind <> 2 AND (status <> 4 OR number IS NOT NULL)", ("o", organization.Value), ("p", period));
        return (found.LastOrDefault(invoice => invoice.Status != InvoiceStatus.Void), found.LastOrDefault(invoice => invoice.Status == InvoiceStatus.Void));
    }

    /// <summary>The entry that voided an invoice; null where its month was opened again since.</summary>
    public static async Task<JournalEntry?> VoidingAsync(DbConnection connection, Invoice invoice) => invoice.Seq is { } seq
        && (await LedgerQueries.EntriesAsync(connection, invoice.Organization.Value, "e.reverses_seq = @value", seq)).FirstOrDefault() is { } voiding
        && await LedgerQueries.ScalarAsync(connection, "SELECT seq FROM journal_entry WHERE organization_id = @o AND reverses_seq = @s", ("o", invoice.Organization.Value), ("s", voiding.Seq)) is null
            ? voiding : null;

    /// <summary>The entry that booked it.</summary>
    public static async Task<JournalEntry?> BookedAsync(DbConnection connection, Invoice invoice) => invoice.Seq is { } seq
        ? (await LedgerQueries.EntriesAsync(connection, invoice.Organization.Value, "e.seq = @value", seq)).FirstOrDefault() : null;

    /// <summary>
    /// The next number of the series of an organization's issuer. <paramref name="hold"/> keeps others of the series waiting until this transaction ends.
    /// </summary>
    public static async Task<NextNumber> NumberAsync(DbConnection connection, OrganizationId organization, InvoiceKind kind, Instant now, bool hold)
    {
        string issuer, zone;
        await using (var command = LedgerQueries.Command(connection,
            "SELECT code, zone FROM invoice_issuer WHERE code = COALESCE((SELECT c.issuer FROM billing_config c WHERE c.organization_id = @o), 'main')", ("o", organization.Value)))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            _ = await rows.ReadAsync();
            (issuer, zone) = (rows.GetString(0), rows.GetString(1));
        }

        var series = NextNumber.SeriesOf(issuer, kind, InvoiceActs.DayIn(now, zone).Year);
        if (hold)
        {
            if (connection is NpgsqlConnection)
            {
                // One lock for all series: two batches that take numbers of several in different orders would wait for each other.
                await using var turn = LedgerQueries.Command(connection, "SELECT pg_advisory_xact_lock(7164017501)");
                await turn.ExecuteNonQueryAsync();
            }

            await using var open = LedgerQueries.Command(connection,
                "INSERT INTO invoice_series (series, issuer, next_number) VALUES (@s, @i, 1) ON CONFLICT (series) DO NOTHING", ("s", series), ("i", issuer));
            await open.ExecuteNonQueryAsync();
        }

        var next = await LedgerQueries.ScalarAsync(connection,
            "SELECT next_number FROM invoice_series WHERE series = @s" + (hold && connection is NpgsqlConnection ? " FOR UPDATE" : ""), ("s", series)) ?? 1;
        return new NextNumber(series, issuer, next, zone);
    }

    /// <summary>Every document of an organization with the figures of its row: net, tax, due, outstanding.</summary>
    public static async Task<IReadOnlyList<(Invoice Invoice, long Net, long Tax, long Due, long Outstanding)>> StoredAsync(DbConnection connection, OrganizationId organization)
    {
        var invoices = await InvoicesAsync(connection, "organization_id = @o", ("o", organization.Value));
        await using var command = LedgerQueries.Command(connection, "SELECT net, tax, due, outstanding FROM invoice WHERE organization_id = @o ORDER BY ordinal", ("o", organization.Value));
        await using var rows = await command.ExecuteReaderAsync();
        var stored = new List<(Invoice, long, long, long, long)>();
        while (await rows.ReadAsync())
        {
            stored.Add((invoices[stored.Count], rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3)));
        }

        return stored;
    }

    /// <summary>A day as it is stored: 20241101.</summary>
    public static int DayOf(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

    private static async Task<IReadOnlyList<Invoice>> InvoicesAsync(DbConnection connection, string condition, params (string Name, object Value)[] parameters)
    {
        await using var command = LedgerQueries.Command(connection, $"SELECT {Columns} FROM invoice WHERE {condition} ORDER BY ordinal", parameters);
        await using var rows = await command.ExecuteReaderAsync();
        var invoices = new List<Invoice>();
        while (await rows.ReadAsync())
        {
            invoices.Add(new Invoice(new OrganizationId(rows.GetInt64(0)), rows.GetInt32(1))
            {
                Status = (InvoiceStatus)rows.GetInt32(2),
                Seq = rows.IsDBNull(3) ? null : rows.GetInt64(3),
                Paid = rows.GetInt64(4),
                Credited = rows.GetInt64(5),
                CreditedTotal = rows.GetInt64(6),
                WrittenOff = rows.GetInt64(7),
                SentAt = rows.IsDBNull(8) ? null : new Instant(rows.GetInt64(8)),
                Reminders = rows.GetInt32(9),
                Steps = rows.GetInt32(10),
                CreatedAt = new Instant(rows.GetInt64(11)),
                Document = InvoiceJson.Read(rows.GetString(12)),
            });
        }

        return invoices;
    }
}
