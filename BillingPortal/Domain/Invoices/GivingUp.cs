using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Invoices;

/// <summary>
/// Takes back an issued invoice of which nothing was paid or credited. It keeps its number, and its month stays closed and as it was: what it booked is
/// taken back in the month that is now, and stands whole on that month's invoice, or on a new one of its own month where that is opened again.
/// </summary>
public sealed record VoidInvoice(Actor Actor, string Key, OrganizationId Organization, int Ordinal) : InvoiceCommand(Actor, Key, Organization, Ordinal)
{
    /// <summary>Why; never empty.</summary>
    public required string Reason { get; init; }

    /// <summary>Millionths the actor may move alone in a rolling day.</summary>
    public required long Limit { get; init; }

    /// <inheritdoc />
    public override string Rule => "void-invoice/2";

    /// <inheritdoc />
    public override FactsNeeded Needs => base.Needs with { RollingTotals = true };

    /// <inheritdoc />
    protected override Decision Decide(DecisionView view, InvoiceFacts facts)
    {
        var invoice = facts.Invoice;
        if (Reason.Length is 0 or > ReopenPeriod.MaxReasonLength)
        {
            return Decision.Wrong(nameof(Reason), "required", $"Say why, in 1 to {ReopenPeriod.MaxReasonLength} characters.");
        }

        if (Unless(invoice, InvoiceStatus.Open, "only an open invoice is voided.") is { } refusal)
        {
            return refusal;
        }

        if (invoice.Paid > 0 || invoice.CreditedTotal > 0 || invoice.Document.Period is null)
        {
            return Decision.No(RefusalCode.NotReversible, $"Something of {invoice.Name} was paid or credited: write a credit note. Nothing was changed.");
        }

        if (ApprovalLimit.Check(view.Only, view.Facts, invoice.Document.Due, Limit) is { } approval)
        {
            return approval;
        }

        var booked = facts.Booked ?? throw new InvalidOperationException("What is to be paid was booked.");
        var course = new Course(view);
        var seq = InvoiceActs.Undo(course, booked, period: null, ReasonCode.InvoiceVoided, Reason, VoidedInvoice.Of(invoice, booked).Detail("void-invoice/2", booked.Seq));
        var after = invoice with { Status = InvoiceStatus.Void };
        course.Add(after.Step(new InvoiceStep("voided", $"Voided: {Reason}", Seq: seq)));
        InvoiceActs.Release(course, after, facts);
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Ordinal).Add(Reason);
}

/// <summary>Gives up what is outstanding of an invoice: it is written off. A block for it stays until it is paid after all (rules §8).</summary>
public sealed record WriteOffInvoice(Actor Actor, string Key, OrganizationId Organization, int Ordinal) : InvoiceCommand(Actor, Key, Organization, Ordinal)
{
    /// <summary>Why; never empty.</summary>
    public required string Reason { get; init; }

    /// <summary>Millionths the actor may move alone in a rolling day.</summary>
    public required long Limit { get; init; }

    /// <inheritdoc />
    public override string Rule => "write-off-invoice/1";

    /// <inheritdoc />
    public override FactsNeeded Needs => base.Needs with { RollingTotals = true };

    /// <inheritdoc />
    protected override Decision Decide(DecisionView view, InvoiceFacts facts)
    {
        var (state, invoice) = (view.Only, facts.Invoice);
        if (Reason.Length is 0 or > ReopenPeriod.MaxReasonLength)
        {
            return Decision.Wrong(nameof(Reason), "required", $"Say why, in 1 to {ReopenPeriod.MaxReasonLength} characters.");
        }

        if (Unless(invoice, InvoiceStatus.Open, "only an open invoice is given up.") is { } refusal)
        {
            return refusal;
        }

        var amount = invoice.Outstanding;
        if (ApprovalLimit.Check(state, view.Facts, amount, Limit) is { } approval)
        {
            return approval;
        }

        var course = new Course(view);
        Consequences.Post(course, Organization, new EntryDraft(EntryKind.WriteOff, ReasonCode.InvoiceWrittenOff,
            [new(AccountKey.Of(AccountKind.InvoicedReceivable), amount), new(AccountKey.Of(AccountKind.WriteOff), -amount)])
        {
            Comment = Reason,
            Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"write-off-invoice/1","invoice":{{Ordinal}}}"""),
        });
        var after = invoice with { WrittenOff = invoice.WrittenOff + amount, Status = InvoiceStatus.Uncollectible };
        course.Add(after.Step(new InvoiceStep("uncollectible", $"{InvoiceActs.Words(amount, state)} given up: {Reason}", amount, "", course[Organization].Seq)));
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Ordinal).Add(Reason);
}

/// <summary>Reminds of an overdue invoice 1, 7 and 14 days after it was due, and blocks after 30 (rules §8). Run as often as one likes: each happens once.</summary>
public sealed record DunInvoice(Actor Actor, string Key, OrganizationId Organization, int Ordinal) : InvoiceCommand(Actor, Key, Organization, Ordinal)
{
    /// <summary>Days overdue at which people are reminded.</summary>
    public static readonly IReadOnlyList<int> Reminders = [1, 7, 14];

    /// <summary>Days overdue at which requests are refused.</summary>
    public const int BlockAfterDays = 30;

    /// <inheritdoc />
    public override string Rule => "dun-invoice/1";

    /// <inheritdoc />
    protected override Decision Decide(DecisionView view, InvoiceFacts facts)
    {
        var (state, invoice) = (view.Only, facts.Invoice);
        if (invoice.Status != InvoiceStatus.Open || invoice.Document.DueOn is not { } due)
        {
            return Decision.Nothing;
        }

        var overdue = DueDay.DaysOver(due, view.Now);
        var course = new Course(view);
        var level = Reminders.Count(days => days <= overdue);
        if (level > invoice.Reminders)
        {
            invoice = invoice with { Reminders = level };
            course.Add(invoice.Step(new InvoiceStep("reminded", string.Create(CultureInfo.InvariantCulture, $"Reminder {level} of {Reminders.Count}: {overdue} days overdue."))));
            invoice = invoice with { Steps = invoice.Steps + 1 };
            course.Add(new Effect.Notify(Organization, new Notice(NoticeKind.InvoiceOverdue, level, $"{invoice.Name} is overdue",
                string.Create(CultureInfo.InvariantCulture, $"{InvoiceActs.Words(invoice.Outstanding, state)} was due on {due:d MMM yyyy}. ") + (overdue < BlockAfterDays
                    ? string.Create(CultureInfo.InvariantCulture, $"Requests are refused from {due.AddDays(BlockAfterDays):d MMM yyyy} unless it is paid.") : "Requests are refused until it is paid."),
                string.Create(CultureInfo.InvariantCulture, $"invoices/{Ordinal}"), view.Now)));
        }

        if (overdue >= BlockAfterDays && !state.IsBlockedBy(BlockCause.Overdue))
        {
            course.Add(new Effect.Block(Organization, BlockCause.Overdue));
            course.Add(invoice.Step(new InvoiceStep("blocked", string.Create(CultureInfo.InvariantCulture, $"{overdue} days overdue: requests are refused until it is paid."))));
        }

        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Ordinal);
}
