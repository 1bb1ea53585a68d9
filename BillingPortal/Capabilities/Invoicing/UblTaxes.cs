using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using static BillingPortal.Capabilities.Invoicing.UblText;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>Tax by category and rate, as EN 16931 breaks it down: each pair once, its base the lines less the allowances of it.</summary>
internal sealed class UblTaxes
{
    private readonly Currency _currency;
    private readonly ImmutableArray<Part> _parts;

    public UblTaxes(InvoiceDocument document)
    {
        _currency = Currency.Of(document.Currency);
        _parts =
        [
            .. document.Lines.Select(line => (line.Tax, Base: line.Amount, Taken: 0L))
                .Concat(document.Discounts.Select(discount => (discount.Tax, Base: -discount.Amount, Taken: 0L)))
                .Concat(document.Taxes.Select(tax => (tax.Tax, Base: 0L, Taken: tax.Amount)))
                .GroupBy(part => (part.Tax.Category, part.Tax.BasisPoints)).OrderBy(group => group.Key)
                .Select(group => new Part(group.Key.Category, group.Key.BasisPoints, group.Sum(part => part.Base), group.Sum(part => part.Taken),
                    string.Join(' ', group.Select(part => part.Tax.Wording).Where(words => words.Length > 0).Distinct()),
                    group.Select(part => part.Tax.ReasonCode).FirstOrDefault(code => code.Length > 0) ?? "")),
        ];
    }

    /// <summary>True where some of it lies outside the scope of the tax.</summary>
    public bool OutOfScope => _parts.Any(part => part.Category == TaxCategory.OutOfScope);

    /// <summary>The sum and its parts.</summary>
    public XElement Total() => Aggregate("TaxTotal", Amount("TaxAmount", _parts.Sum(part => part.Tax), _currency), _parts.Select(part => Aggregate("TaxSubtotal",
        Amount("TaxableAmount", part.Base, _currency), Amount("TaxAmount", part.Tax, _currency),
        Category("TaxCategory", part.Category, part.BasisPoints, Basic("TaxExemptionReasonCode", ReasonCode(part)), Basic("TaxExemptionReason", Reason(part))))!))!;

    /// <summary>A category with its rate; outside the scope there is no rate (BR-O-05).</summary>
    public static XElement Category(string name, TaxCategory category, int basisPoints, params XElement?[] reasons) => Aggregate(name,
        Basic("ID", CodeOf(category)),
        category == TaxCategory.OutOfScope ? null : Basic("Percent", (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture)),
        reasons.OfType<XElement>(), UblParty.Scheme())!;

    /// <summary>UNCL 5305.</summary>
    public static string CodeOf(TaxCategory category) => category switch
    {
        TaxCategory.Standard => "S",
        TaxCategory.Zero => "Z",
        TaxCategory.Exempt => "E",
        TaxCategory.ReverseCharge => "AE",
        TaxCategory.OutOfScope => "O",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "The category has no code yet."),
    };

    /// <summary>Where no tax is taken for a reason, the reason stands there (BR-E-10, BR-AE-10, BR-O-10); elsewhere none does (BR-S-10, BR-Z-10).</summary>
    private static string Reason(Part part) => part switch
    {
        { Category: TaxCategory.Standard or TaxCategory.Zero } => "",
        { Wording.Length: > 0 } => part.Wording,
        { Category: TaxCategory.ReverseCharge } => "Reverse charge",
        { Category: TaxCategory.OutOfScope } => "Not subject to VAT",
        _ => "Exempt from VAT",
    };

    private static string ReasonCode(Part part) => part switch
    {
        { Category: TaxCategory.Standard or TaxCategory.Zero } => "",
        { ReasonCode.Length: > 0 } => part.ReasonCode,
        { Category: TaxCategory.ReverseCharge } => "VATEX-EU-AE",
        { Category: TaxCategory.OutOfScope } => "VATEX-EU-O",
        _ => "",
    };

    private sealed record Part(TaxCategory Category, int BasisPoints, long Base, long Tax, string Wording, string ReasonCode);
}
