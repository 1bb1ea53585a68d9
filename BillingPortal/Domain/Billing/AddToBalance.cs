using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Adds to a prepaid balance by hand, as contract 4's POST does: a payment that came outside of the portal, a credit note, or the opening balance after a
/// reset. The amount is always added; the type says against what (decision 0024). It repays an overdraft first.
/// </summary>
public sealed record AddToBalance(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>The longest identifier of a payment.</summary>
    public const int MaxReference = 100;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Millionths, above zero.</summary>
    public required long Amount { get; init; }

    /// <summary>One of <see cref="PrepaidTransactions.Given"/>.</summary>
    public int Type { get; init; } = PrepaidTransactions.TopUp;

    /// <summary>One of <see cref="PrepaidTransactions.PaymentOptions"/>; null where none was said.</summary>
    public int? PaymentOption { get; init; }

    /// <summary>The payment's identifier elsewhere; empty for none.</summary>
    public string Reference { get; init; } = "";

    /// <summary>A person's words.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Millionths the actor may move alone in a rolling day.</summary>
    public required long Limit { get; init; }

    /// <inheritdoc />
    public override string Rule => "add-to-balance/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { RollingTotals = true };

    /// <summary>A payment has one key, whoever sends it and however often: it is booked once.</summary>
    public static string KeyOf(string reference) => "payment:" + CanonicalForm.Seal(reference);

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        if (state.ChargingModel != ChargingModel.Prepaid)
        {
            return Decision.No(RefusalCode.NotForPostpaid, $"{state.Name} is postpaid: it has no prepaid balance. Nothing was added.");
        }

        if (Amount <= 0)
        {
            return Decision.Wrong(nameof(Amount), "too_small", "The amount must be above zero.");
        }

        if (PrepaidTransactions.Find(PrepaidTransactions.Given, Type) is null)
        {
            return Decision.Wrong(nameof(Type), "unknown", "There is no such type: 1 top-up, 2 credit note, 3 balance reset.");
        }

        if (PaymentOption is { } option && PrepaidTransactions.Find(PrepaidTransactions.PaymentOptions, option) is null)
        {
            return Decision.Wrong(nameof(PaymentOption), "unknown", "There is no such payment option.");
        }

        var entry = Entry(state);
        return ApprovalLimit.Check(state, view.Facts, entry.Size, Limit) ?? Consequences.After(view, Organization, entry);
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Amount).Add(Type).Add(PaymentOption).Add(Reference).Add(Comment);

    /// <summary>A payment is cash against payments clearing; a credit note is bonus against goodwill; an opening balance is cash against cash adjustments.</summary>
    private EntryDraft Entry(LedgerState state)
    {
        var (kind, reason, contra, bucket) = Type switch
        {
            PrepaidTransactions.TopUp => (EntryKind.TopUp, ReasonCode.PaidInByHand, AccountKind.PaymentsClearing, AccountKind.Cash),
            PrepaidTransactions.CreditNote => (EntryKind.Adjustment, ReasonCode.CreditNoteGiven, AccountKind.Goodwill, AccountKind.Bonus),
            _ => (EntryKind.Adjustment, ReasonCode.BalanceReset, AccountKind.CashAdjustments, AccountKind.Cash),
        };
        var repaid = Math.Min(Amount, -state.BalanceOf(AccountKind.Overdraft));
        var detail = new JsonObject { ["rule"] = Rule, ["type"] = Type };
        if (PaymentOption is { } option)
        {
            detail["payment_option"] = option;
        }

        if (Reference.Length > 0)
        {
            detail["external_payment_identifier"] = Reference;
        }

        return new EntryDraft(kind, reason,
            [new(AccountKey.Of(contra), -Amount), new(AccountKey.Of(AccountKind.Overdraft), repaid), new(AccountKey.Of(bucket), Amount - repaid)])
        {
            Comment = Comment,
            Detail = detail.ToJsonString(Plain),
        };
    }
}
