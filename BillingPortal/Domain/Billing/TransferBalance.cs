using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Moves value between a reseller and a sub-organization: two linked entries in one transaction, through transfers in transit, which sums to
/// zero (rules §1). The bucket stays what it is, cash refundable, and cash that arrives repays an overdraft first.
/// </summary>
public sealed record TransferBalance(Actor Actor, string Key, OrganizationId From, OrganizationId To) : MoneyCommand(Actor, Key)
{
    /// <summary>The buckets that can be moved. Monthly credits belong to a plan and stay.</summary>
    public static readonly ImmutableArray<AccountKind> Buckets = [AccountKind.Cash, AccountKind.Bonus, AccountKind.Promotional];

    /// <summary>Which bucket.</summary>
    public AccountKind Bucket { get; init; } = AccountKind.Cash;

    /// <summary>Millionths, above zero.</summary>
    public required long Amount { get; init; }

    /// <summary>A person's words.</summary>
    public string Comment { get; init; } = "";

    /// <inheritdoc />
    public override string Rule => "transfer-balance/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [From, To];

    /// <inheritdoc />
    public override ImmutableArray<(OrganizationId Organization, string Key)> EntryKeys => [(From, Key), (To, Key + Transfers.ReceivedFrom(From))];

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var (from, to) = (view.States[From], view.States[To]);
        if (Amount <= 0)
        {
            return Decision.Wrong(nameof(Amount), "too_small", "The amount must be above zero.");
        }

        if (!Buckets.Contains(Bucket))
        {
            return Decision.Wrong(nameof(Bucket), "unknown", "Cash, bonus or promotional credits can be moved.");
        }

        if (from.Parent != To && to.Parent != From)
        {
            return Decision.No(RefusalCode.NotRelated, "Value moves between an organization and its own parent. Nothing was moved.");
        }

        if (to.Payer is not null)
        {
            return Decision.No(RefusalCode.NotRelated, $"{to.Name} uses its parent's balance; value of its own would lie idle. Nothing was moved.");
        }

        if (from.Currency != to.Currency)
        {
            return Decision.No(RefusalCode.CurrencyNotSupported, $"{from.Name} keeps {from.Currency.Code} and {to.Name} keeps {to.Currency.Code}. Nothing was moved.");
        }

        if (to.Payer is not null)
        {
            return Decision.No(RefusalCode.NotRelated, $"{to.Name} uses its parent's balance: value of its own would lie idle there. Nothing was moved.");
        }

        var available = Bucket == AccountKind.Cash ? from.Refundable : Transfers.Held(from, Bucket, view.Now);
        if (Amount > available)
        {
            return Decision.No(RefusalCode.InsufficientBalance,
                $"{from.Name} can move {new Money(available, from.Currency).ToString(CultureInfo.InvariantCulture)} of {ChartOfAccounts.NameOf(Bucket).ToLowerInvariant()}. Nothing was moved.", nameof(Amount));
        }

        var course = new Course(view);
        Transfers.Move(course, From, To, Bucket, Amount, ReasonCode.Transferred, Comment, Transfers.IdOf(Key, From, To), "");
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add((long)Bucket).Add(Amount).Add(Comment);
}

/// <summary>Undoes a transfer from both sides, by the inverse of each entry.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="From">Whose value it took.</param>
/// <param name="FromSeq">The entry there.</param>
/// <param name="To">Who received it.</param>
/// <param name="ToSeq">The entry there.</param>
public sealed record UndoTransfer(Actor Actor, string Key, OrganizationId From, long FromSeq, OrganizationId To, long ToSeq) : MoneyCommand(Actor, Key)
{
    /// <summary>A person's words.</summary>
    public string Comment { get; init; } = "";

    /// <inheritdoc />
    public override string Rule => "undo-transfer/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [From, To];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Entry = (From, FromSeq), Other = (To, ToSeq) };

    /// <inheritdoc />
    public override ImmutableArray<(OrganizationId Organization, string Key)> EntryKeys => [(To, Key + Transfers.ReceivedFrom(From)), (From, Key)];

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.Facts is not { Entry: { TransferId: { } id, Kind: EntryKind.Transfer } given, Other: { Kind: EntryKind.Transfer } taken } || taken.TransferId != id)
        {
            return new Decision.NotFound("There is no such transfer.");
        }

        if ((view.Facts.ReversedBy ?? view.Facts.OtherReversedBy) is not null)
        {
            return Decision.No(RefusalCode.AlreadyReversed, "The transfer was undone before.");
        }

        var (from, to) = (view.States[From], view.States[To]);
        if (from.Payer is not null)
        {
            return Decision.No(RefusalCode.NotRelated, $"{from.Name} uses its parent's balance. Let it pay for itself first. Nothing was moved.");
        }

        foreach (var posting in taken.Postings.Where(posting => ChartOfAccounts.IsCustomers(posting.Account.Kind)))
        {
            var after = to.BalanceOf(posting.Account) - posting.Amount;
            var both = to.BalanceOf(AccountKind.Cash) + to.BalanceOf(AccountKind.Bonus) - (posting.Account.Kind is AccountKind.Cash or AccountKind.Bonus ? posting.Amount : 0);
            if ((posting.Account.Kind != AccountKind.Overdraft && after < 0) || both < 0)
            {
                var has = new Money(Math.Max(0, to.BalanceOf(posting.Account)), to.Currency).ToString(CultureInfo.InvariantCulture);
                return Decision.No(RefusalCode.BelowFloor,
                    $"{to.Name} has {has} of the {new Money(posting.Amount, to.Currency).ToString(CultureInfo.InvariantCulture)} that it received. Transfer that back instead.", "Amount");
            }
        }

        var course = new Course(view);
        var undoing = Transfers.IdOf(Key, From, To);
        Consequences.Post(course, To, Inverse(taken, undoing, Transfers.ReceivedFrom(From)));
        Consequences.Post(course, From, Inverse(given, undoing, ""));
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(FromSeq).Add(ToSeq).Add(Comment);

    private EntryDraft Inverse(JournalEntry entry, Guid undoing, string suffix) => new(EntryKind.Reversal, ReasonCode.Undone, Journal.Inverse(entry))
    {
        Comment = Comment,
        ReversesSeq = entry.Seq,
        TransferId = undoing,
        KeySuffix = suffix,
        Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"undo-transfer/1","reverses":{{entry.Seq}}}"""),
    };
}
