using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;

namespace BillingPortal.Capabilities.PublishingInvoices;

/// <summary>Contract 4's billing details of a month. Amounts are numbers in <paramref name="Currency"/>.</summary>
/// <param name="Id">The month, as 201810.</param>
/// <param name="Description">The month in words.</param>
/// <param name="Preliminary">True while the month is not closed: what it comes to so far.</param>
/// <param name="InvoiceNumber">The invoice's number; null for a draft, a statement and an open month.</param>
/// <param name="Status">open_month, draft, open, paid, void, uncollectible or statement.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Parties">Who bills whom.</param>
/// <param name="MonthlyRecurringCharges">Plan fees and packages.</param>
/// <param name="Traffic">Usage by organization and service.</param>
/// <param name="Items">What else there is: credits used (below zero), what earlier months left.</param>
/// <param name="SubTotal">Before tax.</param>
/// <param name="Vat">Tax by rate.</param>
/// <param name="Total">With tax.</param>
/// <param name="PaidBefore">Paid from the balance or by card before it was issued.</param>
/// <param name="Outstanding">Still to be paid.</param>
public sealed record MonthBillJson(
    int Id, string Description, bool Preliminary, string? InvoiceNumber, string Status, MonthCurrency Currency, MonthParties Parties, IReadOnlyList<MonthCharge> MonthlyRecurringCharges,
    IReadOnlyList<MonthTraffic> Traffic, IReadOnlyList<MonthCharge> Items, decimal SubTotal, IReadOnlyList<MonthVat> Vat, decimal Total, decimal PaidBefore, decimal Outstanding)
{
    /// <summary>As programs read it.</summary>
    public static MonthBillJson Of(MonthBill bill)
    {
        var document = bill.Document;
        decimal Units(long micros) => (decimal)micros / Money.Unit;
        return new MonthBillJson(
            bill.Period.Number, bill.Period.ToString(CultureInfo.InvariantCulture), bill.Status is null, document.Number,
            bill.Status is not { } status ? "open_month" : document.Kind == InvoiceKind.Statement ? "statement" : status.ToString().ToLowerInvariant(),
            new MonthCurrency(document.Currency), new MonthParties(MonthParty.Of(document.Seller), MonthParty.Of(document.Buyer)),
            [.. document.Lines.Where(line => line.Kind is InvoiceLineKind.Plan or InvoiceLineKind.Recurring).Select(line => new MonthCharge(line.Description, Units(line.Amount)))],
            [
                .. document.Lines.Where(line => line.Kind == InvoiceLineKind.Usage).Select(line => new MonthTraffic(
                    new MonthOrganization(line.Consumer, line.ConsumerName), line.Description, line.Quantity is { } quantity ? decimal.Parse(quantity, CultureInfo.InvariantCulture) : null, line.Unit, Units(line.Amount))),
            ],
            [
                .. document.Lines.Where(line => line.Kind == InvoiceLineKind.CarriedOver).Select(line => new MonthCharge(line.Description, Units(line.Amount))),
                .. document.Discounts.Select(discount => new MonthCharge(discount.Name, -Units(discount.Amount))),
            ],
            Units(document.Net), [.. document.Taxes.Select(tax => new MonthVat(tax.Tax.Percent, Units(tax.Base), Units(tax.Amount), tax.Tax.Wording))], Units(document.Total),
            Units(document.Prepaid), Units(bill.Outstanding));
    }
}

/// <summary>A currency.</summary>
/// <param name="Code">ISO 4217.</param>
public sealed record MonthCurrency(string Code);

/// <summary>Who bills whom.</summary>
/// <param name="Issuer">The issuer.</param>
/// <param name="Recipient">The payer.</param>
public sealed record MonthParties(MonthParty Issuer, MonthParty Recipient);

/// <summary>A party as it is printed.</summary>
/// <param name="Name">Its legal name.</param>
/// <param name="Address">Street lines.</param>
/// <param name="PostalCode">Postal code.</param>
/// <param name="City">City.</param>
/// <param name="State">State, province or county.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Vatin">The tax number; null for none.</param>
public sealed record MonthParty(string Name, IReadOnlyList<string> Address, string PostalCode, string City, string State, string Country, string? Vatin)
{
    /// <summary>As programs read it.</summary>
    public static MonthParty Of(InvoiceParty party) => new(party.Name, party.Lines, party.PostalCode, party.City, party.State, party.Country, party.TaxId);
}

/// <summary>A charge.</summary>
/// <param name="Description">What for.</param>
/// <param name="Amount">How much.</param>
public sealed record MonthCharge(string Description, decimal Amount);

/// <summary>Usage of a service by an organization.</summary>
/// <param name="Organisation">Whose.</param>
/// <param name="Service">The service.</param>
/// <param name="Quantity">How much; null where only its price is known.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Amount">What it costs.</param>
public sealed record MonthTraffic(MonthOrganization Organisation, string Service, decimal? Quantity, string? Unit, decimal Amount);

/// <summary>An organization.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
public sealed record MonthOrganization(long Id, string Name);

/// <summary>Tax of one rate.</summary>
/// <param name="Rate">Percent.</param>
/// <param name="Base">What it is reckoned on.</param>
/// <param name="Amount">The tax.</param>
/// <param name="Description">Why no tax is taken, where none is; else empty.</param>
public sealed record MonthVat(decimal Rate, decimal Base, decimal Amount, string Description);
