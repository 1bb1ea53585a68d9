using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.ChangingPlans;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class UpgradeEndpoints
{
    private const string AnswerJson =
        """
        {
          "hasPaymentMethod": true, "planType": "advanced", "inTrial": false, "scope": ["connect_only", "design", "webhooks"], "version": "advanced-1",
          "billingPortalUrl": "https://billing.example.com/organizations/10001/plan",
          "billingPortalAddPaymentMethodUrl": "https://billing.example.com/organizations/10001/cards", "cancelAtPeriodEnd": false,
          "currentBillingPeriod": { "startDate": "2026-11-20T00:00:00.000Z", "endDate": "2026-12-20T00:00:00.000Z", "usagesCount": 12 },
          "shouldLockEnvironmentSwitch": false, "coupons": [{ "coupon": "SCALE10" }]
        }
        """;

    private const string Shown =
        """
        Decided here: `planType`, `scope` and `version` are those of the plan that may be used now, one on trial included. Trial and period are whole days in the
        organization's zone: the first day of a trial counts, and `trialDaysLeft` counts today. `currentBillingPeriod` is absent on the free plan, the trial's fields without a
        trial. `usagesCount` counts charges of usage that took effect in the period. Where another organization's balance is used, that organization pays and its card counts.
        """;

    private static readonly ApiDescription UpgradeDescription = new("upgradePlan", "Upgrade to the advanced plan",
        """
        No body. From free or standard: with a payment method the card is charged now, by whole days, and the answer says what became of it; without one the trial of 14 days
        begins, once for an organization. On advanced or enterprise, and during a trial, nothing changes but a pending cancellation, which is cleared.

        Refused with 422: `trial_used`, `payment_declined` (nothing changed), `payment_under_way`, `fee_unpaid`, `currency_not_supported`, `disabled`. Whether a payment went
        through may not be known: 503, `outcome_unknown`; the same key tells later, and nothing is charged twice.
        """ + "\n\n" + Shown, "billing:write")
    { KeyRequired = false, AnswerExample = AnswerJson, Also = [413, 415, 422, 503] };

    private static readonly ApiDescription ReadDescription = new("getSubscription", "Read the subscription", Shown, "organizations:read") { AnswerExample = AnswerJson };

    private static readonly ApiDescription CouponDescription = new("setSubscriptionCoupon", "Put a coupon on the subscription",
        """
        It takes something off the charges to come, in place of a coupon that is there. The same coupon again changes nothing. Codes are compared in capitals. Refused with 422,
        `coupon_not_valid`: unknown, expired, redeemed as often as it can be, redeemed by this organization before, not for its plan, or nothing off in its currency.
        """ + "\n\n" + Shown, "billing:write")
    { RequestType = typeof(CouponRequest), RequestExample = """{ "coupon": "SCALE10" }""", KeyRequired = false, AnswerExample = AnswerJson };

    private static readonly ApiDescription CancelDescription = new("cancelSubscription", "Cancel the subscription",
        """
        No body. The plan stays until its period ends, a trial until its last day; a plan that is past due ends at once. Cancelling again changes nothing; on the free plan there is
        nothing to cancel: 422, `not_subscribed`.
        """ + "\n\n" + Shown, "billing:write")
    { KeyRequired = false, AnswerExample = AnswerJson, Also = [413, 415, 422, 503] };
}
