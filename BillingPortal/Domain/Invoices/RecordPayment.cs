using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Invoices;

/// <summary>
/// Books a payment of an issued invoice, whole or in part. What was given up is recovered by it; what is beyond both repays an overdraft and then
/// becomes cash, whether its organization pays before or after: money that came is always booked.
/// </summary>
public sealed record RecordPayment(Actor Actor, string Key, OrganizationId Organization, int Ordinal) : InvoiceCommand(Actor, Key, Organization, Ordinal)
{
    /// <summary>The longest reference.</summary>
    public const int MaxReferenceLength = 100;

    /// <summary>Millionths, above zero, whole minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>The bank's or provider's reference; may be empty.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Millionths beyond the invoice that the actor may book alone: cash can be paid out.</summary>
    public long Limit { get; init; } = long.MaxValue;

    /// <inheritdoc />
    public override string Rule => "record-payment/2";

    /// <inheritdoc />
    public override FactsNeeded Needs => base.Needs with { RollingTotals = true };

    /// <inheritdoc />
    protected override Decision Decide(DecisionView view, InvoiceFacts facts)
    {
        var (state, invoice) = (view.Only, facts.Invoice);
        if (invoice.Document is not { Kind: InvoiceKind.Invoice, Number: not null } || invoice.Status is not (InvoiceStatus.Open or InvoiceStatus.Paid or InvoiceStatus.Uncollectible))
        {
            return Decision.No(RefusalCode.NotDue, $"{InvoiceActs.Capital(invoice.Name)} is {InvoiceActs.Word(invoice.Status)}: only an issued invoice is paid. Nothing was changed.");
        }

        if (Amount <= 0 || Amount % state.Currency.MinorUnit != 0 || Reference.Length > MaxReferenceLength)
        {
            return Reference.Length > MaxReferenceLength ? Decision.Wrong(nameof(Reference), "too_long", $"At most {MaxReferenceLength} characters.")
                : Decision.Wrong(nameof(Amount), "not_payable", $"A payment is above zero and has at most {state.Currency.Digits} decimals.");
        }

        var against = Math.Min(Amount, invoice.Outstanding);
        var recovered = Math.Min(Amount - against, invoice.WrittenOff);
        var beyond = Amount - against - recovered;
        if (beyond > 0 && Limit < long.MaxValue && ApprovalLimit.Check(state, view.Facts, beyond, Limit) is { } approval)
        {
            return approval;
        }

        var course = new Course(view);
        var detail = string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"{{Rule}}","invoice":{{Ordinal}}}""");
        Consequences.Post(course, Organization, new EntryDraft(EntryKind.Payment, ReasonCode.InvoicePaid,
        [
            new(AccountKey.Of(AccountKind.PaymentsClearing), -(against + recovered)),
            new(AccountKey.Of(AccountKind.InvoicedReceivable), against),
            new(AccountKey.Of(AccountKind.WriteOff), recovered),
        ])
        { Detail = detail });

        // What a person enters beyond the invoice is a top-up by hand, and counts as one towards the day's limit.
        Consequences.Post(course, Organization, new EntryDraft(EntryKind.TopUp, ReasonCode.PaidInByHand, Repayment.First(course[Organization],
            [new(AccountKey.Of(AccountKind.PaymentsClearing), -beyond), new(AccountKey.Of(AccountKind.Cash), beyond)]))
        { Detail = detail, KeySuffix = against + recovered > 0 ? ":beyond" : "" });
        var paid = invoice with { Paid = invoice.Paid + against + recovered, WrittenOff = invoice.WrittenOff - recovered };
        paid = paid is { Outstanding: 0, WrittenOff: 0 } ? paid with { Status = InvoiceStatus.Paid } : paid;
        course.Add(paid.Step(new InvoiceStep("paid", Words(paid, beyond, state), Amount, Reference, course[Organization].Seq)));
        InvoiceActs.Release(course, paid, facts);
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Ordinal).Add(Amount).Add(Reference);

    private string Words(Invoice paid, long beyond, LedgerState state) => InvoiceActs.Words(Amount, state) + " paid" + (
        paid.Outstanding > 0 ? $", {InvoiceActs.Words(paid.Outstanding, state)} outstanding."
        : paid.WrittenOff > 0 ? $", {InvoiceActs.Words(paid.WrittenOff, state)} stays given up."
        : beyond > 0 ? $", {InvoiceActs.Words(beyond, state)} of it beyond the invoice: it is on the balance." : ".");
}
