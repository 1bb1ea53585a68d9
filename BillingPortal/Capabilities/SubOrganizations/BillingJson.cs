using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rows;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Recharge, cap and card as contract 1 shows them.</summary>
/// <param name="AutoRecharge">Auto-recharge.</param>
/// <param name="UseParentBalance">True where its charges draw on the parent's balance; absent where they do not.</param>
/// <param name="SpendingCap">The spending cap.</param>
/// <param name="PaymentMethod">The card that recharges charge; absent where there is none.</param>
/// <param name="LastLowBalanceNotificationAt">When its people were last told of a low balance.</param>
/// <param name="LastOutOfBalanceNotificationAt">When they were last told that nothing is left.</param>
/// <param name="LastSpendingCapNotificationAt">When they were last told of a level of the cap.</param>
public sealed record BillingJson(
    AutoRechargeJson AutoRecharge,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? UseParentBalance,
    SpendingCapJson SpendingCap,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PaymentMethodJson? PaymentMethod,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LastLowBalanceNotificationAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LastOutOfBalanceNotificationAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LastSpendingCapNotificationAt)
{
    /// <summary>What was read.</summary>
    public static BillingJson Of(OrganizationFacts facts)
    {
        var rule = facts.Rule;
        return new BillingJson(
            new AutoRechargeJson(rule?.RechargeEnabled ?? false, Units(rule?.RechargeThreshold), Units(rule?.RechargeAmount)),
            facts.Organization.PayerId is null ? null : true,
            new SpendingCapJson(rule?.CapEnabled ?? false, Units(rule?.CapAmount), Wire.Time(facts.Spent.End)!),
            facts.Card is { RemovedAt: null } card ? PaymentMethodJson.Of(card) : null,
            Wire.Time(rule?.LowBalanceAt), Wire.Time(rule?.OutOfBalanceAt), Wire.Time(rule?.CapAlertAt));

        static decimal? Units(long? micros) => micros is { } amount ? Wire.Units(amount) : null;
    }
}

/// <summary>Auto-recharge.</summary>
/// <param name="Enabled">True where it is on.</param>
/// <param name="RechargeThreshold">It acts where less is left; absent where it was never set.</param>
/// <param name="RechargeAmount">What it charges; absent where it was never set.</param>
public sealed record AutoRechargeJson(
    bool Enabled,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? RechargeThreshold,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? RechargeAmount);

/// <summary>The spending cap.</summary>
/// <param name="Enabled">True where it is on.</param>
/// <param name="Amount">What may be spent in a window; absent where it was never set.</param>
/// <param name="ResetAt">When the next window begins.</param>
public sealed record SpendingCapJson(
    bool Enabled, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? Amount, string ResetAt);

/// <summary>A card on file.</summary>
/// <param name="Type">Always <c>card</c>.</param>
/// <param name="PaymentMethodId">The payment provider's id.</param>
/// <param name="Brand">As in <c>visa</c>.</param>
/// <param name="Last4">Four digits.</param>
/// <param name="Inactive">True where it failed too often and is not charged any more.</param>
/// <param name="FailedAt">When it last failed; absent where its last charge went through.</param>
/// <param name="FailedMessage">Why.</param>
public sealed record PaymentMethodJson(
    string Type, string PaymentMethodId, string Brand, string Last4, bool Inactive,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FailedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FailedMessage)
{
    /// <summary>What is stored of it.</summary>
    public static PaymentMethodJson Of(PaymentMethodRow card) =>
        new("card", card.Method, card.Brand, card.Last4, card.Inactive, Wire.Time(card.FailedAt), card.FailedMessage);
}

/// <summary>How an organization is written to; what is not known is absent.</summary>
/// <param name="Email">Its address for mail.</param>
/// <param name="Address">Its postal address.</param>
/// <param name="TermsUrl">Its terms.</param>
/// <param name="PrivacyUrl">Its privacy policy.</param>
public sealed record ConfigJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Address,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TermsUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PrivacyUrl)
{
    /// <summary>The organization's; null where nothing is known.</summary>
    public static ConfigJson? Of(Organization organization) => OrganizationConfig.Of(organization) is var config && config != OrganizationConfig.Empty
        ? new ConfigJson(config.Email, config.Address, config.TermsUrl, config.PrivacyUrl)
        : null;
}

/// <summary>A parent as one below it may know it: no prices and no balance.</summary>
/// <param name="Id">Its UUID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Verified">True where the platform has checked who it is.</param>
/// <param name="LogoUrl">Its logo.</param>
/// <param name="Plan"><c>free</c> or <c>business</c>.</param>
/// <param name="Config">How it is written to.</param>
/// <param name="Features">What it may use, and so can give.</param>
/// <param name="ParentOrgId">The UUID of its own parent; absent at the top and where the caller may not know of it.</param>
public sealed record ParentJson(
    Guid Id, string Name, bool Verified, string? LogoUrl, string Plan,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ConfigJson? Config,
    IReadOnlyDictionary<string, bool> Features,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? ParentOrgId = null)
{
    /// <summary>What is stored of it.</summary>
    public static ParentJson Of(Organization parent, Guid? above = null) => new(
        parent.Uuid, parent.Name, parent.Verified, parent.LogoUrl, Wire.Plan(parent), ConfigJson.Of(parent), Wire.Features(FeatureSet.Of(parent)), above);
}

/// <summary>A person of an organization. Times that the portal does not keep are null.</summary>
/// <param name="Id">The membership's id.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Email">Their address.</param>
/// <param name="Avatar">Their picture.</param>
/// <param name="Role">Their role there.</param>
/// <param name="Status">Always <c>ACTIVE</c>.</param>
/// <param name="OrgId">The organization's UUID.</param>
/// <param name="UserId">The person's id.</param>
public sealed record MemberJson(Guid Id, string Name, string? Email, string? Avatar, string Role, string Status, Guid OrgId, string UserId)
{
    /// <summary>A member as stored.</summary>
    public static MemberJson Of(Member member, Organization organization) => new(
        IdOf(member.UserId, organization.Uuid), member.Name, member.Email, Avatar: null, member.Role, "ACTIVE", organization.Uuid, member.UserId);

    /// <summary>
    /// The contract gives a membership an id of its own beside the person's and the organization's. It is derived, not stored: a UUID of version 8
    /// from SHA-256 over both.
    /// </summary>
    private static Guid IdOf(string user, Guid organization)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"membership:{organization:D}:{user}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
