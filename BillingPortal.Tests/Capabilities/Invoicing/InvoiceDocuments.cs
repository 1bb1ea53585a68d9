using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Capabilities.Invoicing;

/// <summary>Documents as the core makes them: one by hand with figures to remember, and any number by chance.</summary>
internal static class InvoiceDocuments
{
    public static readonly TaxTreatment Standard = new(TaxCategory.Standard, 1900);
    public static readonly TaxTreatment Reduced = new(TaxCategory.Standard, 810);
    public static readonly TaxTreatment Zero = new(TaxCategory.Zero, 0);
    public static readonly TaxTreatment Exempt = new(TaxCategory.Exempt, 0, "Exempt: education (Article 132).", "VATEX-EU-132");
    public static readonly TaxTreatment Reverse = new(TaxCategory.ReverseCharge, 0, "Reverse charge: the customer owes the VAT.", "VATEX-EU-AE");
    public static readonly TaxTreatment Outside = new(TaxCategory.OutOfScope, 0, "Not subject to VAT.", "VATEX-EU-O");

    /// <summary>The design's invoice: 920.19 of usage and plan, 95.19 credits, 19 % of 825.00, 200.00 paid from cash, 781.75 due.</summary>
    public static InvoiceDocument Northwind { get; } = new()
    {
        Kind = InvoiceKind.Invoice,
        Number = "INV-2026-10-0412",
        Currency = "EUR",
        Period = 202610,
        From = new DateOnly(2026, 10, 1),
        To = new DateOnly(2026, 10, 31),
        Zone = "Europe/Berlin",
        IssuedOn = new DateOnly(2026, 11, 2),
        DueOn = new DateOnly(2026, 12, 2),
        TermDays = 30,
        Term = "30 days",
        Seller = new InvoiceParty("Platform Operations B.V.", ["Keizersgracht 241"], "Amsterdam", "1016 EA", "", "NL") { TaxId = "NL854321098B01", Account = "NL91 ABNA 0417 1643 00" },
        Buyer = new InvoiceParty("Northwind Hosting GmbH", ["Torstraße 140"], "Berlin", "10119", "", "DE") { TaxId = "DE811907980", Organization = 10700, Email = "ap@nwh.example" },
        Lines =
        [
            new InvoiceLine(10700, "Northwind Hosting GmbH", InvoiceLineKind.Plan, "Advanced plan", 99_000_000, 99_000_000) { Detail = "October 2026", Tax = Standard },
            new InvoiceLine(10700, "Northwind Hosting GmbH", InvoiceLineKind.Usage, "Compute", 412_373_118, 412_370_000) { Quantity = "1918.00", Unit = "core hours", Tax = Standard },
            new InvoiceLine(10700, "Northwind Hosting GmbH", InvoiceLineKind.Usage, "Object storage", 88_100_000, 88_100_000) { Quantity = "4405", Unit = "GB months", Tax = Standard },
            new InvoiceLine(10702, "Fjord Werke", InvoiceLineKind.Usage, "Compute", 231_060_000, 231_060_000) { Quantity = "1074.70", Unit = "core hours", Tax = Standard },
            new InvoiceLine(10702, "Fjord Werke", InvoiceLineKind.Usage, "Managed database", 64_200_000, 64_200_000) { Quantity = "321", Unit = "hours", Tax = Standard },
            new InvoiceLine(10705, "=Baltic Karten", InvoiceLineKind.Usage, "Network egress", 18_440_000, 18_440_000) { Quantity = "204.9", Unit = "GB", Tax = Standard },
            new InvoiceLine(10705, "=Baltic Karten", InvoiceLineKind.Usage, "Object storage", 7_020_000, 7_020_000) { Quantity = "351", Unit = "GB months", Tax = Standard },
        ],
        Discounts =
        [
            new InvoiceDiscount("monthly", "Monthly credits", 60_000_000, Standard), new InvoiceDiscount("promotional", "Promotional", 25_000_000, Standard),
            new InvoiceDiscount("bonus", "Bonus", 10_190_000, Standard),
        ],
        Taxes = [new TaxLine(Standard, 825_000_000, 156_750_000)],
        Prepayments = [new InvoicePrepayment("Cash", 200_000_000)],
    };

