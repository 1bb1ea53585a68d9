using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Domain.Ledger;

/// <summary>One thing that a decision makes happen. A closed set.</summary>
/// <param name="Organization">To whom.</param>
public abstract record Effect(OrganizationId Organization)
{
    /// <summary>An entry is posted.</summary>
    public sealed record Post(OrganizationId Organization, EntryDraft Entry) : Effect(Organization);

    /// <summary>Requests are refused from now on; an event says why.</summary>
    public sealed record Block(OrganizationId Organization, BlockCause Cause) : Effect(Organization);

    /// <summary>Requests are accepted again; an event says what ended.</summary>
    public sealed record Unblock(OrganizationId Organization, BlockCause Cause) : Effect(Organization);

    /// <summary>What its people set changes; <paramref name="Changed"/> says what a person changed, for the history, and is null where the engine did it.</summary>
    public sealed record SetRule(OrganizationId Organization, BillingRule Rule, RuleChange? Changed = null) : Effect(Organization);

    /// <summary>A recharge is decided, or goes on; <paramref name="Step"/> is the line in its flight record.</summary>
    public sealed record Recharge(OrganizationId Organization, RechargeIntent Intent, RechargeStep Step) : Effect(Organization);

    /// <summary>A card is entered, fails, works again or is taken away.</summary>
    public sealed record SetCard(OrganizationId Organization, CardChange Card) : Effect(Organization);

    /// <summary>The window against which the cap counts is another, or its alerts are.</summary>
    public sealed record Watch(OrganizationId Organization, SpendingWindow? Window) : Effect(Organization);

    /// <summary>What decisions read of the organization itself changes: switched off, overdraft allowed, whose ledger pays, when.</summary>
    public sealed record Configure(OrganizationId Organization, Configuration Now, string Event, string Text) : Effect(Organization);

    /// <summary>How it is billed changes; <paramref name="Changed"/> is what the history shows.</summary>
    public sealed record SetBillingConfig(OrganizationId Organization, BillingConfig Config, ImmutableArray<SettingChange> Changed) : Effect(Organization);

    /// <summary>A dispute is booked or closed.</summary>
    public sealed record Dispute(OrganizationId Organization, DisputeChange Change) : Effect(Organization);

    /// <summary>An invoice is made or goes on; <paramref name="Step"/> is the line in its history.</summary>
    public sealed record SetInvoice(OrganizationId Organization, Invoice Invoice, InvoiceStep Step) : Effect(Organization);

    /// <summary>A number of a series is used.</summary>
    public sealed record TakeNumber(OrganizationId Organization, NextNumber Number) : Effect(Organization);

    /// <summary>A billing period is closed, or opened again: nothing takes effect before <paramref name="ClosedUntil"/> from now on.</summary>
    public sealed record SetPeriod(OrganizationId Organization, PeriodStep Step, Instant ClosedUntil) : Effect(Organization);

    /// <summary>Usage was rated: its lines, what the month comes to, what is carried.</summary>
    public sealed record Rate(OrganizationId Organization, RatedUsage Usage) : Effect(Organization);

    /// <summary>People are told. Not covered by digests: whether they were told a minute ago changes nothing that anybody agrees to.</summary>
    public sealed record Notify(OrganizationId Organization, Notice Notice) : Effect(Organization);

    /// <summary>The subscription is another, or was renewed.</summary>
    public sealed record SetSubscription(OrganizationId Organization, Subscription Subscription, SubscriptionChange Change) : Effect(Organization)
    {
        /// <summary>The fee that paid for it; null where nothing was charged to a card.</summary>
        public long? PaidBy { get; init; }

        /// <summary>What the next period will cost; null for none.</summary>
        public PlanCharge? Upcoming { get; init; }

        /// <summary>What will be charged after that up to the end of a trial.</summary>
        public ImmutableArray<PlanCharge> Then { get; init; } = [];

        /// <summary>Who asked for it, where that is not whoever brought the news of its payment. Not covered by digests, as no actor is.</summary>
        public Actor? By { get; init; }
    }

    /// <summary>A plan's fee is claimed for the payment provider, or goes on.</summary>
    public sealed record Fee(OrganizationId Organization, PlanFee Item, FeeStep Step) : Effect(Organization);

    /// <summary>Entry <paramref name="Seq"/> charges or gives back usage of <paramref name="Used"/>, a closed month, in a later one (rules §3).</summary>
    public sealed record BookLater(OrganizationId Organization, long Seq, BillingPeriod Used) : Effect(Organization);

    /// <summary>A refund is decided, or goes on; <paramref name="Step"/> is the line in its record.</summary>
    public sealed record Refund(OrganizationId Organization, RefundIntent Intent, RefundStep Step) : Effect(Organization);

    /// <summary>A purchase of credits is begun, or goes on; <paramref name="Step"/> is the line in its record.</summary>
    public sealed record Purchase(OrganizationId Organization, Checkout Checkout, CheckoutStep Step) : Effect(Organization);

