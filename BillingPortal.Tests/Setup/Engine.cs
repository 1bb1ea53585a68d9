using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Setup;

/// <summary>The few words that tests speak to recharges and caps.</summary>
internal static class Engine
{
    private static int _cards;

    public static NewCard Visa(string last4 = "4242") => new("test", "cus_1", $"pm_{Interlocked.Increment(ref _cards)}", "visa", last4, 12, 2030);

    public static Task<Receipt> CardAsync(this Ledger ledger, OrganizationId organization, NewCard? card = null) =>
        ledger.DoneAsync(new AddCard(Ledger.Tester, ledger.NextKey(), organization, card ?? Visa()) { Choose = true });

    public static SetBillingRule Rule(this Ledger ledger, params RuleWish[] wishes) => new(Ledger.Tester, ledger.NextKey()) { Wishes = [.. wishes] };

    public static RuleWish Recharge(OrganizationId organization, decimal threshold, decimal amount, decimal? limit = null) => new(organization)
    {
        RechargeEnabled = true,
        Threshold = Ledger.Micros(threshold),
        Amount = Ledger.Micros(amount),
        MonthlyLimit = limit is { } most ? Ledger.Micros(most) : null,
    };

    public static RuleWish Cap(OrganizationId organization, decimal amount, bool soft = false) =>
        new(organization) { CapEnabled = true, CapAmount = Ledger.Micros(amount), Soft = soft };

    public static async Task<List<RechargeIntentRow>> RechargesAsync(this Ledger ledger, OrganizationId organization)
    {
        await using var store = ledger.Database.Read();
        return await store.RechargeIntents.Where(intent => intent.OrganizationId == organization.Value).OrderBy(intent => intent.Number).ToListAsync();
    }

    /// <summary>Asks the provider for whatever recharge is due, and books what it says.</summary>
    public static async Task<RechargeIntent?> FlyAsync(this Ledger ledger, OrganizationId organization, Func<RechargeIntent, RechargeOutcome> said)
    {
        var due = (await ledger.RechargesAsync(organization)).Find(intent => intent.DueAt <= ledger.Now.Micros);
        if (due is null)
        {
            return null;
        }

        var claimed = await ledger.DoneAsync(new SubmitRecharge(Actor.System("engine"), ledger.NextKey(), organization, due.Number));
        var intent = claimed.Effects.OfType<Effect.Recharge>().Single().Intent;
        if (intent.InFlight)
        {
            await ledger.DoneAsync(new SettleRecharge(Actor.System("gateway"), organization, intent.Number, intent.Attempt, said(intent)));
        }

        return intent;
    }

    public static RechargeOutcome Paid(RechargeIntent intent) => new RechargeOutcome.Paid($"pay_{intent.Number}_{intent.Attempt}");

    public static RechargeOutcome Declined(RechargeIntent intent) => new RechargeOutcome.Declined(null, "card_declined", "The card was declined.");
}