    /// <summary>A credit note of part of it.</summary>
    public static InvoiceDocument Credit { get; } = Northwind with
    {
        Kind = InvoiceKind.CreditNote,
        Number = "CN-2026-11-0007",
        DueOn = null,
        Lines = [new InvoiceLine(10702, "Fjord Werke", InvoiceLineKind.Usage, "Managed database", 64_200_000, 64_200_000) { Tax = Standard }],
        Discounts = [],
        Taxes = [new TaxLine(Standard, 64_200_000, 12_200_000)],
        Prepayments = [],
        Corrects = new InvoiceReference(3, "INV-2026-10-0412", new DateOnly(2026, 11, 2)),
        Note = "Charged twice.",
    };

    /// <summary>Any document that can be issued.</summary>
    public static Arbitrary<InvoiceDocument> Any { get; } = Arb.From(
        from currency in Gen.Elements("EUR", "USD", "JPY", "KWD", "CHF")
        from treatments in Gen.Elements<TaxTreatment[]>([Standard], [Standard, Reduced], [Zero], [Exempt], [Reverse], [Outside], [Standard, Zero, Exempt])
        from lines in Line(Currency.Of(currency).MinorUnit, treatments).ArrayOf().Where(lines => lines.Length > 0)
        from discounts in Discount(Currency.Of(currency).MinorUnit, treatments).ArrayOf()
        from credit in Gen.Elements(false, false, true)
        from paid in Gen.Choose(0, 100)
        from name in Gen.Elements("Fjord Werke", "مطعم", "Ünïcode 🚀 & <Söhne>", "=cmd|' /C calc'!A0", "line\u0000 and \uD800 halves", "  blank  ")
        select Make(currency, lines, [.. discounts.Take(3)], credit, paid, name));

    private static InvoiceDocument Make(string currency, InvoiceLine[] lines, InvoiceDiscount[] discounts, bool credit, int percentPaid, string name)
    {
        var unit = Currency.Of(currency).MinorUnit;
        var document = Northwind with
        {
            Currency = currency,
            Kind = credit ? InvoiceKind.CreditNote : InvoiceKind.Invoice,
            Corrects = credit ? new InvoiceReference(1, "INV-1", new DateOnly(2026, 11, 2)) : null,
            Buyer = Northwind.Buyer with { Name = name },
            Lines = [.. lines],
            Discounts = [.. discounts],
            Prepayments = [],
        };
        var taxes = lines.Select(line => (line.Tax, line.Amount)).Concat(discounts.Select(discount => (discount.Tax, Amount: -discount.Amount)))
            .GroupBy(part => part.Tax).Select(group => (group.Key, Base: group.Sum(part => part.Amount))).Select(part => new TaxLine(part.Key, part.Base, part.Key.Of(part.Base, unit)));
        document = document with { Taxes = [.. taxes] };
        return credit || document.Total <= 0 || percentPaid > 60 ? document
            : document with { Prepayments = [new InvoicePrepayment("Cash", document.Total / unit * percentPaid / 60 * unit)] };
    }

    private static Gen<InvoiceLine> Line(long unit, TaxTreatment[] treatments) =>
        from units in Gen.OneOf(Gen.Choose(-2_000, 500_000), Gen.Choose(-5, 5))
        from beyond in Gen.Choose(-400_000, 400_000)
        from treatment in Gen.Elements(treatments)
        from quantity in Gen.Elements<(string?, string?)>((null, null), ("12.5", "hours"), ("0", "GB"), ("3", "widgets"), ("0.00000000001", "GB"))
        from kind in Gen.Elements(Enum.GetValues<InvoiceLineKind>())
        select new InvoiceLine(10702, "Fjord Werke", kind, "Compute", (units * unit) + (beyond * unit / 1_000_000), units * unit) { Tax = treatment, Quantity = quantity.Item1, Unit = quantity.Item2 };

    private static Gen<InvoiceDiscount> Discount(long unit, TaxTreatment[] treatments) =>
        from units in Gen.Choose(-50, 20_000)
        from treatment in Gen.Elements(treatments)
        select new InvoiceDiscount("monthly", "Monthly credits", units * unit, treatment);
}
