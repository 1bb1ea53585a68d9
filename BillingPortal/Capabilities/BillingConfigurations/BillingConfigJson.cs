using System.Text.Json;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>A line of a look-up table.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Description">Its name.</param>
public sealed record NamedNumber(long Id, string Description);

/// <summary>A VAT rate with its days.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Description">Its name.</param>
/// <param name="Rate">Percent.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="ValidFrom">The first day on which it holds.</param>
/// <param name="ValidUntil">The last; null while it has no end.</param>
public sealed record RateJson(long Id, string Description, decimal Rate, string Country, DateOnly ValidFrom, DateOnly? ValidUntil)
{
    /// <summary>As programs read it.</summary>
    public static RateJson Of(VatRate rate) => new(rate.Id, BillingConfigChanges.NameOf(rate), rate.BasisPoints / 100m, rate.Country, rate.From, rate.Until);
}

/// <summary>Contract 4's billing configuration.</summary>
/// <param name="Id">The organization's number.</param>
/// <param name="Vatin">Its tax number.</param>
/// <param name="InvoiceIssuerInfo">Further words of the issuer.</param>
/// <param name="ChargingModel">Whether it pays before or after.</param>
/// <param name="PaymentTerm">When its invoices are due.</param>
/// <param name="PaymentData">How it pays.</param>
/// <param name="VatRate">The rate chosen for it; null for what the law says.</param>
public sealed record BillingConfigJson(
    long Id, string? Vatin, string? InvoiceIssuerInfo, NamedNumber ChargingModel, NamedNumber PaymentTerm, JsonElement? PaymentData, RateJson? VatRate)
{
    /// <summary>As programs read it.</summary>
    public static BillingConfigJson Of(BillingConfiguration configuration)
    {
        var (config, model) = (configuration.Config, configuration.Organization.ChargingModel);
        var term = Domain.Invoices.PaymentTerm.Find(config.PaymentTerm) ?? Domain.Invoices.PaymentTerm.Default;
        return new BillingConfigJson(configuration.Organization.Id, configuration.Vatin, config.IssuerInfo, new NamedNumber((long)model, ChargingModels.NameOf(model)),
            new NamedNumber(term.Id, term.Name), config.PaymentData is { } data ? JsonElement.Parse(data) : null, VatRates.Find(config.VatRate) is { } rate ? RateJson.Of(rate) : null);
    }
}
