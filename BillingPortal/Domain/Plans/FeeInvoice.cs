using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>The invoice of a fee that was paid: the lines that were shown, the tax that was charged, nothing due.</summary>
internal static class FeeInvoice
{
    /// <summary>Issues it in the payer's name, paid.</summary>
    public static void Issue(Course course, OrganizationId organization, PlanFee fee, PlanFacts facts, NextNumber number, long seq)
    {
        var profile = facts.Profile ?? throw new InvalidOperationException("A payment sees who bills whom.");
        var today = InvoiceActs.DayIn(course.Now, number.IssuerZone);
        var charge = fee.Charge;
        var card = course[fee.Payer].Rule.Card is { } held && held.Id == fee.CardId ? held.ToString() : "Card";
        var document = new InvoiceDocument
        {
            Kind = InvoiceKind.Invoice,
            Number = number.Text,
            Currency = charge.Currency,
            From = charge.Days.Start,
            To = charge.Days.Last,
            Zone = course[organization].TimeZone,
            IssuedOn = today,
            TermDays = 0,
            Term = "Paid by card",
            Seller = profile.Seller,
            Buyer = profile.Buyer,
            Lines =
            [
                .. charge.Lines.Where(line => line.Kind != ChargeLineKind.Coupon).Select(line => new InvoiceLine(
                    organization.Value, course[organization].Name, InvoiceLineKind.Plan, line.Text, line.Amount, line.Amount) { Detail = line.Detail, Tax = line.Tax ?? charge.Tax }),
            ],
            Discounts = [.. charge.Lines.Where(line => line is { Kind: ChargeLineKind.Coupon, Amount: not 0 }).Select(line => new InvoiceDiscount("coupon", line.Text, -line.Amount, charge.Tax))],
            Taxes = charge.Taxes,
            Prepayments = [new InvoicePrepayment(card, charge.Total)],
        };
        var ordinal = facts.NextOrdinal;
        course.Add(new Effect.TakeNumber(fee.Payer, number));
        course.Add(new Invoice(fee.Payer, ordinal) { Document = document, Status = InvoiceStatus.Paid, Seq = seq, CreatedAt = course.Now }
            .Step(new InvoiceStep("issued", string.Create(CultureInfo.InvariantCulture, $"Issued for {fee.Change.Text.TrimEnd('.')}; paid with {card}."), charge.Total, fee.PaymentId ?? "", seq)));
    }
}
