using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Invoices;

/// <summary>
/// What a period comes to (rules §8): lines rounded to the minor unit, credits as discounts, tax, what cash has paid, and the postings that book
/// it. Pure; page, preview and commit see this one.
/// </summary>
public sealed class Reckoning
{
    private readonly LedgerState _state;
    private readonly ClosingFacts _facts;
    private readonly TaxTreatment _treatment;
    private readonly long _unit;

    /// <summary>Reckons a period of the ledger.</summary>
    /// <param name="state">The ledger, as it stands when it is closed.</param>
    /// <param name="facts">What the journal holds, and who bills whom.</param>
    /// <param name="treatment">How it is taxed.</param>
    /// <param name="from">The period's first day.</param>
    /// <param name="to">The period's last day.</param>
    public Reckoning(LedgerState state, ClosingFacts facts, TaxTreatment treatment, DateOnly from, DateOnly to)
    {
        (_state, _facts, _treatment, _unit) = (state, facts, treatment, state.Currency.MinorUnit);
        var usage = UsageLines();
        var (discounts, drawn) = Cover(usage.Sum(line => line.Amount));
        var recurring = facts.Recurring.Select(charge => new InvoiceLine(
            charge.Consumer.Value, charge.ConsumerName, InvoiceLineKind.Recurring, charge.Name, charge.Amount, charge.Amount) { Tax = treatment }).ToImmutableArray();
        var document = new InvoiceDocument
        {
            Kind = InvoiceKind.Invoice,
            Currency = state.Currency.Code,
            Period = facts.Figures.Period,
            From = from,
            To = to,
            Zone = state.TimeZone,
            TermDays = facts.Profile.Term.Days,
            Term = facts.Profile.Term.Name,
            Seller = facts.Profile.Seller,
            Buyer = facts.Profile.Buyer,
            Lines = [.. FeeLines(), .. usage, .. CarriedLines(), .. recurring],
            Discounts = [.. discounts, .. facts.Figures.Fees.Where(fee => fee is { IsCoupon: true, Amount: not 0 }).Select(fee => new InvoiceDiscount("coupon", fee.Name, -fee.Amount, treatment))],
        };
        var fees = recurring.Sum(line => line.Amount) + facts.Figures.Voided.Sum(voided => voided.Fees);
        var paid = drawn + facts.Figures.Voided.Sum(voided => voided.Paid);
        document = document with { Taxes = [new TaxLine(treatment, document.Net, treatment.Of(document.Net, _unit))] };
        var settled = Settled(document.Total - paid, treatment.Of(Math.Max(0, paid + fees), _unit) + fees);
        document = document with { Prepayments = Prepayments(paid, settled) };
        Document = document is { Net: 0, Due: 0 } ? document with { Kind = InvoiceKind.Statement, Taxes = [] }
            : document.Net < 0 ? document with { Note = "More was given back than used: the total is the customer's." } : document;
        Postings = Booked(Document, fees, paid, settled, facts.Figures.Unbilled);
    }

    /// <summary>What it says.</summary>
    public InvoiceDocument Document { get; }

    /// <summary>What books it; empty where nothing moves.</summary>
    public ImmutableArray<PostingDraft> Postings { get; }

    /// <summary>Millionths rounded half-even to whole minor units.</summary>
    public static long Round(long micros, long unit)
    {
        var (whole, rest) = Math.DivRem(Math.Abs(micros), unit);
        var up = rest * 2 > unit || (rest * 2 == unit && whole % 2 == 1);
        return Math.Sign(micros) * (whole + (up ? 1 : 0)) * unit;
    }

    private ImmutableArray<InvoiceLine> UsageLines() => [.. _facts.Figures.Usage.Where(figure => figure.Exact != 0).Select(figure => new InvoiceLine(
        figure.Consumer.Value, figure.ConsumerName, InvoiceLineKind.Usage, figure.Service, figure.Exact, Round(figure.Exact, _unit))
    {
        Quantity = figure.Quantity,
        Unit = figure.Unit,
        Tax = _treatment,
    })];

    private IEnumerable<InvoiceLine> FeeLines() => _facts.Figures.Fees.Where(fee => !fee.IsCoupon).Select(fee => new InvoiceLine(
        fee.Consumer.Value, fee.ConsumerName, InvoiceLineKind.Plan, fee.Name, fee.Amount, fee.Amount) { Detail = fee.Detail, Tax = _treatment });

