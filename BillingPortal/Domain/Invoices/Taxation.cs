using System.Collections.Frozen;

namespace BillingPortal.Domain.Invoices;

/// <summary>What decides on tax.</summary>
/// <param name="SellerCountry">Where the issuer is; ISO 3166-1 alpha-2.</param>
/// <param name="BuyerCountry">Where the customer is; empty for unknown.</param>
/// <param name="TaxIdType">The customer's kind of tax number, one of Stripe's; null for none or unknown.</param>
/// <param name="TaxIdRefused">True where the register knows the number not; an outage of the register refuses nothing.</param>
/// <param name="Chosen">A rate that finance chose for this customer; null for what the law says.</param>
public sealed record TaxProfile(string SellerCountry, string BuyerCountry, string? TaxIdType, bool TaxIdRefused, VatRate? Chosen);

/// <summary>
/// How a supply is taxed: services supplied electronically, from an issuer in the European Union or outside it (rules §8; decision 0023 has what
/// they leave open). Data and order decide; nothing here asks a register.
/// </summary>
public static class Taxation
{
    private static readonly FrozenSet<string> Union = new[]
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reverse charge.</summary>
    public static readonly TaxTreatment ReverseCharge = new(TaxCategory.ReverseCharge, 0,
        "Reverse charge: the customer owes the VAT (Article 196, Directive 2006/112/EC).", "VATEX-EU-AE");

    /// <summary>Supplied where the issuer's tax does not reach.</summary>
    public static readonly TaxTreatment Outside = new(TaxCategory.OutOfScope, 0,
        "Supplied outside the European Union: not subject to VAT (Article 44, Directive 2006/112/EC).", "VATEX-EU-O");

    /// <summary>Nobody has said where the customer is.</summary>
    public static readonly TaxTreatment Undetermined = new(TaxCategory.OutOfScope, 0, "No VAT is charged: the billing country is not known.", "VATEX-EU-O");

    /// <summary>True for a member state.</summary>
    public static bool IsInUnion(string country) => Union.Contains(country);

    /// <summary>How a supply to that customer is taxed.</summary>
    /// <param name="profile">Issuer and customer.</param>
    /// <param name="standard">The standard rate of a country on the day of supply; null where none is known.</param>
    public static TaxTreatment Of(TaxProfile profile, Func<string, VatRate?> standard)
    {
        if (profile.Chosen is { } chosen)
        {
            return chosen.BasisPoints > 0 ? new TaxTreatment(TaxCategory.Standard, chosen.BasisPoints)
                : new TaxTreatment(TaxCategory.Zero, 0);
        }

        var (seller, buyer) = (profile.SellerCountry, profile.BuyerCountry);
        if (buyer.Length == 0)
        {
            return Undetermined;
        }

        var taxedAt = seller == buyer ? seller : IsInUnion(seller) && IsInUnion(buyer) ? buyer : null;
        return taxedAt is null ? Outside
            : seller != buyer && profile is { TaxIdType: "eu_vat", TaxIdRefused: false } ? ReverseCharge
            : standard(taxedAt) is { } rate ? new TaxTreatment(TaxCategory.Standard, rate.BasisPoints)
            : Outside;
    }
}
