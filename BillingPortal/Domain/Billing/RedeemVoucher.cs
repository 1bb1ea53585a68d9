using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Redeems a voucher: promotional credits against promotions granted. A code that gives nothing here is refused in the same words whatever the reason, so
/// that nobody learns of vouchers that are not theirs.
/// </summary>
public sealed record RedeemVoucher(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>What is said of every code that gives nothing here.</summary>
    public const string NotRedeemable = "This code cannot be redeemed here. Look whether it is typed right; if it is, ask whoever gave it to you.";

    /// <summary>What is said of one's own.</summary>
    public const string Redeemed = "This voucher was redeemed for this organization already.";

    /// <summary>The normalised code; empty where what was typed can be none.</summary>
    public required string Code { get; init; }

    /// <summary>The email of who redeems it.</summary>
    public string? Email { get; init; }

    /// <inheritdoc />
    public override string Rule => "redeem-voucher/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Voucher = new VoucherNeeded(Organization, Code) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        if (state.Disabled)
        {
            return Decision.No(RefusalCode.Disabled, $"{state.Name} is disabled. Nothing was redeemed.");
        }

        if (state.Payer is not null)
        {
            return Decision.No(RefusalCode.NotRelated, $"{state.Name} uses another organization's balance, so credits of its own would lie unused. Redeem it for the one that pays.");
        }

        var facts = view.Facts.Voucher ?? throw new InvalidOperationException("The facts about the voucher were not loaded.");
        if (facts.RedeemedBefore)
        {
            return Decision.No(RefusalCode.VoucherNotValid, Redeemed, nameof(Code));
        }

        if (facts.Voucher is not { } voucher || !voucher.CanBeRedeemed(Organization, state.Currency, Email, facts.Redemptions, view.Now))
        {
            return Decision.No(RefusalCode.VoucherNotValid, NotRedeemable, nameof(Code));
        }

        var course = new Course(view);
        Consequences.Post(course, Organization, new EntryDraft(EntryKind.Grant, ReasonCode.VoucherRedeemed,
        [
            new(AccountKey.Of(AccountKind.PromotionsGranted), -voucher.Amount.Micros),
            new(AccountKey.Of(AccountKind.Promotional), voucher.Amount.Micros),
        ])
        {
            Comment = voucher.Note,
            Detail = $$"""{"rule":"{{Rule}}","voucher":"{{voucher.Id}}"}""",
        });
        course.Add(new Effect.RedeemVoucher(Organization, voucher.Id, facts.Redemptions + 1));
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Code);
}
