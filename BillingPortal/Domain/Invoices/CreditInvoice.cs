using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Invoices;

/// <summary>What of a line is taken back.</summary>
/// <param name="Line">The invoice's line, from 1.</param>
/// <param name="Net">Millionths before tax, above zero, whole minor units.</param>
public sealed record CreditedLine(int Line, long Net);

/// <summary>
/// Takes back an issued invoice or part of it by a credit note with a number of its own. Tax follows; what is outstanding falls first, the rest
/// repays an overdraft and then becomes cash, which can be paid out.
/// </summary>
public sealed record CreditInvoice(Actor Actor, string Key, OrganizationId Organization, int Ordinal) : InvoiceCommand(Actor, Key, Organization, Ordinal)
{
    /// <summary>What is taken back; empty for all that is left.</summary>
    public ImmutableArray<CreditedLine> Lines { get; init; } = [];

    /// <summary>Why; printed on the credit note, never empty.</summary>
    public required string Reason { get; init; }

    /// <summary>Millionths the actor may move alone in a rolling day.</summary>
    public required long Limit { get; init; }

    /// <inheritdoc />
    public override string Rule => "credit-invoice/1";

    /// <inheritdoc />
    public override FactsNeeded Needs => base.Needs with { Number = (Organization, InvoiceKind.CreditNote), RollingTotals = true };

    /// <inheritdoc />
    protected override Decision Decide(DecisionView view, InvoiceFacts facts)
    {
        var (state, invoice) = (view.Only, facts.Invoice);
        if (Reason.Length is 0 or > ReopenPeriod.MaxReasonLength)
        {
            return Decision.Wrong(nameof(Reason), "required", $"Say why, in 1 to {ReopenPeriod.MaxReasonLength} characters.");
        }

        if (invoice.Document is not { Kind: InvoiceKind.Invoice, Number: not null } || invoice.Status is not (InvoiceStatus.Open or InvoiceStatus.Paid))
        {
            return Decision.No(RefusalCode.NotDue, $"{InvoiceActs.Capital(invoice.Name)} is {InvoiceActs.Word(invoice.Status)}: only an issued invoice is credited. Nothing was changed.");
        }

        var left = new Creditable(invoice.Document, facts.Credits);
        if (Lines.Select(line => left.Objection(line, Lines.Where(other => other.Line == line.Line).Sum(other => other.Net), state)).FirstOrDefault(objection => objection is not null) is { } wrong)
        {
            return wrong;
        }

        if (left.Net <= 0)
        {
            return Decision.No(RefusalCode.NotDue, $"{(invoice.Document.Net > 0 ? "All of" : "Nothing was billed by")} {invoice.Name}{(invoice.Document.Net > 0 ? " is credited" : "")}. Nothing was changed.");
        }

        var number = view.Facts.Number ?? throw new InvalidOperationException("A credit note sees the next number.");
        var note = left.Note(Lines, state) with
        {
            Number = number.Text,
            IssuedOn = InvoiceActs.DayIn(view.Now, number.IssuerZone),
            DueOn = null,
            Corrects = new InvoiceReference(Ordinal, invoice.Document.Number!, invoice.Document.IssuedOn!.Value),
            Note = Reason,
        };
        if (note.Net > left.Net)
        {
            return Decision.No(RefusalCode.TooLarge, $"Credits were used on {invoice.Name}: {InvoiceActs.Words(left.Net, state)} before tax is left to take back. Nothing was changed.", nameof(Lines));
        }

        return ApprovalLimit.Check(state, view.Facts, note.Total, Limit) ?? Booked(view, facts, note, number);
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form)
    {
        form.Add(Ordinal).Add(Reason);
        foreach (var line in Lines)
        {
            form.Add(line.Line).Add(line.Net);
        }
    }

