using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Invoicing;

/// <summary>How invoices, numbers and periods are written.</summary>
internal static class InvoiceStatements
{
    /// <summary>The invoice as it stands, and the line in its history.</summary>
    public static IEnumerable<Statement> Invoice(Invoice invoice, InvoiceStep step, Actor actor, Instant now)
    {
        var document = invoice.Document;
        yield return new(
            """
            INSERT INTO invoice (organization_id, ordinal, kind, status, number, period, currency, net, tax, total, due, paid, credited, credited_total, written_off, outstanding,
              issued_on, due_on, seq, corrects, sent_at, reminders, steps, created_at, updated_at, document)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
            ON CONFLICT (organization_id, ordinal) DO UPDATE SET status = excluded.status, number = excluded.number, due = excluded.due, paid = excluded.paid,
              credited = excluded.credited, credited_total = excluded.credited_total, written_off = excluded.written_off, outstanding = excluded.outstanding,
              issued_on = excluded.issued_on, due_on = excluded.due_on, sent_at = excluded.sent_at, reminders = excluded.reminders, steps = excluded.steps,
              updated_at = excluded.updated_at, document = excluded.document
            """,
            invoice.Organization.Value, invoice.Ordinal, (int)document.Kind, (int)invoice.Status, document.Number, document.Period, document.Currency, document.Net, document.Tax,
            document.Total, document.Due, invoice.Paid, invoice.Credited, invoice.CreditedTotal, invoice.WrittenOff, invoice.Outstanding, Day(document.IssuedOn),
            Day(document.DueOn), invoice.Seq, document.Corrects?.Ordinal, invoice.SentAt?.Micros, invoice.Reminders, invoice.Steps, invoice.CreatedAt.Micros, now.Micros,
            InvoiceJson.Write(document));
        yield return new(
            "INSERT INTO invoice_event (organization_id, ordinal, step, at, actor, via, code, text, amount, reference, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            invoice.Organization.Value, invoice.Ordinal, invoice.Steps, now.Micros, actor.Id, actor.Via, step.Code, step.Text, step.Amount, step.Reference, step.Seq);
    }

    /// <summary>A number is used.</summary>
    public static Statement Number(NextNumber number) =>
        new("UPDATE invoice_series SET next_number = $2 WHERE series = $1", number.Series, number.Next + 1);

    /// <summary>A period closed or opened again, with the event that people read.</summary>
    public static IEnumerable<Statement> Period(OrganizationId id, PeriodStep step, Instant until, Actor actor, Instant now) =>
    [
        new("UPDATE organization SET closed_until = $2, version = version + 1 WHERE id = $1", id.Value, until.Micros),
        new("""
            INSERT INTO period_event (organization_id, period, step, at, actor, via, code, reason, seq, ordinal)
            VALUES ($1, $2, (SELECT COALESCE(MAX(l.step), 0) + 1 FROM period_event l WHERE l.organization_id = $1 AND l.period = $2), $3, $4, $5, $6, $7, $8, $9)
            """, id.Value, step.Period, now.Micros, actor.Id, actor.Via, step.Code, step.Reason, step.Seq, step.Ordinal),
        EffectStatements.Event(id, now, "period_" + step.Code, new Domain.Billing.BillingPeriod(step.Period).ToString(System.Globalization.CultureInfo.InvariantCulture)
            + (step.Code == "closed" ? " closed." : $" opened again: {step.Reason}"), step.Seq ?? 0),
    ];

    private static int? Day(DateOnly? day) => day is { } known ? InvoiceQueries.DayOf(known) : null;
}