    /// <summary>Voided invoices stand here whole; what else earlier months left unbilled is from before there were such lines.</summary>
    private IEnumerable<InvoiceLine> CarriedLines() => _facts.Figures.Voided.Select(voided => (Words: voided.Words, Exact: voided.Net))
        .Append((Words: "Carried over from earlier periods", Exact: _facts.Figures.CarriedOver)).Where(carried => carried.Exact != 0)
        .Select(carried => new InvoiceLine(
            _state.Organization.Value, _state.Name, InvoiceLineKind.CarriedOver, carried.Words, carried.Exact, Round(carried.Exact, _unit)) { Tax = _treatment });

    /// <summary>
    /// What credits and balance have covered of the lines. Whoever covers the last of it takes up what rounding the lines left, so that an invoice that
    /// is paid to the end leaves no cent over.
    /// </summary>
    private (ImmutableArray<InvoiceDiscount> Discounts, long Paid) Cover(long gross)
    {
        var figures = _facts.Figures;
        var discounts = new (AccountKind Kind, long Exact)[] { (AccountKind.Monthly, figures.Monthly), (AccountKind.Promotional, figures.Promotional), (AccountKind.Bonus, figures.Bonus) }
            .Where(used => used.Exact != 0)
            .Select(used => new InvoiceDiscount(ChartOfAccounts.CodeOf(used.Kind), ChartOfAccounts.NameOf(used.Kind), Round(used.Exact, _unit), _treatment)).ToList();
        var (fromBalance, unbilled) = (figures.Cash + figures.Overdraft, figures.Unpaid);
        if (unbilled == 0 && fromBalance == 0 && discounts.Count > 0)
        {
            var largest = discounts.IndexOf(discounts.MaxBy(discount => discount.Amount)!);
            discounts[largest] = discounts[largest] with { Amount = discounts[largest].Amount + gross - discounts.Sum(discount => discount.Amount) };
        }

        // Rounded apart, credits must not come to more than what they covered.
        var excess = discounts.Sum(discount => discount.Amount) - gross;
        if (excess > 0 && unbilled + fromBalance >= 0 && discounts.Count > 0)
        {
            var largest = discounts.IndexOf(discounts.MaxBy(discount => discount.Amount)!);
            discounts[largest] = discounts[largest] with { Amount = discounts[largest].Amount - excess };
        }

        // What the balance paid to the end was paid as it was drawn: it is the base, whatever each line was rounded to.
        var left = gross - discounts.Sum(used => used.Amount);
        var paid = Round(fromBalance, _unit);
        if (unbilled == 0 && left != paid)
        {
            discounts.Add(new InvoiceDiscount(InvoiceDiscount.Rounding, "Rounding of the lines", left - paid, _treatment));
        }

        return ([.. discounts.Where(used => used.Amount != 0)], unbilled > 0 && paid > 0 && left >= 0 ? Math.Min(paid, left) : paid);
    }

    /// <summary>
    /// What closing takes from cash: of who pays before, the tax on what the balance paid and the month's packages, in whole units; the rest is due.
    /// Below zero what was paid beyond the total: it is the customer's and goes back to the balance.
    /// </summary>
    private long Settled(long left, long owed) => left <= 0 ? left
        : _state.ChargingModel == Billing.ChargingModel.Prepaid ? Math.Min(_state.Refundable / _unit * _unit, Math.Min(left, owed)) : 0;

    private ImmutableArray<InvoicePrepayment> Prepayments(long paid, long settled)
    {
        var (taken, returned) = (Math.Max(0, paid) + Math.Max(0, settled), Math.Min(0, paid) + Math.Min(0, settled));
        return
        [
            .. new[]
            {
                new InvoicePrepayment(_state.ChargingModel == Billing.ChargingModel.Prepaid ? "Balance" : "Cash", taken), new InvoicePrepayment(InvoicePrepayment.Returned, returned),
            }.Where(payment => payment.Amount != 0),
        ];
    }

    /// <summary>Unbilled → invoiced, tax, fees, what cash paid or was given back, and what rounding leaves. An overdraft is repaid first.</summary>
    private ImmutableArray<PostingDraft> Booked(InvoiceDocument document, long fees, long paid, long settled, long unbilled)
    {
        PostingDraft[] lines =
        [
            new(AccountKey.Of(AccountKind.UnbilledReceivable), unbilled),
            new(AccountKey.Of(AccountKind.Cash), -settled),
            new(AccountKey.Of(AccountKind.InvoicedReceivable), -document.Due),
            new(AccountKey.Of(AccountKind.PlanFees), fees),
            new(AccountKey.Of(AccountKind.TaxPayable), document.Tax),
            new(AccountKey.Of(AccountKind.Rounding), document.Net - fees - paid - unbilled),
        ];
        return [.. Billing.Repayment.First(_state, lines).Where(line => line.Amount != 0)];
    }
}
