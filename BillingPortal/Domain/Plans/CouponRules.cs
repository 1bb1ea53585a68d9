namespace BillingPortal.Domain.Plans;

/// <summary>Which coupon may be redeemed (rules §7).</summary>
internal static class CouponRules
{
    /// <summary>A refusal, or null where the named coupon may be redeemed for <paramref name="plan"/>; null for "whatever comes".</summary>
    public static Transition? Check(PlanView view, string code, string? plan) => view.Coupon switch
    {
        null => Transition.No(RefusalCode.CouponNotValid, $"There is no coupon {Shown(code)}.", "Coupon"),
        { ExpiresAt: { } end } when end <= view.Now => Transition.No(RefusalCode.CouponNotValid, $"Coupon {view.Coupon.Code} has expired.", "Coupon"),
        _ when view.RedeemedBefore => Transition.No(RefusalCode.CouponNotValid, $"Coupon {view.Coupon.Code} was redeemed by this organization before.", "Coupon"),
        { Limit: { } limit } when view.Redemptions >= limit => Transition.No(RefusalCode.CouponNotValid, $"Coupon {view.Coupon.Code} was redeemed as often as it can be.", "Coupon"),
        { Terms: var terms } when !terms.IsFor(view.Currency) => Transition.No(RefusalCode.CouponNotValid, $"Coupon {view.Coupon.Code} takes nothing off in {view.Currency}.", "Coupon"),
        { Terms: var terms } when plan is not null && !terms.AppliesTo(plan) => Transition.No(RefusalCode.CouponNotValid, $"Coupon {view.Coupon.Code} is not for this plan.", "Coupon"),
        _ => null,
    };

    /// <summary>The subscription with the named coupon on it, in place of another.</summary>
    public static Subscription Applied(PlanView view, Subscription subscription) =>
        subscription with { Coupon = new AppliedCoupon(view.Coupon!.Code, view.Coupon.Terms, view.Coupon.Terms.Lasts) };

    private static string Shown(string code) => Coupon.Normalise(code) is { Length: > 40 } longer ? longer[..39] + "…" : Coupon.Normalise(code);
}
