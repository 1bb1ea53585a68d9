namespace BillingPortal.Domain.Billing;

/// <summary>Cards in words, alike wherever one is named.</summary>
public static class CardNames
{
    /// <summary>As in "Visa ·4242".</summary>
    /// <param name="brand">As providers write it: <c>visa</c>; empty for one that is not known.</param>
    /// <param name="last4">Its last four digits.</param>
    public static string Of(string brand, string last4) => $"{BrandOf(brand)} ·{last4}";

    private static string BrandOf(string brand) => brand switch
    {
        "amex" => "American Express",
        "diners" => "Diners Club",
        "jcb" => "JCB",
        "unionpay" => "UnionPay",
        "" or "unknown" => "Card",
        _ => char.ToUpperInvariant(brand[0]) + brand[1..],
    };
}
