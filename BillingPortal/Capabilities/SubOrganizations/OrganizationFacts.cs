using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Store.Rows;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>All that pages and contract 1 show of one organization, as it was read: one reading for both, so that they never differ.</summary>
public sealed record OrganizationFacts
{
    /// <summary>The organization.</summary>
    public required Organization Organization { get; init; }

    /// <summary>Cash + bonus + overdraft, in millionths: the contracts' "balance" (rules §4).</summary>
    public long Balance { get; init; }

    /// <summary>Monthly + promotional, in millionths.</summary>
    public long PromoBalance { get; init; }

    /// <summary>The last grant of monthly credits; null before the first, or where it was not asked for.</summary>
    public Instant? PromoResetAt { get; init; }

    /// <summary>What its people set about recharge and cap; null where nobody has yet.</summary>
    public BillingRuleRow? Rule { get; init; }

    /// <summary>The card that recharges charge.</summary>
    public PaymentMethodRow? Card { get; init; }

    /// <summary>The state of the recharge in flight; null while there is none.</summary>
    public RechargeState? InFlight { get; init; }

    /// <summary>Millionths that recharges of this month charge or have charged.</summary>
    public long RechargedThisMonth { get; init; }

    /// <summary>The open window of its cap, or the calendar month, and what was spent in it.</summary>
    public required SpentWindow Spent { get; init; }

    /// <summary>Its own people, by name; not those who have rights from above.</summary>
    public ImmutableArray<Member> Members { get; init; } = [];

    /// <summary>Its currency.</summary>
    public Currency Currency => Organization.Money;

    /// <summary>What it may use.</summary>
    public FeatureSet Features => FeatureSet.Of(Organization);

    /// <summary>An organization that was created just now: it holds nothing and nobody has set anything.</summary>
    public static OrganizationFacts New(Organization organization, SpentWindow window) => new() { Organization = organization, Spent = window };

    /// <summary>The same organization with what was just changed about it.</summary>
    internal OrganizationFacts With(Profile changed) => this with
    {
        Organization = new Organization
        {
            Id = Organization.Id,
            Uuid = Organization.Uuid,
            Name = changed.Name,
            LogoUrl = Organization.LogoUrl,
            Plan = Organization.Plan,
            Currency = Organization.Currency,
            TimeZone = Organization.TimeZone,
            PayerId = Organization.PayerId,
            CreatedAt = Organization.CreatedAt,
            Features = changed.Features.Stored,
            AllowOverdraft = changed.Features.Has(Feature.AllowOverdraft),
            ContactEmail = changed.Config.Email,
            ContactAddress = changed.Config.Address,
            TermsUrl = changed.Config.TermsUrl,
            PrivacyUrl = changed.Config.PrivacyUrl,
        },
    };

    /// <summary>The same organization as a decision left its ledger; its rule was changed at <paramref name="now"/> where <paramref name="changed"/>.</summary>
    internal OrganizationFacts With(LedgerState after, bool changed, Instant now) => this with
    {
        Balance = after.Balance,
        PromoBalance = after.BalanceOf(AccountKind.Monthly) + after.BalanceOf(AccountKind.Promotional),
        Rule = new BillingRuleRow
        {
            RechargeEnabled = after.Rule.Recharge.Enabled,
            RechargeThreshold = after.Rule.Recharge.Threshold,
            RechargeAmount = after.Rule.Recharge.Amount,
            RechargeLimit = after.Rule.Recharge.MonthlyLimit,
            CapEnabled = after.Rule.Cap.Enabled,
            CapAmount = after.Rule.Cap.Amount,
            CapAnchor = after.Rule.Cap.Anchor?.Micros,
            CapSoft = after.Rule.Cap.Soft,
            LowBalanceAt = after.Rule.LowBalanceAt?.Micros,
            OutOfBalanceAt = after.Rule.OutOfBalanceAt?.Micros,
            CapAlertAt = after.Rule.CapAlertAt?.Micros,
            ChangedAt = changed ? now.Micros : Rule?.ChangedAt ?? 0,
        },
        Spent = after.Window is { } window && window.Contains(now) ? new SpentWindow(window.Start, window.End, window.Spent, window.Alerted) : Spent,
    };

    /// <summary>When it was changed last, be it its profile or its rule; null before the first change.</summary>
    public long? UpdatedAt => Math.Max(Organization.UpdatedAt ?? 0, Rule?.ChangedAt ?? 0) is > 0 and var at ? at : null;

    /// <summary>The sum of the accounts' balances by kind, as the two figures that contracts show.</summary>
    internal OrganizationFacts With(IReadOnlyDictionary<AccountKind, long> balances)
    {
        return this with
        {
            Balance = Of(AccountKind.Cash) + Of(AccountKind.Bonus) + Of(AccountKind.Overdraft),
            PromoBalance = Of(AccountKind.Monthly) + Of(AccountKind.Promotional),
        };

        long Of(AccountKind kind) => balances.GetValueOrDefault(kind);
    }
}

/// <summary>A person of an organization.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Name">For people.</param>
/// <param name="Email">With which they sign in; null for one who has none.</param>
/// <param name="Role">The code of their role there.</param>
public sealed record Member(string UserId, string Name, string? Email, string Role);
