using System.Globalization;
using System.Text.Json.Serialization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>A subscription as contract 5 shows it.</summary>
/// <param name="HasPaymentMethod">True where whoever pays has a card that works.</param>
/// <param name="PlanType">free, standard, advanced or enterprise: the plan that it may use now, one on trial included.</param>
/// <param name="InTrial">True while a trial runs.</param>
/// <param name="Scope">What programs may do with the plan.</param>
/// <param name="Version">The plan's version.</param>
/// <param name="BillingPortalUrl">The plan's page in this portal.</param>
/// <param name="BillingPortalAddPaymentMethodUrl">The page where a card is added.</param>
/// <param name="CancelAtPeriodEnd">True where it ends with the period, or with the trial.</param>
/// <param name="TrialStart">When the trial began; absent without one.</param>
/// <param name="TrialEnd">When it ends.</param>
/// <param name="TrialDaysLeft">Days left, today included.</param>
/// <param name="CurrentBillingPeriod">The period that is paid; absent on the free plan.</param>
/// <param name="ShouldLockEnvironmentSwitch">True until a payment method exists.</param>
/// <param name="Coupons">The coupons on it.</param>
public sealed record SubscriptionJson(
    [property: JsonPropertyName("hasPaymentMethod")] bool HasPaymentMethod,
    [property: JsonPropertyName("planType")] string PlanType,
    [property: JsonPropertyName("inTrial")] bool InTrial,
    [property: JsonPropertyName("scope")] IReadOnlyList<string> Scope,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("billingPortalUrl")] string BillingPortalUrl,
    [property: JsonPropertyName("billingPortalAddPaymentMethodUrl")] string BillingPortalAddPaymentMethodUrl,
    [property: JsonPropertyName("cancelAtPeriodEnd")] bool CancelAtPeriodEnd,
    [property: JsonPropertyName("trialStart"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TrialStart,
    [property: JsonPropertyName("trialEnd"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TrialEnd,
    [property: JsonPropertyName("trialDaysLeft"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TrialDaysLeft,
    [property: JsonPropertyName("currentBillingPeriod"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BillingPeriodJson? CurrentBillingPeriod,
    [property: JsonPropertyName("shouldLockEnvironmentSwitch")] bool ShouldLockEnvironmentSwitch,
    [property: JsonPropertyName("coupons")] IReadOnlyList<CouponJson> Coupons)
{
    /// <summary>The plan as it stands; <paramref name="site"/> is where this portal is, without a slash at its end.</summary>
    public static SubscriptionJson Of(PlanFile file, string site)
    {
        var (subscription, zone) = (file.Subscription, file.Organization.Zone);
        var page = string.Create(CultureInfo.InvariantCulture, $"{site}/organizations/{file.Organization.Id}/plan");
        return new SubscriptionJson(
            file.HasCard, file.Effective.Terms.Names.Contract5, subscription.Trial is not null, file.Effective.Terms.Scopes, file.Effective.Id,
            page, string.Create(CultureInfo.InvariantCulture, $"{site}/organizations/{file.Payer.Id}/cards"), subscription.Ends,
            subscription.Trial is { } trial ? Time(trial.StartedAt) : null,
            subscription.Trial is { } ending ? Time(LocalTime.FirstMomentOf(ending.EndsOn, zone)) : null,
            subscription.Trial?.DaysLeft(file.Today),
            subscription.Period is { } period
                ? new BillingPeriodJson(Time(LocalTime.FirstMomentOf(period.Start, zone)), Time(LocalTime.FirstMomentOf(period.End, zone)), file.Usages) : null,
            !file.HasCard,
            subscription.Coupon is { } coupon ? [new CouponJson(coupon.Code)] : []);
    }

    private static string Time(Instant at) => at.ToUtc().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>A period that is paid.</summary>
/// <param name="StartDate">Its first moment.</param>
/// <param name="EndDate">The first moment after it.</param>
/// <param name="UsagesCount">How many charges of usage took effect in it.</param>
public sealed record BillingPeriodJson(
    [property: JsonPropertyName("startDate")] string StartDate, [property: JsonPropertyName("endDate")] string EndDate, [property: JsonPropertyName("usagesCount")] long UsagesCount);

/// <summary>A coupon on a subscription.</summary>
/// <param name="Coupon">Its code.</param>
public sealed record CouponJson([property: JsonPropertyName("coupon")] string Coupon);
