using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using BillingPortal.Capabilities.Invoicing;
using BillingPortal.Domain.Invoices;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Capabilities.Invoicing;

/// <summary>Invoices and credit notes as UBL 2.1: valid by its schemas, and by the business rules of EN 16931.</summary>
public sealed class UblDocumentTests
{
    private static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    [Fact]
    public void Every_document_keeps_the_business_rules_and_the_schemas_of_ubl()
    {
        var schemas = Schemas();
        Prop.ForAll(InvoiceDocuments.Any, document =>
        {
            var file = XDocument.Load(new MemoryStream(UblDocument.Write(document)));
            En16931.Broken(file).ShouldBeEmpty();
            Invalid(file, schemas).ShouldBeEmpty();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void The_design_s_invoice_and_its_credit_note_are_written_with_their_own_figures()
    {
        var invoice = UblDocument.Of(InvoiceDocuments.Northwind);
        En16931.Broken(invoice).ShouldBeEmpty();
        Invalid(invoice, Schemas()).ShouldBeEmpty();
        Values(invoice, "LineExtensionAmount")[0].ShouldBe("920.19");
        Values(invoice, "AllowanceTotalAmount").ShouldBe(["95.19"]);
        Values(invoice, "TaxableAmount").ShouldBe(["825.00"]);
        Values(invoice, "PrepaidAmount").ShouldBe(["200.00"]);
        Values(invoice, "PayableAmount").ShouldBe(["781.75"]);
        Values(invoice, "DueDate").ShouldBe(["2026-12-02"]);
        Values(invoice, "Note")[0].ShouldBe("Each line is rounded to the minor unit, which changed their sum by -0.003118 EUR.");

        var credit = UblDocument.Of(InvoiceDocuments.Credit);
        En16931.Broken(credit).ShouldBeEmpty();
        Invalid(credit, Schemas()).ShouldBeEmpty();
        credit.Root!.Name.LocalName.ShouldBe("CreditNote");
        Values(credit, "CreditNoteTypeCode").ShouldBe(["381"]);
        credit.Descendants().First(element => element.Name.LocalName == "InvoiceDocumentReference").Value.ShouldBe("INV-2026-10-04122026-11-02");
        Values(credit, "Note")[0].ShouldBe("Charged twice.");
    }

    [Fact]
    public void The_checker_sees_what_is_wrong()
    {
        string[] Spoiled(InvoiceDocument document) => En16931.Broken(UblDocument.Of(document));
        var document = InvoiceDocuments.Northwind;
        Spoiled(document with { Taxes = [new TaxLine(InvoiceDocuments.Standard, 825_000_000, 156_740_000)] }).ShouldBe(["BR-CO-17"]);
        Spoiled(document with { Buyer = document.Buyer with { Country = "" } }).ShouldBe(["BR-11"]);
        Spoiled(document with { Seller = document.Seller with { TaxId = null } }).ShouldContain("BR-S-02");
        Spoiled(document with { Lines = document.Lines.SetItem(0, document.Lines[0] with { Tax = InvoiceDocuments.Outside }) }).ShouldContain("BR-O-11");
        var wrong = UblDocument.Of(document);
        wrong.Descendants(Cbc + "PayableAmount").Single().Value = "781.76";
        wrong.Descendants(Cbc + "LineExtensionAmount").First().Value = "920.18";
        En16931.Broken(wrong).ShouldBe(["BR-CO-10", "BR-CO-13", "BR-CO-16"], ignoreOrder: true);
    }

    [Fact]
    public void What_has_no_number_has_no_file_and_what_a_receiver_will_miss_is_said()
    {
        UblDocument.WhyNot(InvoiceDocuments.Northwind with { Number = null }).ShouldNotBeNull().ShouldContain("draft");
        UblDocument.WhyNot(InvoiceDocuments.Northwind with { Kind = InvoiceKind.Statement }).ShouldNotBeNull().ShouldContain("statement");
        UblDocument.Lacks(InvoiceDocuments.Northwind).ShouldBeEmpty();
        UblDocument.Lacks(InvoiceDocuments.Northwind with { Buyer = InvoiceDocuments.Northwind.Buyer with { Country = "" } }).ShouldBe("the customer's country (BR-11)");
        UblDocument.Lacks(InvoiceDocuments.Northwind with { Seller = InvoiceDocuments.Northwind.Seller with { TaxId = "123456789MVA", Country = "NO" } }).ShouldBe("the issuer's VAT number (BR-S-02)");
    }

    [Theory]
    [InlineData("EL123456789", "GR", true)]
    [InlineData("CHE123456788", "CH", true)]
    [InlineData("XI123456789", "GB", true)]
    [InlineData("12-3456789", "US", false)]
    [InlineData("ABC010203AB9", "MX", false)]
    [InlineData("", "DE", false)]
    public void A_number_is_a_vat_number_where_it_begins_with_its_country(string number, string country, bool expected) =>
        UblParty.IsVatNumber(number, country).ShouldBe(expected);

    private static string[] Values(XDocument file, string name) => [.. file.Descendants(Cbc + name).Select(element => element.Value)];

    private static List<string> Invalid(XDocument file, XmlSchemaSet? schemas)
    {
        var errors = new List<string>();
        if (schemas is not null)
        {
            file.Validate(schemas, (_, error) => errors.Add(error.Message));
        }

        return errors;
    }

    /// <summary>The schemas, where the checkout lies beside them; they are not copied into the project.</summary>
    private static XmlSchemaSet? Schemas()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "ubl-2.1", "maindoc");
            if (Directory.Exists(path))
            {
                var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
                foreach (var file in Directory.GetFiles(path, "*.xsd"))
                {
                    using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
                    schemas.Add(null, reader);
                }

                schemas.Compile();
                return schemas;
            }
        }

        return null;
    }
}
