using System.Globalization;
using System.Text.Json.Serialization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>
/// An organization as contract 1 shows it whole. Amounts are exact decimals in the organization's currency. What was never set and is not
/// written as nullable on the contract's page is left out.
/// </summary>
/// <param name="Id">Its UUID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Verified">True where the platform has checked who it is.</param>
/// <param name="Disabled">True while it is switched off.</param>
/// <param name="Type"><c>PERSONAL</c> or <c>TEAM</c>.</param>
/// <param name="Plan"><c>free</c> or <c>business</c>; every paid plan is <c>business</c>.</param>
/// <param name="Balance">Cash, bonus and overdraft together.</param>
/// <param name="PromoBalance">Monthly and promotional credits together.</param>
/// <param name="PromoBalanceResetAt">The last monthly grant.</param>
/// <param name="Billing">Recharge, cap, card and the three notification times.</param>
/// <param name="LogoUrl">Its logo.</param>
/// <param name="Deleted">True where it was deleted.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="SpendingCapUsed">Charges net of corrections in the cap's open window; of the calendar month where there is no cap.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
/// <param name="Role">The caller's role there; absent for platform staff.</param>
/// <param name="Features">What it may use, by code.</param>
/// <param name="Config">How it is written to.</param>
/// <param name="ParentOrg">Its parent.</param>
public sealed record OrganizationDetail(
    Guid Id, string Name, bool Verified, bool Disabled, string Type, string Plan, decimal Balance, decimal PromoBalance, string? PromoBalanceResetAt,
    BillingJson Billing, string? LogoUrl, bool Deleted, string? CreatedAt, decimal SpendingCapUsed, string? UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    IReadOnlyDictionary<string, bool> Features,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ConfigJson? Config,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ParentJson? ParentOrg)
{
    /// <summary>The whole organization; <paramref name="parent"/> is the one it stands under, <paramref name="role"/> the caller's.</summary>
    public static OrganizationDetail Of(OrganizationFacts facts, ParentJson? parent, string? role)
    {
        var organization = facts.Organization;
        return new OrganizationDetail(
            organization.Uuid, organization.Name, organization.Verified, organization.Disabled, organization.Personal ? "PERSONAL" : "TEAM", Wire.Plan(organization),
            Wire.Units(facts.Balance), Wire.Units(facts.PromoBalance), Wire.Time(facts.PromoResetAt), BillingJson.Of(facts), organization.LogoUrl,
            organization.DeletedAt is not null, Wire.Time(organization.CreatedAt), Wire.Units(facts.Spent.Spent), Wire.Time(facts.UpdatedAt), role,
            Wire.Features(facts.Features), ConfigJson.Of(organization), parent);
    }
}

/// <summary>A sub-organization as contract 1's list and the answers beside it show it.</summary>
/// <param name="Id">Its UUID.</param>
/// <param name="Name">Its name.</param>
/// <param name="LogoUrl">Its logo.</param>
/// <param name="Plan"><c>free</c> or <c>business</c>.</param>
/// <param name="Balance">Cash, bonus and overdraft together.</param>
/// <param name="PromoBalance">Monthly and promotional credits together.</param>
/// <param name="Billing">Recharge, cap, card and the three notification times.</param>
/// <param name="Members">Its own people.</param>
/// <param name="SpendingCapUsed">Charges net of corrections in the cap's open window.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Features">What it may use, by code.</param>
/// <param name="Config">How it is written to.</param>
public sealed record OrganizationSummary(
    Guid Id, string Name, string? LogoUrl, string Plan, decimal Balance, decimal PromoBalance, BillingJson Billing, IReadOnlyList<MemberJson> Members,
    decimal SpendingCapUsed, string? CreatedAt, IReadOnlyDictionary<string, bool> Features,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ConfigJson? Config)
{
    /// <summary>The summary.</summary>
    public static OrganizationSummary Of(OrganizationFacts facts)
    {
        var organization = facts.Organization;
        return new OrganizationSummary(
            organization.Uuid, organization.Name, organization.LogoUrl, Wire.Plan(organization), Wire.Units(facts.Balance), Wire.Units(facts.PromoBalance),
            BillingJson.Of(facts), [.. facts.Members.Select(member => MemberJson.Of(member, organization))], Wire.Units(facts.Spent.Spent),
            Wire.Time(organization.CreatedAt), Wire.Features(facts.Features), ConfigJson.Of(organization));
    }

    /// <summary>The same with these balances, and paid for by its parent, by itself, or as before. Whose parent pays recharges nothing itself.</summary>
    internal OrganizationSummary After(IReadOnlyDictionary<AccountKind, long> balances, bool? useParentBalance)
    {
        return this with
        {
            Balance = Wire.Units(Of(AccountKind.Cash) + Of(AccountKind.Bonus) + Of(AccountKind.Overdraft)),
            PromoBalance = Wire.Units(Of(AccountKind.Monthly) + Of(AccountKind.Promotional)),
            Billing = useParentBalance is not { } uses ? Billing : Billing with
            {
                UseParentBalance = uses ? true : null,
                AutoRecharge = Billing.AutoRecharge with { Enabled = !uses && Billing.AutoRecharge.Enabled },
            },
        };

        long Of(AccountKind kind) => balances.GetValueOrDefault(kind);
    }
}

/// <summary>How contract 1 writes amounts, times and plans.</summary>
internal static class Wire
{
    /// <summary>Millionths as a JSON number, exact: a decimal is digits, not floating point.</summary>
    public static decimal Units(long micros) => (decimal)micros / Money.Unit;

    /// <summary>ISO 8601 with Z; a fraction only where there is one.</summary>
    public static string? Time(Instant? at) => at?.ToUtc().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The same from microseconds.</summary>
    public static string? Time(long? micros) => micros is { } at ? Time(new Instant(at)) : null;

    /// <summary>Contract 1 knows free plans and others (rules §7).</summary>
    public static string Plan(Organization organization) => organization.Plan == "free" ? "free" : "business";

    /// <summary>Every feature, in the contract's order.</summary>
    public static IReadOnlyDictionary<string, bool> Features(FeatureSet set) => Feature.All.ToDictionary(feature => feature.Code, set.Has);
}
