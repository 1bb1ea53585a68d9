using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Tests.Domain.Plans;

/// <summary>A child, its parent, one subscription and its fees in memory: what the store would keep of what the commands about plans decide.</summary>
internal sealed class FeeDesk
{
    public static readonly OrganizationId Child = new(10_002), Parent = new(10_001);

    private static readonly InvoiceParty Party = new("Acme", ["Torstraße 140"], "Berlin", "10119", "", "DE");

    private long _keys;

    public FeeDesk(string now, bool parentPays = false)
    {
        Now = At(now);
        Add(new LedgerState { Organization = Parent, Name = "Ada", Currency = Currency.Usd, ChargingModel = ChargingModel.Prepaid, Rule = WithCard });
        Add(new LedgerState { Organization = Child, Name = "Bay", Currency = Currency.Usd, ChargingModel = ChargingModel.Prepaid, Rule = WithCard, Parent = Parent, Payer = parentPays ? Parent : null });
    }

    public ImmutableSortedDictionary<OrganizationId, LedgerState> States { get; private set; } = ImmutableSortedDictionary<OrganizationId, LedgerState>.Empty;

    public Instant Now { get; private set; }

    public Subscription? Subscription { get; set; }

    public string Plan { get; set; } = PlanCatalogue.Free;

    public List<PlanFee> Fees { get; } = [];

    public List<Notice> Notices { get; } = [];

    public List<SubscriptionChange> Changes { get; } = [];

    public List<InvoiceDocument> Invoices { get; } = [];

    public List<EntryDraft> Entries { get; } = [];

    public VatRate? Vat { get; set; }

    public Coupon? Coupon { get; set; }

    public PlanFee? Open => Fees.FirstOrDefault(fee => fee.IsOpen);

    private static BillingRule WithCard => BillingRule.None with { Card = new CardOnFile(1, "visa", "4242", Inactive: false) };

    private OrganizationId? Payer => States[Child].Payer;

    public void Set(OrganizationId organization, Func<LedgerState, LedgerState> change) => Add(change(States[organization]));

    /// <summary>A wish of a person's, paid or declined where something is due.</summary>
    public Decision Wish(SubscriptionWish wish, bool paid = true, bool finance = true) => Settled(new ChangeSubscription(Actor.System("test"), Key(), Child) { Wish = wish, Payer = Payer, ByFinance = finance }, paid);

    public Decision PayNow(bool paid) => Settled(new SubmitFee(Actor.System("test"), Key(), Child, Open!.Number) { Payer = Payer, Now = true }, paid);

    /// <summary>Until then time does what is due, each minute that something is; a card says yes or no.</summary>
    public void Until(string moment, bool paid = true)
    {
        for (var (end, steps) = (At(moment), 0); Due() is { } due && due <= end && steps < 400; steps++)
        {
            Now = due > Now ? due : Now;
            if (Open is { DueAt: { } asked } fee && asked <= Now)
            {
                Settled(new SubmitFee(Actor.System("engine"), Key(), Child, fee.Number) { Payer = Payer }, paid);
                continue;
            }

            if (Settled(new RollSubscription(Actor.System("engine"), Key(), Child) { Payer = Payer }, paid) is not Decision.Effects)
            {
                break;
            }
        }

        Now = At(moment);
    }

    public Decision Decide(MoneyCommand command)
    {
        var needs = command.Needs.Plans!;
        var facts = Facts.None with
        {
            Plans = new PlanFacts
            {
                Catalogue = PlanWorld.Catalogue,
                Subscription = Subscription,
                PlanCode = Plan,
                Fee = needs.Fee is { } number ? Fees.FirstOrDefault(fee => fee.Payer == needs.Payer && fee.Number == number) : Open,
                Fees = Fees.Where(fee => fee.Payer == needs.Payer).Select(fee => fee.Number).DefaultIfEmpty(0).Max(),
                Coupon = Coupon,
                Profile = new InvoicingProfile("main", "UTC", Party, Party, PaymentTerm.Default, new TaxProfile("DE", "DE", null, false, Vat)),
                NextOrdinal = Invoices.Count + 1,
            },
            Number = new NextNumber("INV-2027", "main", Invoices.Count + 1, "UTC"),
        };
        return command.Decide(new DecisionView(States.Where(state => command.Organizations.Contains(state.Key)).ToImmutableSortedDictionary(), facts, Now));
    }

    private static Instant At(string moment) => Instant.From(DateTimeOffset.Parse(moment + (moment.Contains('T', StringComparison.Ordinal) ? "Z" : "T12:00Z"), System.Globalization.CultureInfo.InvariantCulture));

    private Instant? Due() => (Open, Subscription?.DueAt(States[Child].Zone)) switch
    {
        ({ InFlight: false, DueAt: { } fee }, { } period) => fee < period ? fee : period,
        ({ InFlight: true }, _) => null,
        (_, var period) => period,
    };

    private string Key() => "k" + ++_keys;

    private Decision Settled(MoneyCommand command, bool paid)
    {
        var decision = Decide(command);
        Apply(decision);
        if (Open is { State: FeeState.Submitted } fee)
        {
            RechargeOutcome outcome = paid ? new RechargeOutcome.Paid($"payment-{fee.Payer}-{fee.Number}-{fee.Attempt}") : new RechargeOutcome.Declined(null, "card_declined", "Insufficient funds.");
            Apply(Decide(new SettleFee(Actor.System("gateway"), Child, fee.Payer, fee.Number, fee.Attempt, outcome)));
        }

        return decision;
    }

    private void Add(LedgerState state) => States = States.SetItem(state.Organization, state);

    private void Apply(Decision decision)
    {
        foreach (var effect in decision is Decision.Effects { Items: var items } ? items : [])
        {
            switch (effect)
            {
                case Effect.Post(var organization, var entry):
                    Set(organization, state => state.After(entry, Now) with { Seq = state.Seq + 1 });
                    Entries.Add(entry);
                    break;
                case Effect.Fee(_, var fee, _):
                    Fees.RemoveAll(held => held.Payer == fee.Payer && held.Number == fee.Number);
                    Fees.Add(fee);
                    break;
                case Effect.SetSubscription(_, var subscription, var change):
                    Subscription = subscription;
                    Changes.Add(change);
                    break;
                case Effect.SetInvoice(_, var invoice, _):
                    Invoices.Add(invoice.Document);
                    break;
                case Effect.Notify(_, var notice):
                    Notices.Add(notice);
                    break;
            }
        }
    }
}
