namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>Cards in words.</summary>
internal static class CardWords
{
    /// <summary>As in "Visa ·4242".</summary>
    public static string NameOf(string brand, string last4) => $"{BrandOf(brand)} ·{last4}";

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
