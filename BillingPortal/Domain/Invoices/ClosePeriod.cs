using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Invoices;

/// <summary>
/// Closes a month of a ledger (rules §8): what it came to becomes a draft invoice or a statement, booked by one entry; nothing takes effect in it any
/// more. Closing again what is closed changes nothing.
/// </summary>
public sealed record ClosePeriod(Actor Actor, string Key, OrganizationId Organization, BillingPeriod Period) : MoneyCommand(Actor, Key)
{
    /// <inheritdoc />
    public override string Rule => "close-period/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Closing = (Organization, Period.Number) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        var facts = view.Facts.Closing ?? throw new InvalidOperationException("A close sees its period.");
        var (zone, end) = (state.Zone, Period.EndIn(state.Zone));
        if (state.ClosedUntil >= end)
        {
            return Decision.Nothing;
        }

        var name = Period.ToString(CultureInfo.InvariantCulture);
        var over = Instant.Later(end, Period.EndIn(TimeZoneInfo.Utc));
        if (view.Now < over)
        {
            return Decision.No(RefusalCode.NotDue, string.Create(CultureInfo.InvariantCulture,
                $"{name} ends on {TimeZoneInfo.ConvertTime(over.ToUtc(), zone):d MMM yyyy HH:mm} ({state.TimeZone}), in UTC as well as there. Nothing was closed."), nameof(Period));
        }

        if (facts.Figures.EarlierOpen is { } earlier)
        {
            return Decision.No(RefusalCode.NotDue, $"{new BillingPeriod(earlier).ToString(CultureInfo.InvariantCulture)} has charges and is not closed. Close it first. Nothing was closed.", nameof(Period));
        }

        var from = new DateOnly(Period.Number / 100, Period.Number % 100, 1);
        var treatment = Taxation.Of(facts.Profile.Tax, country => VatRates.StandardOf(country, from.AddMonths(1).AddDays(-1)));
        var reckoned = new Reckoning(state, facts, treatment, from, from.AddMonths(1).AddDays(-1));
        var course = new Course(view);
        if (reckoned.Document.Lines.IsEmpty && reckoned.Postings.IsEmpty)
        {
            course.Add(new Effect.SetPeriod(Organization, new PeriodStep(Period.Number, "closed", "", null, null), end));
            return course.Decision;
        }

        if (reckoned.Document is { Kind: InvoiceKind.Invoice, Seller.Lacking: { Length: > 0 } lacking })
        {
            return Decision.No(RefusalCode.NotDue, $"It has not been said who issues the invoices. Set {lacking} and start the portal again. Nothing was closed.");
        }

        var seq = Post(course, reckoned);
        var invoiced = reckoned.Document.Kind == InvoiceKind.Invoice;
        var invoice = new Invoice(Organization, facts.NextOrdinal)
        {
            Document = reckoned.Document,
            Status = invoiced ? InvoiceStatus.Draft : InvoiceStatus.Paid,
            Seq = seq,
            CreatedAt = view.Now,
        };
        course.Add(invoice.Step(new InvoiceStep("closed", invoiced ? $"{name} closed." : $"{name} closed: nothing is to be invoiced.", Seq: seq)));
        course.Add(new Effect.SetPeriod(Organization, new PeriodStep(Period.Number, "closed", "", seq, invoice.Ordinal), end));
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Period.Number);

    private long? Post(Course course, Reckoning reckoned)
    {
        if (reckoned.Postings.IsEmpty)
        {
            return null;
        }

        Consequences.Post(course, Organization, new EntryDraft(EntryKind.Invoice, ReasonCode.PeriodClosed, reckoned.Postings)
        {
            Period = Period.Number,
            Detail = string.Create(CultureInfo.InvariantCulture,
                $$"""{"rule":"close-period/1","period":"{{Period}}","net":{{reckoned.Document.Net}},"tax":{{reckoned.Document.Tax}},"due":{{reckoned.Document.Due}},"rounding":{{reckoned.Document.Rounding}}}"""),
        });

        // The close posts one entry; what follows from it posts none.
        return course[Organization].Seq;
    }
}

/// <summary>Opens the last closed month again, for a reason: its draft or statement is taken back. What was issued is voided first.</summary>
public sealed record ReopenPeriod(Actor Actor, string Key, OrganizationId Organization, BillingPeriod Period) : MoneyCommand(Actor, Key)
{
    /// <summary>The longest reason.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Why; never empty.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc />
    public override string Rule => "reopen-period/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Closing = (Organization, Period.Number) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        var name = Period.ToString(CultureInfo.InvariantCulture);
        if (Reason.Length is 0 or > MaxReasonLength)
        {
            return Decision.Wrong(nameof(Reason), "required", $"Say why, in 1 to {MaxReasonLength} characters.");
        }

        if (state.ClosedUntil != Period.EndIn(state.Zone))
        {
            return Decision.No(RefusalCode.NotDue, state.ClosedUntil < Period.EndIn(state.Zone)
                ? $"{name} is open."
                : $"A later month is closed. Months are opened again last to first. Nothing was changed.", nameof(Period));
        }

        var course = new Course(view);
        long? seq = null;
        var facts = view.Facts.Closing ?? throw new InvalidOperationException("A reopening sees its period.");
        if (facts.Document is { } document)
        {
            if (document.Document.Number is { } number)
            {
                return Decision.No(RefusalCode.NotReversible, $"{number} is issued for {name}. Void it first, or correct it by a credit note. Nothing was changed.", nameof(Period));
            }

            if (facts.Booked is { } booked)
            {
                if (InvoiceActs.Spent(state, booked, $"Closing {name}") is { } spent)
                {
                    return spent;
                }

                seq = InvoiceActs.Undo(course, booked, Period.Number, ReasonCode.PeriodReopened, Reason);
            }

            course.Add((document with { Status = InvoiceStatus.Void }).Step(new InvoiceStep("voided", $"{name} was opened again: {Reason}", Seq: seq)));
        }

        else if (facts.Voiding is { } voiding && voiding.Period != Period.Number && VoidedInvoice.Read(voiding.Detail) is { } voided)
        {
            if (InvoiceActs.Spent(state, voiding, "Voiding its invoice") is { } spent)
            {
                return spent;
            }

            // What was voided stood in the month in which it was. It stands in its own again: the voiding is undone there, and done here.
            var undo = new EntryDraft(EntryKind.Reversal, ReasonCode.PeriodReopened, Journal.Inverse(voiding))
            {
                Comment = Reason, Period = voiding.Period, ReversesSeq = voiding.Seq, Detail = voided.Negated.Detail("reopen-period/2", voiding.Seq),
            };
            Consequences.Post(course, Organization, undo);
            seq = InvoiceActs.Undo(course, voiding with { Seq = course[Organization].Seq, Postings = Negated(voiding) }, Period.Number, ReasonCode.PeriodReopened, Reason, keySuffix: ":moved");
        }

        course.Add(new Effect.SetPeriod(Organization, new PeriodStep(Period.Number, "reopened", Reason, seq, facts.Document?.Ordinal), Period.StartIn(state.Zone)));
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Period.Number).Add(Reason);

    private static ImmutableArray<Posting> Negated(JournalEntry entry) => [.. entry.Postings.Select(posting => posting with { Amount = -posting.Amount })];
}