    private Decision Booked(DecisionView view, InvoiceFacts facts, InvoiceDocument note, NextNumber number)
    {
        var (state, invoice) = (view.Only, facts.Invoice);
        var against = Math.Min(invoice.Outstanding, note.Total);
        var repaid = Math.Min(note.Total - against, -state.BalanceOf(AccountKind.Overdraft));
        var course = new Course(view);
        Consequences.Post(course, Organization, new EntryDraft(EntryKind.CreditNote, ReasonCode.InvoiceCredited,
            [
                new(AccountKey.Of(AccountKind.Allowances), -note.Net),
                new(AccountKey.Of(AccountKind.TaxPayable), -note.Tax),
                new(AccountKey.Of(AccountKind.InvoicedReceivable), against),
                new(AccountKey.Of(AccountKind.Overdraft), repaid),
                new(AccountKey.Of(AccountKind.Cash), note.Total - against - repaid),
            ])
        {
            Comment = Reason,
            Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"credit-invoice/1","invoice":{{Ordinal}},"net":{{note.Net}},"tax":{{note.Tax}}}"""),
        });
        var seq = course[Organization].Seq;
        var after = invoice with { Credited = invoice.Credited + against, CreditedTotal = invoice.CreditedTotal + note.Total };
        after = after.Outstanding == 0 ? after with { Status = InvoiceStatus.Paid } : after;
        course.Add(new Effect.TakeNumber(Organization, number));
        course.Add(new Invoice(Organization, facts.NextOrdinal) { Document = note, Status = InvoiceStatus.Paid, Seq = seq, CreatedAt = view.Now }
            .Step(new InvoiceStep("issued", $"Written for {invoice.Name}: {Reason}", note.Total, "", seq)));
        course.Add(after.Step(new InvoiceStep("credited", $"{InvoiceActs.Words(note.Total, state)} credited by {note.Number}.", note.Total, note.Number!, seq)));
        InvoiceActs.Release(course, after, facts);
        return course.Decision;
    }
}

/// <summary>What of an invoice can still be credited, and the credit note that does.</summary>
/// <param name="invoice">The invoice.</param>
/// <param name="credits">What was credited before.</param>
public sealed class Creditable(InvoiceDocument invoice, ImmutableArray<Invoice> credits)
{
    /// <summary>Before tax, all lines, millionths.</summary>
    public long Net => invoice.Net - credits.Sum(credit => credit.Document.Net);

    /// <summary>What of a line is left; the line from 1.</summary>
    public long Of(int line) => invoice.Lines[line - 1].Amount
        - credits.SelectMany(credit => credit.Document.Lines).Where(credited => credited.Corrects == line).Sum(credited => credited.Amount);

    /// <summary>What speaks against a line; <paramref name="wanted"/> is all that is wanted of it, should it be named twice.</summary>
    internal Decision? Objection(CreditedLine line, long wanted, LedgerState state) =>
        line.Line < 1 || line.Line > invoice.Lines.Length ? Decision.Wrong("Lines", "unknown", $"The invoice has no line {line.Line.ToString(CultureInfo.InvariantCulture)}.")
        : line.Net <= 0 || line.Net % state.Currency.MinorUnit != 0 ? Decision.Wrong("Lines", "not_payable", $"An amount is above zero and has at most {state.Currency.Digits} decimals.")
        : wanted > Of(line.Line) ? Decision.No(RefusalCode.TooLarge,
            $"{InvoiceActs.Words(Of(line.Line), state)} of {invoice.Lines[line.Line - 1].Description} is left to take back. Nothing was changed.", "Lines")
        : null;

    internal InvoiceDocument Note(ImmutableArray<CreditedLine> wanted, LedgerState state)
    {
        var whole = wanted.IsEmpty && credits.IsEmpty;
        ImmutableArray<InvoiceLine> lines = wanted.IsEmpty
            ? whole ? [.. invoice.Lines.Select((line, i) => line with { Corrects = i + 1 })] : [Rest()]
            : [.. wanted.Select(line => invoice.Lines[line.Line - 1] with { Exact = line.Net, Amount = line.Net, Quantity = null, Unit = null, Corrects = line.Line })];
        var note = invoice with { Kind = InvoiceKind.CreditNote, Lines = lines, Discounts = whole ? invoice.Discounts : [], Taxes = [], Prepayments = [] };
        return note with
        {
            Taxes = [.. invoice.Taxes.Select(tax => Taken(tax, note, state.Currency.MinorUnit)).Where(tax => tax.Base != 0)],
        };
    }

    /// <summary>Tax on all that is credited by now less the tax credited before: the last credit note takes back the last of it.</summary>
    private TaxLine Taken(TaxLine tax, InvoiceDocument note, long unit)
    {
        var before = credits.SelectMany(credit => credit.Document.Taxes).Where(line => line.Tax == tax.Tax).ToList();
        var net = note.Lines.Where(line => line.Tax == tax.Tax).Sum(line => line.Amount) - note.Discounts.Where(line => line.Tax == tax.Tax).Sum(line => line.Amount);
        var total = before.Sum(line => line.Base) + net;
        return new TaxLine(tax.Tax, net, (total == tax.Base ? tax.Amount : tax.Tax.Of(total, unit)) - before.Sum(line => line.Amount));
    }

    private InvoiceLine Rest() => invoice.Lines[0] with
    {
        Description = $"All that is left of {invoice.Number}", Detail = "", Exact = Net, Amount = Net, Quantity = null, Unit = null, Kind = InvoiceLineKind.CarriedOver, Corrects = null,
    };
}
