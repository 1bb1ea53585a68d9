using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Invoices;

/// <summary>
/// An issued invoice that was voided, as its month's successor must bill it again: the whole base, and what of it was paid. The entry that voids it
/// says so; the period of that entry decides where it stands, so that it stands once.
/// </summary>
/// <param name="Ordinal">Which.</param>
/// <param name="Words">For people, as the next invoice's line.</param>
/// <param name="Net">Its base, millionths.</param>
/// <param name="Paid">What cash and overdraft had paid of it when it was used, millionths.</param>
/// <param name="Fees">What of the base is packages, millionths.</param>
/// <param name="Unbilled">What is unbilled again, millionths, the amount owed.</param>
public sealed record VoidedInvoice(int Ordinal, string Words, long Net, long Paid, long Fees, long Unbilled)
{
    /// <summary>What <paramref name="invoice"/> takes with it.</summary>
    public static VoidedInvoice Of(Invoice invoice, JournalEntry booked)
    {
        long Posted(AccountKind kind) => booked.Postings.Where(posting => posting.Account.Kind == kind).Sum(posting => posting.Amount);
        var document = invoice.Document;
        return new VoidedInvoice(invoice.Ordinal, $"{document.Number}, voided: {new BillingPeriod(document.Period!.Value).ToString(CultureInfo.InvariantCulture)}",
            document.Net, document.Prepaid + Posted(AccountKind.Cash), Posted(AccountKind.PlanFees), Posted(AccountKind.UnbilledReceivable));
    }

    /// <summary>The same with the other sign: where the month is opened again, it stands there.</summary>
    public VoidedInvoice Negated => this with { Net = -Net, Paid = -Paid, Fees = -Fees, Unbilled = -Unbilled };

    /// <summary>As an entry's detail.</summary>
    public string Detail(string rule, long reverses) => JsonSerializer.Serialize(new { rule, reverses, carries = new { invoice = Ordinal, words = Words, net = Net, paid = Paid, fees = Fees, unbilled = Unbilled } });

    /// <summary>What an entry's detail carries; null for another entry.</summary>
    public static VoidedInvoice? Read(string detail)
    {
        using var read = JsonDocument.Parse(detail);
        return !read.RootElement.TryGetProperty("carries", out var of) ? null
            : new VoidedInvoice(of.GetProperty("invoice").GetInt32(), of.GetProperty("words").GetString()!, of.GetProperty("net").GetInt64(),
                of.GetProperty("paid").GetInt64(), of.GetProperty("fees").GetInt64(), of.GetProperty("unbilled").GetInt64());
    }

    /// <summary>What stands of many: one that was voided and opened again comes to nothing.</summary>
    public static IEnumerable<VoidedInvoice> Standing(IEnumerable<VoidedInvoice> carried) => carried.GroupBy(voided => voided.Ordinal)
        .Select(group => group.First() with { Net = group.Sum(one => one.Net), Paid = group.Sum(one => one.Paid), Fees = group.Sum(one => one.Fees), Unbilled = group.Sum(one => one.Unbilled) })
        .Where(voided => voided is not { Net: 0, Paid: 0, Fees: 0, Unbilled: 0 });
}
