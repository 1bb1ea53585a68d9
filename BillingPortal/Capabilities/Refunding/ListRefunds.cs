using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Refunding;

/// <summary>An organization's card payments that can be paid back, and its refunds.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Refundable">What may be paid back now.</param>
/// <param name="Payments">Newest first.</param>
/// <param name="Refunds">Newest first.</param>
/// <param name="MayRefund">Whether the caller may.</param>
/// <param name="CallerName">The caller, for the receipt.</param>
public sealed record RefundDesk(
    Organization Organization, Money Refundable, ImmutableArray<RefundablePayment> Payments, ImmutableArray<ListedRefund> Refunds, bool MayRefund, string CallerName);

/// <summary>A card payment.</summary>
/// <param name="Recharge">The recharge that it paid.</param>
/// <param name="PaidAt">When.</param>
/// <param name="Card">The card, as in "Visa ·4242".</param>
/// <param name="Amount">How much.</param>
/// <param name="Left">What refunds have left of it.</param>
public sealed record RefundablePayment(long Recharge, Instant PaidAt, string Card, Money Amount, Money Left);

/// <summary>A refund and its record.</summary>
/// <param name="Intent">The refund.</param>
/// <param name="Steps">What happened to it, oldest first.</param>
public sealed record ListedRefund(RefundIntent Intent, ImmutableArray<(Instant At, string Message)> Steps);

/// <summary>Reads them.</summary>
public sealed class ListRefunds(IDbContextFactory<BillingStore> stores) : ICapability
{
    private const int Shown = 50;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>The newest payments and refunds.</summary>
    public async Task<Outcome<RefundDesk>> RunAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<RefundDesk>(async organization =>
        {
            var paid = await store.RechargeIntents.Where(intent => intent.OrganizationId == id.Value && intent.State == (int)RechargeState.Settled && intent.PaymentId != null)
                .OrderByDescending(intent => intent.Number).Take(Shown)
                .Join(store.PaymentMethods, intent => intent.PaymentMethodId, card => card.Id, (intent, card) => new { intent.Number, intent.UpdatedAt, intent.Amount, card.Brand, card.Last4 }).ToListAsync(cancel);
            var refunds = await store.RefundIntents.Where(refund => refund.OrganizationId == id.Value).OrderByDescending(refund => refund.Number).Take(Shown).ToListAsync(cancel);
            var refunded = await store.RefundIntents.Where(refund => refund.OrganizationId == id.Value && refund.State != (int)RefundState.Released)
                .GroupBy(refund => refund.Recharge).Select(group => new { Recharge = group.Key, Sum = group.Sum(refund => refund.Amount) }).ToDictionaryAsync(sum => sum.Recharge, sum => sum.Sum, cancel);
            var oldest = refunds.Count > 0 ? refunds[^1].Number : 0;
            var steps = await store.RefundSteps.Where(step => step.OrganizationId == id.Value && step.Number >= oldest).OrderBy(step => step.Step).ToListAsync(cancel);
            var balances = await store.Accounts.Where(account => account.OrganizationId == id.Value && (account.Kind == (int)AccountKind.Cash || account.Kind == (int)AccountKind.Bonus))
                .Select(account => new { account.Kind, account.Balance }).ToListAsync(cancel);
            var cash = balances.Where(balance => balance.Kind == (int)AccountKind.Cash).Sum(balance => balance.Balance);
            var me = await store.Users.AsNoTracking().Where(user => user.Id == caller.UserId).Select(user => user.DisplayName).FirstOrDefaultAsync(cancel);
            Money Of(long micros) => new(micros, organization.Money);
            return new Outcome<RefundDesk>.Done(new RefundDesk(
                organization,
                Of(Math.Max(0, Math.Min(cash, balances.Sum(balance => balance.Balance)))),
                [.. paid.OrderByDescending(payment => payment.Number).Select(payment => new RefundablePayment(payment.Number, new Instant(payment.UpdatedAt), CardNames.Of(payment.Brand, payment.Last4),
                    Of(payment.Amount), Of(payment.Amount - refunded.GetValueOrDefault(payment.Number))))],
                [.. refunds.Select(refund => new ListedRefund(RefundJson.Read(refund.Body),
                    [.. steps.Where(step => step.Number == refund.Number).Select(step => (new Instant(step.At), step.Message))]))],
                access.May(RefundingBalance.Permission, organization.Path),
                me ?? caller.UserId));
        });
    }
}
