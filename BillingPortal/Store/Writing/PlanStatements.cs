using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store.Plans;

namespace BillingPortal.Store.Writing;

/// <summary>How subscriptions, their fees and coupons are written.</summary>
internal static class PlanStatements
{
    /// <summary>The subscription as it stands, its history's line, the organization's plan and the event that people read.</summary>
    public static IEnumerable<Statement> Of(Effect.SetSubscription set, LedgerState after, Actor actor, Instant now)
    {
        var (id, subscription, by) = (set.Organization, set.Subscription, set.By ?? actor);
        var body = PlanJson.Write(subscription);
        return
        [
            new("""
                INSERT INTO subscription (organization_id, version, plan, plan_version, state, standing, due_at, body, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT (organization_id) DO UPDATE SET version = excluded.version, plan = excluded.plan, plan_version = excluded.plan_version, state = excluded.state,
                  standing = excluded.standing, due_at = excluded.due_at, body = excluded.body, updated_at = excluded.updated_at
                """,
                id.Value, subscription.Version, subscription.Plan, subscription.PlanVersion, (int)subscription.State, (int)subscription.Standing,
                subscription.DueAt(after.Zone)?.Micros, body, now.Micros),
            new("INSERT INTO subscription_change (organization_id, version, at, actor, via, code, text, fee, payer_id, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                id.Value, subscription.Version, now.Micros, by.Id, by.Via, set.Change.Code, set.Change.Text, set.PaidBy, (after.Payer ?? id).Value, body),
            new("UPDATE organization SET plan = $2, updated_at = $3, version = version + 1 WHERE id = $1", id.Value, subscription.Effective.Code, now.Micros),
            EffectStatements.Event(id, now, set.Change.Code, set.Change.Text, after.Seq),
        ];
    }

    /// <summary>A fee as it stands, and its record's line.</summary>
    public static IEnumerable<Statement> Of(Effect.Fee effect, Instant now)
    {
        var (fee, step) = (effect.Item, effect.Step);
        return
        [
            new("""
                INSERT INTO plan_fee (payer_id, number, organization_id, state, amount, currency, due_at, attempt, payment_method_id, payment_id, failure_code, failure_message,
                  settled_seq, steps, command_key, created_at, updated_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
                ON CONFLICT (payer_id, number) DO UPDATE SET state = excluded.state, due_at = excluded.due_at, attempt = excluded.attempt,
                  payment_method_id = excluded.payment_method_id, payment_id = excluded.payment_id, failure_code = excluded.failure_code,
                  failure_message = excluded.failure_message, settled_seq = excluded.settled_seq, steps = excluded.steps, updated_at = excluded.updated_at, body = excluded.body
                """,
                fee.Payer.Value, fee.Number, effect.Organization.Value, (int)fee.State, fee.Charge.Total, fee.Charge.Currency, fee.DueAt?.Micros, fee.Attempt, fee.CardId,
                fee.PaymentId, fee.FailureCode, fee.FailureMessage, fee.SettledSeq, fee.Steps, fee.CommandKey, fee.CreatedAt.Micros, now.Micros, PlanJson.Write(fee)),
            new("INSERT INTO plan_fee_step (payer_id, number, step, attempt, at, state, code, message, payment_id, via) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                fee.Payer.Value, fee.Number, fee.Steps, fee.Attempt, now.Micros, (int)fee.State, step.Code, step.Message, fee.PaymentId, step.Via),
            .. fee is { State: FeeState.Declined, ByPerson: true }
                ? [EffectStatements.Event(effect.Organization, now, "plan_payment_declined", $"The payment for the plan was declined{(fee.Payer == effect.Organization ? ": " + fee.FailureMessage : ".")} Nothing changed.", 0)]
                : ImmutableArray<Statement>.Empty,
        ];
    }

    /// <summary>A coupon redeemed, or given back.</summary>
    public static Statement Of(Effect.Redeem redeem, Instant now) => redeem.Released
        ? new("UPDATE coupon_redemption SET released_at = $3 WHERE coupon = $1 AND organization_id = $2 AND released_at IS NULL", redeem.Coupon, redeem.Organization.Value, now.Micros)
        : new("INSERT INTO coupon_redemption (coupon, number, organization_id, at) VALUES ($1, $2, $3, $4)", redeem.Coupon, redeem.Number, redeem.Organization.Value, now.Micros);
}
