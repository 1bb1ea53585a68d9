using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Ledger;

/// <summary>
/// Everything of one organization that a money decision may read, as loaded under its head lock. Immutable: a decision that
/// is refused leaves it untouched, one that is taken gives the next state.
/// </summary>
public sealed record LedgerState
{
    /// <summary>Whose.</summary>
    public required OrganizationId Organization { get; init; }

    /// <summary>The last entry's number; 0 before the first.</summary>
    public long Seq { get; init; }

    /// <summary>The last entry's hash.</summary>
    public Hash256 Hash { get; init; }

    /// <summary>The latest effective time of any entry; the epoch before the first.</summary>
    public Instant HighEffectiveAt { get; init; }

    /// <summary>When the last entry was written.</summary>
    public Instant LastRecordedAt { get; init; }

    /// <summary>The one currency it keeps.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Whether it pays before or after.</summary>
    public ChargingModel ChargingModel { get; init; }

    /// <summary>True where requests may go into overdraft.</summary>
    public bool AllowOverdraft { get; init; }

    /// <summary>True while a person has switched it off.</summary>
    public bool Disabled { get; init; }

    /// <summary>Why requests are refused; null while they are not.</summary>
    public BlockCause? Blocked { get; init; }

    /// <summary>True while requests are refused for <paramref name="cause"/>.</summary>
    public bool IsBlockedBy(BlockCause cause) => (Blocked ?? BlockCause.None).HasFlag(cause);

    /// <summary>Nothing takes effect before this moment: the end of the last closed period.</summary>
    public Instant ClosedUntil { get; init; } = new(long.MinValue);

    /// <summary>The zone in which its months end, an IANA name.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What its people set: recharge, cap, card.</summary>
    public BillingRule Rule { get; init; } = BillingRule.None;

    /// <summary>What was spent in the cap's window; null without a cap. A decision sees the window that its moment lies in.</summary>
    public SpendingWindow? Window { get; init; }

    /// <summary>
    /// The window where <paramref name="at"/> lies in it and the calendar still draws it so; null where it must be counted anew, as after a change of the zone.
    /// </summary>
    public SpendingWindow? WindowHolding(Instant at) =>
        Window is { } window && window.Contains(at) && SpendingCalendar.WindowOf(at, Rule.Cap.Anchor, Zone) == (window.Start, window.End) ? window : null;

    /// <summary>Its recharges in flight and those of the last 32 days, and the last one, by number.</summary>
    public ImmutableArray<RechargeIntent> Recharges { get; init; } = [];

    /// <summary>Whose ledger pays, where it uses an ancestor's balance; null where it pays for itself.</summary>
    public OrganizationId? Payer { get; init; }

    /// <summary>Its reseller.</summary>
    public OrganizationId? Parent { get; init; }

    /// <summary>Its name, for words that people read; no decision hangs on it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its accounts by key; one that is missing is empty.</summary>
    public ImmutableSortedDictionary<AccountKey, Account> Accounts { get; init; } = ImmutableSortedDictionary<AccountKey, Account>.Empty;

    /// <summary>An account's balance in millionths.</summary>
    public long BalanceOf(AccountKey key) => Accounts.TryGetValue(key, out var account) ? account.Balance : 0;

    /// <summary>The balance of a kind over all its lots, in millionths.</summary>
    public long BalanceOf(AccountKind kind) => Accounts.Values.Where(account => account.Key.Kind == kind).Sum(account => account.Balance);

    /// <summary>Value held less what is owed, in millionths: the customer's side.</summary>
    public long Net => Accounts.Values.Where(account => ChartOfAccounts.IsCustomers(account.Key.Kind)).Sum(account => account.Balance);

    /// <summary>What can be refunded: rules §1, max(0, min(cash, cash + bonus)).</summary>
    public long Refundable => Math.Max(0, Math.Min(BalanceOf(AccountKind.Cash), BalanceOf(AccountKind.Cash) + BalanceOf(AccountKind.Bonus)));

    /// <summary>What a charge could take at <paramref name="now"/> and what is overdrawn, in millionths: what recharges compare (rules §6).</summary>
    public long AvailableAt(Instant now) => Accounts.Values
        .Where(account => ChartOfAccounts.Buckets.Contains(account.Key.Kind) && (account.ExpiresAt ?? Instant.Never) > now)
        .Sum(account => account.Balance);

    /// <summary>Its zone.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The contracts' "balance": cash + bonus + overdraft (rules §4).</summary>
    public long Balance => BalanceOf(AccountKind.Cash) + BalanceOf(AccountKind.Bonus) + BalanceOf(AccountKind.Overdraft);
}

/// <summary>Why an organization's requests are refused; several may hold at once. Stored: never renumber.</summary>
[Flags]
public enum BlockCause
{
    /// <summary>They are not.</summary>
    None = 0,

    /// <summary>Facts took it into an overdraft that nobody allowed.</summary>
    UnfundedOverdraft = 1,

    /// <summary>What its hard spending cap lets through is used up.</summary>
    CapReached = 2,

    /// <summary>It pays before, and has spent all it had. Ends when value comes.</summary>
    BalanceExhausted = 8,

    /// <summary>An invoice is 30 days overdue (rules §8).</summary>
    Overdue = 4,
}
