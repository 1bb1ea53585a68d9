using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Invoices;

/// <summary>What the decisions about one invoice share.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Organization">The payer.</param>
/// <param name="Ordinal">Which of its documents.</param>
public abstract record InvoiceCommand(Actor Actor, string Key, OrganizationId Organization, int Ordinal) : MoneyCommand(Actor, Key)
{
    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public sealed override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Invoice = (Organization, Ordinal) };

    /// <inheritdoc />
    public sealed override Decision Decide(DecisionView view) =>
        view.Facts.Invoice is { } facts ? Decide(view, facts) : new Decision.NotFound("There is no such invoice.");

    /// <summary>Decides about the invoice.</summary>
    protected abstract Decision Decide(DecisionView view, InvoiceFacts facts);

    /// <summary>A refusal, where the invoice does not stand as the act needs it.</summary>
    protected static Decision? Unless(Invoice invoice, InvoiceStatus status, string what) => invoice.Status == status ? null
        : Decision.No(RefusalCode.NotDue, $"{InvoiceActs.Capital(invoice.Name)} is {InvoiceActs.Word(invoice.Status)}: {what} Nothing was changed.");
}

/// <summary>Words and steps that decisions about invoices share.</summary>
public static class InvoiceActs
{
    /// <summary>The status in a sentence.</summary>
    public static string Word(InvoiceStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>Millionths as people read them.</summary>
    public static string Words(long micros, LedgerState state) => new Money(micros, state.Currency).ToString(CultureInfo.InvariantCulture);

    /// <summary>With a capital letter, for the beginning of a sentence.</summary>
    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>Today in a zone.</summary>
    public static DateOnly DayIn(Instant now, string zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now.ToUtc(), TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);

    /// <summary>
    /// Takes back what <paramref name="booked"/> booked, in an open period; cash that comes back repays an overdraft. Gives the entry's number.
    /// </summary>
    internal static long Undo(Course course, JournalEntry booked, int? period, ReasonCode reason, string comment, string? detail = null, string keySuffix = "")
    {
        var undo = new EntryDraft(EntryKind.Reversal, reason, Journal.Inverse(booked))
        {
            Comment = comment,
            Period = period,
            ReversesSeq = booked.Seq,
            KeySuffix = keySuffix,
            Detail = detail ?? string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"undo-close/2","reverses":{{booked.Seq}}}"""),
        };
        Consequences.Post(course, booked.Organization, undo);
        var seq = course[booked.Organization].Seq;
        Repayment.After(course, booked.Organization, undo);
        return seq;
    }

    /// <summary>A refusal, where what <paramref name="booked"/> put on the balance is not there any more to be taken back.</summary>
    internal static Decision? Spent(LedgerState state, JournalEntry booked, string what)
    {
        var gave = booked.Postings.Where(line => line.Account.Kind == AccountKind.Cash).Sum(line => line.Amount);
        return gave <= state.Refundable ? null : Decision.No(RefusalCode.BelowFloor,
            $"{what} gave {Words(gave, state)} back to the balance, and {Words(state.Refundable, state)} is left of it. Nothing was changed.", "Period");
    }

    /// <summary>
    /// Ends the block of an organization whose last overdue invoice is settled (rules §8): paid, credited or taken back. One that was given up is not,
    /// until it is paid after all.
    /// </summary>
    internal static void Release(Course course, Invoice invoice, InvoiceFacts facts)
    {
        if (invoice is { Outstanding: 0, WrittenOff: 0 } && facts.OthersOverdue == 0 && course[invoice.Organization].IsBlockedBy(BlockCause.Overdue))
        {
            course.Add(new Effect.Unblock(invoice.Organization, BlockCause.Overdue));
        }
    }
}

/// <summary>Gives a draft its number, the day of issue and the day it is due. Numbers of an issuer run without gaps.</summary>
public sealed record IssueInvoice(Actor Actor, string Key, OrganizationId Organization, int Ordinal) : InvoiceCommand(Actor, Key, Organization, Ordinal)
{
    /// <inheritdoc />
    public override string Rule => "issue-invoice/1";

    /// <inheritdoc />
    public override FactsNeeded Needs => base.Needs with { Number = (Organization, InvoiceKind.Invoice) };

    /// <inheritdoc />
    protected override Decision Decide(DecisionView view, InvoiceFacts facts)
    {
        var invoice = facts.Invoice;
        if (invoice.Status == InvoiceStatus.Draft)
        {
            var number = view.Facts.Number ?? throw new InvalidOperationException("An issue sees the next number.");
            var today = InvoiceActs.DayIn(view.Now, number.IssuerZone);
            var document = invoice.Document with { Number = number.Text, IssuedOn = today, DueOn = invoice.Document.Due > 0 ? today.AddDays(invoice.Document.TermDays) : null };
            var course = new Course(view);
            course.Add(new Effect.TakeNumber(Organization, number));
            course.Add((invoice with { Document = document, Status = document.Due > 0 ? InvoiceStatus.Open : InvoiceStatus.Paid }).Step(
                new InvoiceStep("issued", document.DueOn is { } due
                    ? string.Create(CultureInfo.InvariantCulture, $"Issued, due on {due:d MMM yyyy}.") : "Issued; it was paid before.")));
            return course.Decision;
        }

        return invoice.Document.Number is not null && invoice.Status is InvoiceStatus.Open or InvoiceStatus.Paid
            ? Decision.Nothing
            : Unless(invoice, InvoiceStatus.Draft, "only a draft is issued.")!;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Ordinal);
}

/// <summary>States that an invoice was sent. Moves no money.</summary>
public sealed record MarkInvoiceSent(Actor Actor, string Key, OrganizationId Organization, int Ordinal, string To) : InvoiceCommand(Actor, Key, Organization, Ordinal)
{
    /// <inheritdoc />
    public override string Rule => "mark-invoice-sent/1";

    /// <inheritdoc />
    protected override Decision Decide(DecisionView view, InvoiceFacts facts)
    {
        if (facts.Invoice.Document.Number is null || facts.Invoice.Status == InvoiceStatus.Void)
        {
            return Unless(facts.Invoice, InvoiceStatus.Open, "only what is issued is sent.") ?? Decision.Nothing;
        }

        return new Decision.Effects([(facts.Invoice with { SentAt = view.Now }).Step(new InvoiceStep("sent", $"Sent to {To}."))]);
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Ordinal).Add(To);
}
