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
        var (discounts, paid) = Cover(usage.Sum(line => line.Amount));
        var recurring = facts.Recurring.Select(charge => new InvoiceLine(
            charge.Consumer.Value, charge.ConsumerName, InvoiceLineKind.Recurring, charge.Name, charge.Amount, charge.Amount) { Tax = treatment }).ToImmutableArray();
        var document = new InvoiceDocument
        {
            Kind = InvoiceKind.Statement,
            Currency = state.Currency.Code,
            Period = facts.Figures.Period,
            From = from,
            To = to,
            Zone = state.TimeZone,
            TermDays = facts.Profile.Term.Days,
            Term = facts.Profile.Term.Name,
            Seller = facts.Profile.Seller,
            Buyer = facts.Profile.Buyer,
            Lines = [.. usage, .. recurring],
            Discounts = discounts,
            Prepayments = paid == 0 ? [] : [new InvoicePrepayment("Balance", paid)],
        };
        if (document.Net > 0)
        {
            document = document with { Kind = InvoiceKind.Invoice, Taxes = [new TaxLine(treatment, document.Net, treatment.Of(document.Net, _unit))] };

            // Paid beyond the total, as after a late credit: the rest of the credit stays where the next invoice finds it.
            var over = Math.Max(0, paid - document.Total);
            paid -= over;
            document = document with { Prepayments = paid == 0 ? [] : [new InvoicePrepayment("Balance", paid)] };
            var more = state.ChargingModel == Billing.ChargingModel.Prepaid ? Math.Min(WholeUnits(state.Refundable), document.Due) : 0;
            document = document with { Prepayments = paid + more == 0 ? [] : [new InvoicePrepayment(state.ChargingModel == Billing.ChargingModel.Prepaid ? "Balance" : "Cash", paid + more)] };
            Postings = Booked(document, recurring.Sum(line => line.Amount), more, facts.Figures.Unbilled + over);
        }
        else
        {
            Postings = document.Net < 0 || facts.Figures.Unbilled < 0 ? Kept(recurring.Sum(line => line.Amount)) : Booked(document, recurring.Sum(line => line.Amount), 0, facts.Figures.Unbilled);
        }

        Document = document;
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

    private ImmutableArray<InvoiceLine> UsageLines()
    {
        var lines = _facts.Figures.Usage.Where(figure => figure.Exact != 0).Select(figure => new InvoiceLine(
            figure.Consumer.Value, figure.ConsumerName, InvoiceLineKind.Usage, figure.Service, figure.Exact, Round(figure.Exact, _unit))
        {
            Quantity = figure.Quantity,
            Unit = figure.Unit,
            Tax = _treatment,
        });
        var fees = _facts.Figures.Fees.Select(fee => new InvoiceLine(fee.Consumer.Value, fee.ConsumerName, InvoiceLineKind.Plan, fee.Name, fee.Amount, fee.Amount) { Tax = _treatment });
        var carried = _facts.Figures.CarriedOver;
        return carried == 0 ? [.. fees, .. lines] :
        [
            .. fees,
            .. lines,
            new InvoiceLine(_state.Organization.Value, _state.Name, InvoiceLineKind.CarriedOver, "Carried over from earlier periods", carried, Round(carried, _unit)) { Tax = _treatment },
        ];
    }

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
        var fromBalance = figures.Cash + figures.Overdraft;
        if (figures.Unbilled == 0 && fromBalance == 0 && discounts.Count > 0)
        {
            var largest = discounts.IndexOf(discounts.MaxBy(discount => discount.Amount)!);
            discounts[largest] = discounts[largest] with { Amount = discounts[largest].Amount + gross - discounts.Sum(discount => discount.Amount) };
        }

        // Rounded apart, credits must not come to more than what they covered.
        var excess = discounts.Sum(discount => discount.Amount) - gross;
        if (excess > 0 && figures.Unbilled + fromBalance >= 0 && discounts.Count > 0)
        {
            var largest = discounts.IndexOf(discounts.MaxBy(discount => discount.Amount)!);
            discounts[largest] = discounts[largest] with { Amount = discounts[largest].Amount - excess };
        }

        var left = gross - discounts.Sum(used => used.Amount);
        var paid = fromBalance == 0 ? 0 : figures.Unbilled == 0 ? left : Round(fromBalance, _unit);
        return ([.. discounts.Where(used => used.Amount != 0)], paid > 0 && left >= 0 && figures.Unbilled >= 0 ? Math.Min(paid, left) : paid);
    }

    /// <summary>Unbilled → invoiced, tax, fees, and what rounding leaves.</summary>
    private static ImmutableArray<PostingDraft> Booked(InvoiceDocument document, long fees, long fromCash, long unbilled)
    {
        var paidByUsage = document.Prepaid - fromCash;
        PostingDraft[] lines =
        [
            new(AccountKey.Of(AccountKind.UnbilledReceivable), unbilled),
            new(AccountKey.Of(AccountKind.Cash), -fromCash),
            new(AccountKey.Of(AccountKind.InvoicedReceivable), -document.Due),
            new(AccountKey.Of(AccountKind.PlanFees), fees),
            new(AccountKey.Of(AccountKind.TaxPayable), document.Tax),
            new(AccountKey.Of(AccountKind.Rounding), document.Net - fees - paidByUsage - unbilled),
        ];
        return [.. lines.Where(line => line.Amount != 0)];
    }

    /// <summary>A period in which more was given back than used is not invoiced: what is left over stands in the next one; fees join it there.</summary>
    private static ImmutableArray<PostingDraft> Kept(long fees) => fees == 0 ? [] :
    [
        new(AccountKey.Of(AccountKind.UnbilledReceivable), -fees), new(AccountKey.Of(AccountKind.PlanFees), fees),
    ];

    private long WholeUnits(long micros) => micros / _unit * _unit;
}
