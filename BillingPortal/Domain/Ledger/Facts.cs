using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Domain.Ledger;

/// <summary>Which facts a command must see beyond the state of its ledgers; the store loads them under the same lock.</summary>
/// <param name="Entry">The entry to be reversed, with what reversed it before.</param>
/// <param name="RollingTotals">True for the amounts moved by hand in the last 24 hours.</param>
/// <param name="Draws">Organizations and periods whose draws may be undone.</param>
public sealed record FactsNeeded(
    (OrganizationId Organization, long Seq)? Entry, bool RollingTotals, ImmutableArray<(OrganizationId Organization, int Period)> Draws)
{
    /// <summary>A second entry, where two are undone together.</summary>
    public (OrganizationId Organization, long Seq)? Other { get; init; }

    /// <summary>A recharge that may be older than those the state carries.</summary>
    public (OrganizationId Organization, long Number)? Recharge { get; init; }

    /// <summary>A dispute by the provider's id.</summary>
    public (string Provider, string Id)? Dispute { get; init; }

    /// <summary>A card by its number.</summary>
    public long? Card { get; init; }

    /// <summary>A refund, or the payment that a new one pays back.</summary>
    public RefundNeeded? Refund { get; init; }

    /// <summary>A purchase of credits, or the number of a new one.</summary>
    public CheckoutNeeded? Checkout { get; init; }

    /// <summary>A voucher by its code.</summary>
    public VoucherNeeded? Voucher { get; init; }

    /// <summary>Whose consumers are counted.</summary>
    public OrganizationId? PaysFor { get; init; }

    /// <summary>Subscription, catalogue, coupon and fee of an organization.</summary>
    public PlansNeeded? Plans { get; init; }

    /// <summary>The period to be closed or opened again, with who bills whom.</summary>
    public (OrganizationId Organization, int Period)? Closing { get; init; }

    /// <summary>An invoice, its credit notes, and whether others are overdue.</summary>
    public (OrganizationId Organization, int Ordinal)? Invoice { get; init; }

    /// <summary>The next number of the series of that organization's issuer.</summary>
    public (OrganizationId Organization, InvoiceKind Kind)? Number { get; init; }

    /// <summary>By what usage is priced.</summary>
    public RatingNeeded? Rating { get; init; }

    /// <summary>Whose billing configuration, with what keeps it from being prepaid.</summary>
    public OrganizationId? Config { get; init; }

    /// <summary>Nothing more: such commands are committed many in one transaction.</summary>
    public static readonly FactsNeeded None = new(null, false, []);

    /// <summary>True where nothing more is needed.</summary>
    public bool IsNone => Entry is null && !RollingTotals && Draws.IsEmpty && Other is null && Recharge is null && Dispute is null && Card is null && PaysFor is null && Plans is null
        && Closing is null && Invoice is null && Number is null && Rating is null && Config is null && Refund is null && Checkout is null && Voucher is null;
}

/// <summary>The facts a command asked for.</summary>
public sealed record Facts
{
    /// <summary>No facts.</summary>
    public static readonly Facts None = new();

    /// <summary>The entry asked for; null when there is none.</summary>
    public JournalEntry? Entry { get; init; }

    /// <summary>The entry that reversed it; null when it stands.</summary>
    public long? ReversedBy { get; init; }

    /// <summary>The second entry; null when there is none.</summary>
    public JournalEntry? Other { get; init; }

    /// <summary>The entry that reversed the second one.</summary>
    public long? OtherReversedBy { get; init; }

    /// <summary>The recharge asked for; null when there is none.</summary>
    public RechargeIntent? Recharge { get; init; }

    /// <summary>The dispute asked for, and the entry that booked it; null when there is none.</summary>
    public (DisputeChange Dispute, OrganizationId Organization)? Dispute { get; init; }

    /// <summary>The card asked for with whose it is; null when there is none or it was taken away.</summary>
    public (CardOnFile Card, OrganizationId Organization)? Card { get; init; }

    /// <summary>True where a plan's fee is being charged to that card.</summary>
    public bool CardPaysFee { get; init; }

    /// <summary>By what usage is priced; null where it was not asked for.</summary>
    public RatingFacts? Rating { get; init; }

    /// <summary>The billing configuration asked for.</summary>
    public BillingConfigFacts? Config { get; init; }

    /// <summary>What was asked about a refund; null where nothing was.</summary>
    public RefundFacts? Refund { get; init; }

    /// <summary>What was asked about a purchase of credits; null where nothing was.</summary>
    public CheckoutFacts? Checkout { get; init; }

    /// <summary>What was asked about a voucher; null where nothing was.</summary>
    public VoucherFacts? Voucher { get; init; }

    /// <summary>How many others draw on the balance of the organization asked about.</summary>
    public long PaysFor { get; init; }

    /// <summary>What was asked about plans; null where nothing was.</summary>
    public PlanFacts? Plans { get; init; }
    /// <summary>The period asked for.</summary>
    public ClosingFacts? Closing { get; init; }

    /// <summary>The invoice asked for; null when there is none.</summary>
    public InvoiceFacts? Invoice { get; init; }

    /// <summary>The number asked for. Held until the transaction ends, so that none is skipped or given twice.</summary>
    public NextNumber? Number { get; init; }

    /// <summary>Millionths moved by hand by this actor in the last 24 hours, everywhere.</summary>
    public long MovedByActor { get; init; }

    /// <summary>Millionths moved by hand in the organization in the last 24 hours, by anybody; the most of those that a command touches.</summary>
    public long MovedInOrganization { get; init; }

    /// <summary>The lines of charges and their corrections in the periods asked for, oldest first.</summary>
    public ImmutableArray<DrawLine> Draws { get; init; } = [];
}

/// <summary>One line of a charge, a charge credit or the reversal of one, on the customer's side.</summary>
public sealed record DrawLine(OrganizationId Organization, int Period, long Seq, EntryKind Kind, long? ReversesSeq, AccountKey Account, long Amount)
{
    /// <summary>Who used it, where this ledger paid for somebody else; null for its own usage.</summary>
    public OrganizationId? Consumer { get; init; }
}

/// <summary>A window of a cap that must be counted.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Start">Its first moment.</param>
/// <param name="End">The first moment after it.</param>
public sealed record WindowNeeded(OrganizationId Organization, Instant Start, Instant End)
{
    /// <summary>The window that <paramref name="at"/> lies in, for windows anchored there.</summary>
    public static WindowNeeded At(LedgerState state, Instant at, Instant? anchor)
    {
        var (start, end) = SpendingCalendar.WindowOf(at, anchor, state.Zone);
        return new WindowNeeded(state.Organization, start, end);
    }
}
