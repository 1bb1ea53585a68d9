using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Tests.Domain.Invoices;

/// <summary>One organization's books in memory: journal, documents and months, with what the store would load for the decisions about them.</summary>
internal sealed class MonthBooks
{
    public static readonly OrganizationId Acme = new(10_700);
    private int _key, _numbers;

    public MonthBooks(ChargingModel model, TaxTreatment tax, Currency? currency = null)
    {
        Tax = tax;
        State = new LedgerState { Organization = Acme, Currency = currency ?? Currency.Usd, ChargingModel = model, Name = "Acme" };
    }

    public TaxTreatment Tax { get; set; }

    public LedgerState State { get; set; }

    public List<JournalEntry> Entries { get; } = [];

    public SortedDictionary<int, Invoice> Invoices { get; } = [];

    /// <summary>What is charged for a month whatever is used.</summary>
    public Dictionary<int, long> Packages { get; } = [];

    /// <summary>What is known of the refund that a command is about.</summary>
    public RefundFacts? Refund { get; set; }

    public Instant Now { get; set; } = At(2026, 9, 10);

    public long Unit => State.Currency.MinorUnit;

    public static Instant At(int year, int month, int day) => Instant.From(new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.Zero));

    public string Key() => $"key {++_key}";

    public long Held(AccountKind kind) => State.BalanceOf(kind);

    public Invoice Document(int period) => Invoices.Values.Last(invoice => invoice.Document.Period == period && invoice.Document.Kind != InvoiceKind.CreditNote && invoice.Status != InvoiceStatus.Void);

    public Decision Run(MoneyCommand command)
    {
        var facts = new Facts
        {
            Refund = Refund,
            Closing = command.Needs.Closing is { } closing ? Closing(closing.Period) : null,
            Invoice = command.Needs.Invoice is { } asked && Invoices.TryGetValue(asked.Ordinal, out var invoice) ? Of(invoice) : null,
            Number = command.Needs.Number is null ? null : new NextNumber("INV-2026", "main", ++_numbers, "UTC"),
        };
        var decision = command.Decide(new DecisionView(ImmutableSortedDictionary<OrganizationId, LedgerState>.Empty.Add(Acme, State), facts, Now));
        foreach (var effect in decision is Decision.Effects taken ? taken.Items : [])
        {
            if (effect is Effect.Post post)
            {
                Post(post.Entry, command);
            }
            else
            {
                State = State.After(effect);
            }

            if (effect is Effect.SetInvoice set)
            {
                Invoices[set.Invoice.Ordinal] = set.Invoice;
            }
        }

        return decision;
    }

    public ImmutableArray<Effect> Done(MoneyCommand command) => Run(command) is var decision && decision is Decision.Effects done ? done.Items
        : throw new InvalidOperationException($"{command.Rule}: {decision}");

    public void Charge(long amount, string service = "Compute") => Done(new ChargeUsage(Actor.System("test"), Key(), Acme) { Amount = amount, Service = service, Mode = ChargeMode.Fact });

    public void TopUp(long amount) => Done(new TopUp(Actor.System("test"), Key(), Acme) { Amount = amount });

    /// <summary>Gives back what an earlier month charged, where that month drew it: whatever rule says from where.</summary>
    public void GiveBack(long amount, AccountKind to, string service = "Compute") => Post(
        new EntryDraft(EntryKind.ChargeCredit, ReasonCode.UsageRedelivered, [new(AccountKey.Of(to), amount), new(AccountKey.Of(AccountKind.Revenue), -amount)]) { Service = service },
        new ChargeUsage(Actor.System("test"), Key(), Acme) { Amount = amount, Service = service });

    public void Close(int period) => Done(new ClosePeriod(Actor.System("test"), Key(), Acme, new BillingPeriod(period)));

    public void Issue(int period) => Done(new IssueInvoice(Actor.System("test"), Key(), Acme, Document(period).Ordinal));

    public JournalEntry Post(EntryDraft draft, MoneyCommand command)
    {
        var (entry, next) = Journal.Post(State, draft, command, command.RequestHash, Now);
        Entries.Add(entry);
        State = next;
        return entry;
    }

    private InvoiceFacts Of(Invoice invoice) => new(invoice, Entries.Find(entry => entry.Seq == invoice.Seq),
        [.. Invoices.Values.Where(note => note.Document.Corrects?.Ordinal == invoice.Ordinal)], 0, Invoices.Count + 1);

    private ClosingFacts Closing(int period)
    {
        var party = new InvoiceParty("Acme", ["Damrak 1"], "Amsterdam", "1012 LG", "", "NL");
        var rate = new VatRate(1, "NL", "Chosen", Tax.BasisPoints, new DateOnly(2020, 1, 1), null, true);
        var issued = Invoices.Values.Where(invoice => invoice.Document.Period == period && invoice.Document.Kind != InvoiceKind.CreditNote).ToList();
        var standing = issued.LastOrDefault(invoice => invoice.Status != InvoiceStatus.Void);
        var voided = standing is null ? issued.LastOrDefault(invoice => invoice.Document.Number is not null) : null;
        var voiding = voided is null ? null : Entries.Find(entry => entry.ReversesSeq == voided.Seq);
        return new ClosingFacts(Figures(period), new InvoicingProfile("main", "UTC", party, party, PaymentTerm.Default, new TaxProfile("NL", "NL", null, false, rate)),
            Packages.TryGetValue(period, out var package) && package > 0 ? [new RecurringCharge(Acme, "Acme", "Package", package)] : [], Invoices.Count + 1)
        {
            Document = standing,
            Booked = standing is null ? null : Entries.Find(entry => entry.Seq == standing.Seq),
            Voiding = voiding is not null && Entries.Exists(entry => entry.ReversesSeq == voiding.Seq) ? null : voiding,
        };
    }

    public PeriodFigures Figures(int period)
    {
        var usage = Entries.Where(entry => entry.Period == period && (entry.Kind is EntryKind.Charge or EntryKind.ChargeCredit)).ToList();
        long Sum(IEnumerable<JournalEntry> entries, AccountKind kind) => entries.SelectMany(entry => entry.Postings).Where(line => line.Account.Kind == kind).Sum(line => line.Amount);
        var first = State.ClosedUntil.Micros == long.MinValue ? 0 : BillingPeriod.Of(State.ClosedUntil, State.TimeZone).Number;
        bool Voids(JournalEntry entry) => entry.Kind == EntryKind.Reversal && entry.Reason is "invoice_voided" or "period_reopened";
        return new PeriodFigures(period)
        {
            Usage = [.. usage.GroupBy(entry => entry.Service).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new UsageFigure(Acme, "Acme", group.Key, Sum(group, AccountKind.Revenue)))],
            Monthly = -Sum(usage, AccountKind.Monthly),
            Promotional = -Sum(usage, AccountKind.Promotional),
            Cash = -Sum(usage, AccountKind.Cash),
            Bonus = -Sum(usage, AccountKind.Bonus),
            Overdraft = -Sum(usage, AccountKind.Overdraft),
            Unbilled = -Sum(Entries.Where(entry => entry.Period <= period), AccountKind.UnbilledReceivable),
            Voided = [.. VoidedInvoice.Standing(Entries.Where(entry => entry.Period == period && Voids(entry)).Select(entry => VoidedInvoice.Read(entry.Detail)).OfType<VoidedInvoice>())],
            EarlierOpen = Entries.Where(entry => entry.Period >= first && entry.Period < period && (entry.Kind is EntryKind.Charge or EntryKind.ChargeCredit || Voids(entry)))
                .Select(entry => (int?)entry.Period).Min(),
        };
    }
}
