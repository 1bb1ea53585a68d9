using System.Collections.Immutable;
using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;

namespace BillingPortal.Tests.Domain.Plans;

/// <summary>A ledger and a subscription in memory: what the store would keep of what the commands about plans decide.</summary>
internal sealed class PlanDesk(string currency, VatRate? vat)
{
    public static readonly OrganizationId Acme = new(10_001);

    private static readonly InvoiceParty Party = new("Acme", [], "", "", "", "DE");

    private long _keys;

    public DateOnly Today { get; set; } = new(2027, 11, 20);

    public bool HasCard { get; set; } = true;

    public Coupon? Coupon { get; set; }

    public LedgerState State { get; private set; } = new() { Organization = Acme, Currency = Currency.Of(currency), ChargingModel = ChargingModel.Postpaid, TimeZone = "Europe/Berlin" };

    public Subscription? Subscription { get; private set; }

    public PlanFee? Fee { get; private set; }

    public List<EntryDraft> Entries { get; } = [];

    public List<InvoiceDocument> Invoices { get; } = [];

    private Instant Now => LocalTime.FirstMomentOf(Today, State.Zone).Plus(TimeSpan.FromHours(9));

    /// <summary>What a wish would come to, as the wizard would show it; null where it is refused or changes nothing.</summary>
    public PlanOutlook? Foresee(SubscriptionWish wish, out Decision.Effects? decision)
    {
        var command = new ChangeSubscription(Actor.System("test"), "k" + ++_keys, Acme) { Wish = wish, ByFinance = true };
        decision = Decide(command) as Decision.Effects;
        var view = new DecisionView(ImmutableSortedDictionary<OrganizationId, LedgerState>.Empty.Add(Acme, State), Facts.None, Now);
        return decision is null ? null : PlanOutlook.Of(new Preview(command, default!, Now, decision.Items, [.. Posted(decision).Select(Journalled)], view.States, view.States), Acme);
    }

    /// <summary>Does it, and where a fee is due says that it is paid, or declined. Gives the entries that followed.</summary>
    public IReadOnlyList<EntryDraft> Take(Decision.Effects decision, bool paid = true)
    {
        var before = Entries.Count;
        Apply(decision);
        if (Fee is { InFlight: true } fee)
        {
            RechargeOutcome outcome = paid ? new RechargeOutcome.Paid($"payment-{fee.Number}-{fee.Attempt}") : new RechargeOutcome.Declined(null, "card_declined", "The card was declined.");
            Apply((Decision.Effects)Decide(new SettleFee(Actor.System("gateway"), Acme, Acme, fee.Number, fee.Attempt, outcome)));
        }

        return Entries.GetRange(before, Entries.Count - before);
    }

    /// <summary>Each day until then, that day included, time does what is due; gives the entries that followed.</summary>
    public IReadOnlyList<EntryDraft> PassTo(DateOnly day, bool paid = true)
    {
        var before = Entries.Count;
        while (Today < day)
        {
            Today = Today.AddDays(1);
            while (Due() is { } due)
            {
                Take(due, paid);
            }
        }

        return Entries.GetRange(before, Entries.Count - before);
    }

    /// <summary>A person pays what is past due before its next attempt.</summary>
    public void PayNow(bool paid)
    {
        if (Fee is { State: FeeState.Retrying } fee && Decide(new SubmitFee(Actor.User("test", "page"), "k" + ++_keys, Acme, fee.Number) { Now = true }) is Decision.Effects now)
        {
            Take(now, paid);
        }
    }

    private Decision.Effects? Due() => Decide(new RollSubscription(Actor.System("engine"), "k" + ++_keys, Acme)) as Decision.Effects is { Items.IsEmpty: false } due ? due : null;

    private Decision Decide(MoneyCommand command)
    {
        var state = State with { Rule = State.Rule with { Card = HasCard ? new CardOnFile(1, "visa", "4242", Inactive: false) : null } };
        var plans = new PlanFacts
        {
            Catalogue = PlanWorld.Catalogue,
            Subscription = Subscription,
            PlanCode = PlanCatalogue.Free,
            Fee = Fee is { IsOpen: true } || command is SettleFee or SubmitFee ? Fee : null,
            Fees = Fee?.Number ?? 0,
            Coupon = Coupon,
            Profile = new InvoicingProfile("main", "UTC", Party, Party, PaymentTerm.Default, new TaxProfile("DE", "DE", null, false, vat)),
            NextOrdinal = Invoices.Count + 1,
        };
        var facts = Facts.None with { Plans = plans, Number = new NextNumber("INV-2027", "main", Invoices.Count + 1, "UTC") };
        return command.Decide(new DecisionView(ImmutableSortedDictionary<OrganizationId, LedgerState>.Empty.Add(Acme, state), facts, Now));
    }

    private void Apply(Decision.Effects decision)
    {
        foreach (var effect in decision.Items)
        {
            switch (effect)
            {
                case Effect.Post(_, var entry):
                    State = State.After(entry, Now) with { Seq = State.Seq + 1 };
                    Entries.Add(entry);
                    break;
                case Effect.Fee(_, var fee, _):
                    Fee = fee;
                    break;
                case Effect.SetSubscription(_, var subscription, _):
                    Subscription = subscription;
                    break;
                case Effect.SetInvoice(_, var invoice, _):
                    Invoices.Add(invoice.Document);
                    break;
            }
        }
    }

    /// <summary>The entry as a preview carries it: only its lines are read.</summary>
    private static JournalEntry Journalled(EntryDraft entry) => new()
    {
        Organization = Acme, Seq = 1, Kind = entry.Kind, Reason = entry.Reason.Code, Comment = "", Actor = Actor.System("test"), Service = entry.Service, Detail = entry.Detail, Period = 0,
        EffectiveAt = default, RecordedAt = default, Late = false, IdempotencyKey = "", RequestHash = default, PreviousHash = default, NetAmount = 0, NetAfter = 0,
        Postings = [.. entry.Postings.Select(line => new Posting(line.Account, line.Amount, 0))],
    };

    private static IEnumerable<EntryDraft> Posted(Decision.Effects decision) => decision.Items.OfType<Effect.Post>().Select(post => post.Entry);
}
