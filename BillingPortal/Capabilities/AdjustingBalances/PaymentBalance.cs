using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Invoicing;
using BillingPortal.Store.Plans;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>
/// An organization's payment balance as contract 2 shows it. Money is a decimal string of 2 to 6 places.
/// </summary>
/// <param name="CreatedAt">When the organization was created.</param>
/// <param name="Id">This balance's id; the same for an organization every time.</param>
/// <param name="MapId">The organization's UUID.</param>
/// <param name="MonthlyCreditsRemaining">Monthly credits; drawn first, lapse at the period's end.</param>
/// <param name="PrePayCashRemaining">Cash paid in; what can still be refunded is never more.</param>
/// <param name="PrePayCreditsRemaining">Cash and the bonus on top of it.</param>
/// <param name="TotalDue">Unbilled usage with its tax, open and draft invoices, and the overdraft; at least 0, not net of credits.</param>
/// <param name="UpdatedAt">When the last entry was recorded, or the organization created.</param>
public sealed record PaymentBalance(
    string CreatedAt, Guid Id, Guid MapId, string MonthlyCreditsRemaining, string PrePayCashRemaining, string PrePayCreditsRemaining, string TotalDue,
    string UpdatedAt)
{
    /// <summary>The price that finance agreed; absent where none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PriceJson? ModelingAppEnterprisePrice { get; init; }

    /// <summary>What the organization has subscribed to.</summary>
    public required SubscriptionTiers SubscriptionDetails { get; init; }

    /// <summary>The subscription's id; the same for an organization every time, absent before it ever subscribed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SubscriptionId { get; init; }

    /// <summary>The balance; <paramref name="balanceOf"/> gives each bucket in millionths.</summary>
    public static PaymentBalance Of(Organization organization, PlanReading plan, Func<AccountKind, long> balanceOf, Instant lastRecordedAt)
    {
        var created = new Instant(organization.CreatedAt);
        return new PaymentBalance(
            Time(created), IdOf(organization.Uuid), organization.Uuid, Units(balanceOf(AccountKind.Monthly)), Units(balanceOf(AccountKind.Cash)),
            Units(balanceOf(AccountKind.Cash) + balanceOf(AccountKind.Bonus)), Units(TotalDueOf(balanceOf, plan.Tax)), Time(Instant.Later(created, lastRecordedAt)))
        {
            ModelingAppEnterprisePrice = plan.Subscription.Agreed is { } agreed ? PriceJson.Of(agreed) : null,
            SubscriptionDetails = plan.Tiers,
            SubscriptionId = plan.Subscription.Version > 0 ? $"sub_{organization.Uuid:N}" : null,
        };

        static string Units(long micros) => new Money(micros, Currency.Usd).ToDecimalString();
    }

    /// <summary>Rules §4: what is owed, and the tax on what is not invoiced yet.</summary>
    private static long TotalDueOf(Func<AccountKind, long> balanceOf, TaxTreatment tax) => Math.Max(0,
        -(balanceOf(AccountKind.UnbilledReceivable) + balanceOf(AccountKind.InvoicedReceivable) + balanceOf(AccountKind.Overdraft)) + tax.OnUnbilled(balanceOf(AccountKind.UnbilledReceivable), Currency.Usd));

    /// <summary>
    /// The contract gives a balance an id of its own beside the organization's. It is derived, not stored: a UUID of version 8 from SHA-256 over the
    /// organization's.
    /// </summary>
    private static Guid IdOf(Guid organization)
    {
        var bytes = SHA256.HashData(Encoding.ASCII.GetBytes($"payment-balance:{organization:D}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Milliseconds, as the contract's page prints them.</summary>
    private static string Time(Instant at) => at.ToUtc().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