    /// <summary>A voucher is redeemed.</summary>
    /// <param name="Organization">For whom.</param>
    /// <param name="Voucher">The voucher's id.</param>
    /// <param name="Number">Counts its redemptions.</param>
    public sealed record RedeemVoucher(OrganizationId Organization, string Voucher, int Number) : Effect(Organization);

    /// <summary>A coupon is redeemed, or given back where what it was for was not paid.</summary>
    public sealed record Redeem(OrganizationId Organization, string Coupon, bool Released) : Effect(Organization)
    {
        /// <summary>Counts the coupon's redemptions; 0 where it is given back.</summary>
        public int Number { get; init; }
    }

    internal void Describe(CanonicalForm form)
    {
        // What the entry beside it says in its detail is not said twice.
        if (this is Notify or Watch or TakeNumber or BookLater)
        {
            return;
        }

        form.Add(Organization.Value);
        switch (this)
        {
            case Post(_, var entry):
                form.Add("post").Add((long)entry.Kind).Add(entry.Reason.Code).Add(entry.Service).Add(entry.Comment).Add(entry.Detail)
                    .Add(entry.EffectiveAt?.Micros).Add(entry.Period).Add(entry.ReversesSeq).Add(entry.KeySuffix);
                foreach (var posting in entry.Postings)
                {
                    form.Add(posting.Account.Value).Add(posting.Amount);
                }

                break;
            case Block(_, var cause):
                form.Add("block").Add((long)cause);
                break;
            case Unblock(_, var cause):
                form.Add("unblock").Add((long)cause);
                break;
            case SetRule(_, var rule, var changed):
                rule.Describe(form.Add("rule"));

                // A change is from something to something: what somebody else set meanwhile is not overwritten unseen.
                DescribeChanges(form, changed?.Lines ?? []);
                break;
            case Recharge(_, var intent, _):
                form.Add("recharge").Add(intent.Number).Add((long)intent.State).Add(intent.Amount).Add(intent.CardId);
                break;
            case SetCard(_, var card):
                form.Add("card").Add(card.Id).Add(card.Inactive ? 1 : 0).Add(card.Removed ? 1 : 0);
                break;
            case Configure(_, var now, _, _):
                form.Add("configure").Add(now.Disabled ? 1 : 0).Add(now.AllowOverdraft ? 1 : 0).Add(now.Payer?.Value).Add(now.Parent?.Value)
                    .Add((long)now.ChargingModel);
                break;
            case SetInvoice(_, var invoice, var step):
                // Not its ordinal or number: which one it gets changes nothing that anybody agrees to.
                form.Add("invoice").Add((long)invoice.Document.Kind).Add((long)invoice.Status).Add(step.Code).Add(step.Amount).Add(step.Reference).Add(invoice.Document.Net)
                    .Add(invoice.Document.Tax).Add(invoice.Document.Due).Add(invoice.Outstanding);
                invoice.Document.Describe(form);
                break;
            case SetPeriod(_, var step, var until):
                form.Add("period").Add(step.Period).Add(step.Code).Add(step.Reason).Add(until.Micros);
                break;
            case SetBillingConfig(_, _, var settings):
                DescribeChanges(form.Add("billing-config"), settings);
                break;
            case Dispute(_, var change):
                form.Add("dispute").Add(change.Id).Add(change.Status);
                break;
            default:
                DescribeRest(form);
                break;
        }
    }

    private void DescribeRest(CanonicalForm form)
    {
        switch (this)
        {
            case Rate(_, var usage):
                usage.Describe(form.Add("rate"));
                break;
            case SetSubscription set:
                set.Subscription.Describe(form.Add("subscription"));
                set.Upcoming?.Describe(form);
                foreach (var charge in set.Then)
                {
                    charge.Describe(form);
                }

                break;
            case Fee(_, var fee, _):
                form.Add("fee").Add((long)fee.State).Add(fee.Payer.Value).Add(fee.CardId).Add(fee.Attempt);
                fee.Charge.Describe(form);
                fee.Next.Describe(form);
                fee.Upcoming?.Describe(form);
                break;
            case Refund(_, var refund, _):
                // Not its number: which one it gets changes nothing that anybody agrees to.
                form.Add("refund").Add(refund.Recharge).Add((long)refund.State).Add(refund.Amount).Add(refund.Forfeited).Add(refund.PaymentId);
                break;
            case Purchase(_, var checkout, _):
                form.Add("purchase").Add(checkout.Id).Add((long)checkout.State).Add(checkout.Amount).Add(checkout.CardId);
                break;
            case RedeemVoucher(_, var voucher, _):
                // Not its number: which one it gets changes nothing that anybody agrees to.
                form.Add("voucher").Add(voucher);
                break;
            case Redeem redeem:
                form.Add("redeem").Add(redeem.Coupon).Add(redeem.Released ? 1 : 0);
                break;
        }
    }

    private static void DescribeChanges(CanonicalForm form, ImmutableArray<SettingChange> lines)
    {
        foreach (var line in lines)
        {
            form.Add(line.Setting).Add(line.Before).Add(line.After);
        }
    }
}
