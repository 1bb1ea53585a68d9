using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Web.Api;

// Quantities and rates, which are finer than money.
public sealed partial class JsonFields
{
    /// <summary>
    /// An exact decimal of at most <paramref name="decimals"/> decimals, from a JSON number or a decimal string; null where absent, null or wrong.
    /// Read from its digits as they were sent.
    /// </summary>
    public ExactAmount? Exact(string name, int decimals, bool required = false)
    {
        if (Find(name, required) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String when TextOf(value) is { } written && PlainDecimal().IsMatch(written) => written,
            _ => null,
        };
        if (text is null)
        {
            return Wrong<ExactAmount>(name, "not_a_decimal", "must be a number, or a string of digits with a decimal point, as in \"12.50\".");
        }

        return ExactAmount.TryParse(text, out var amount) switch
        {
            ExactAmountError.None when amount.IsWithin(decimals) => amount,
            ExactAmountError.None or ExactAmountError.TooFine =>
                Wrong<ExactAmount>(name, "too_fine", $"must have at most {decimals.ToString(CultureInfo.InvariantCulture)} decimals."),
            _ => Wrong<ExactAmount>(name, "too_large", "is beyond what can be counted."),
        };
    }
}
