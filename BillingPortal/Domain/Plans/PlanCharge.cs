using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Plans;

/// <summary>What a line of a plan's charge is. Stored: never renumber.</summary>
public enum ChargeLineKind
{
    /// <summary>The plan for some days.</summary>
    Plan = 1,

    /// <summary>What was paid for days that the old plan will not be used; negative.</summary>
    Unused = 2,

    /// <summary>What a coupon takes off; negative.</summary>
    Coupon = 3,

    /// <summary>What was used of the old plan's credits beyond its days: that much of <see cref="Unused"/> is not given back.</summary>
    Credits = 4,
}

/// <summary>One line, in whole minor units.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">For people: "Advanced, 11 of 30 days".</param>
/// <param name="Detail">How it was reckoned: "99.00 × 11 ⁄ 30".</param>
/// <param name="Amount">Millionths.</param>
public sealed record ChargeLine(ChargeLineKind Kind, string Text, string Detail, long Amount)
{
    /// <summary>How it is taxed where that is not as the charge is: what is given back, as it was paid.</summary>
    public TaxTreatment? Tax { get; init; }
}

/// <summary>
/// What is due for a plan, line by line: what the wizard shows, what is charged and what is booked are this one record. It is never below zero: what
/// would be is done at the period's end instead.
/// </summary>
public sealed record PlanCharge
{
    /// <summary>The plan that is charged.</summary>
    public required string Plan { get; init; }

    /// <summary>The days that it pays for.</summary>
    public required PlanPeriod Days { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Plan, unused part of the old plan, coupon.</summary>
    public required ImmutableArray<ChargeLine> Lines { get; init; }

    /// <summary>How it is taxed.</summary>
    public required TaxTreatment Tax { get; init; }

    /// <summary>True where it is booked as owed and invoiced with the month, with its tax there, in place of being charged to a card.</summary>
    public bool OnAccount { get; init; }

    /// <summary>Millionths before tax.</summary>
    public long Net => Lines.Sum(line => line.Amount);

    /// <summary>Tax by treatment: that of the charge, and where something is given back that was taxed otherwise, that. None on account, where the invoice reckons it.</summary>
    public ImmutableArray<TaxLine> Taxes => OnAccount ? []
        : [.. Lines.GroupBy(line => line.Tax ?? Tax).Select(lines => (Tax: lines.Key, Net: lines.Sum(line => line.Amount)))
            .Select(part => new TaxLine(part.Tax, part.Net, part.Tax.Of(part.Net, Domain.Currency.Of(Currency).MinorUnit)))];

    /// <summary>Millionths of tax.</summary>
    public long TaxAmount => Taxes.Sum(line => line.Amount);

    /// <summary>What is charged, millionths.</summary>
    public long Total => Net + TaxAmount;

    /// <summary>True where more would be given back than is due: then it is done at the period's end, as nothing is paid out.</summary>
    public bool IsCredit => Net < 0 || Total < 0;

    /// <summary>The plan's own part of it less the coupon: what was paid for these days.</summary>
    public long PaidNet => Lines.Where(line => line.Kind is ChargeLineKind.Plan or ChargeLineKind.Coupon).Sum(line => line.Amount);

    /// <summary>For people: "VAT 19 %", or the words that stand in place of tax.</summary>
    public string TaxWords => Taxes is { Length: > 1 } several ? string.Join("; ", several.Select(line => WordsOf(line.Tax))) : WordsOf(Tax);

    /// <summary>The same of one treatment.</summary>
    public static string WordsOf(TaxTreatment tax) => tax switch
    {
        { Category: TaxCategory.Standard } => string.Create(CultureInfo.InvariantCulture, $"VAT {tax.Percent:0.##} %"),
        { Wording.Length: > 0 } => tax.Wording,
        _ => "No VAT",
    };

    internal void Describe(CanonicalForm form)
    {
        form.Add(Plan).Add(Days.Start.DayNumber).Add(Days.End.DayNumber).Add(Currency).Add((long)Tax.Category).Add(Tax.BasisPoints).Add(OnAccount ? 1 : 0).Add(TaxAmount);
        foreach (var line in Lines)
        {
            form.Add((long)line.Kind).Add(line.Text).Add(line.Amount).Add(line.Tax?.BasisPoints);
        }
    }
}
