using System.Collections.Immutable;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Domain.Billing;

/// <summary>How an organization's invoices are made, but for its charging model, which the ledger's state carries, and its tax number, which is a billing detail.</summary>
public sealed record BillingConfig
{
    /// <summary>Before anybody set anything.</summary>
    public static readonly BillingConfig None = new();

    /// <summary>The longest further words of the issuer, and the longest payment data as JSON.</summary>
    public const int MaxText = 2_000;

    /// <summary>Counts its changes; 0 before the first.</summary>
    public long Version { get; init; }

    /// <summary>Further words of the issuer, printed on invoices; null for none.</summary>
    public string? IssuerInfo { get; init; }

    /// <summary>When invoices are due, an id of <see cref="Invoices.PaymentTerm"/>; null for the default.</summary>
    public int? PaymentTerm { get; init; }

    /// <summary>A rate chosen for it, an id of <see cref="Invoices.VatRates"/>; null for what the law says.</summary>
    public int? VatRate { get; init; }

    /// <summary>How it pays, a JSON object; null for nothing said.</summary>
    public string? PaymentData { get; init; }
}

/// <summary>What somebody wants of a billing configuration. What is not named stays.</summary>
public sealed record BillingConfigWish
{
    /// <summary>Whether later charges are paid before or after.</summary>
    public ChargingModel? ChargingModel { get; init; }

    /// <summary>Further words of the issuer; null clears.</summary>
    public Setting IssuerInfo { get; init; }

    /// <summary>A payment term's id.</summary>
    public int? PaymentTerm { get; init; }

    /// <summary>A VAT rate's id.</summary>
    public int? VatRate { get; init; }

    /// <summary>True to let the law say the rate again.</summary>
    public bool WithoutVatRate { get; init; }

    /// <summary>A JSON object in place of what stands; null clears.</summary>
    public Setting PaymentData { get; init; }

    /// <summary>True where it names nothing.</summary>
    public bool IsEmpty => this == new BillingConfigWish();

    /// <summary>The configuration after it.</summary>
    public BillingConfig On(BillingConfig config) => config with
    {
        IssuerInfo = IssuerInfo.Over(config.IssuerInfo),
        PaymentTerm = PaymentTerm ?? config.PaymentTerm,
        VatRate = WithoutVatRate ? null : VatRate ?? config.VatRate,
        PaymentData = PaymentData.Over(config.PaymentData),
    };
}

/// <summary>What a decision about a billing configuration sees beside the ledger.</summary>
/// <param name="Config">What is set.</param>
/// <param name="Allowances">Its data packages and inclusive volumes, those that ended included.</param>
public sealed record BillingConfigFacts(BillingConfig Config, ImmutableArray<Allowance> Allowances);
