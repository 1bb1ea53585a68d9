using System.Globalization;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Ledger;

/// <summary>
/// Which account within an organization: its kind and, for credits that lapse, its lot. Stored as <c>kind + 100 × lot</c>; lot 0 is the
/// account that never lapses. One currency for an organization (rules §3), so the currency is no part of it.
/// </summary>
public readonly record struct AccountKey(int Value) : IComparable<AccountKey>
{
    /// <summary>The account of <paramref name="kind"/> for the lot with number <paramref name="lot"/>; 0 never lapses.</summary>
    public static AccountKey Of(AccountKind kind, int lot = 0) => new(checked((int)kind + (100 * lot)));

    /// <summary>
    /// The revenue that a payer's ledger has from <paramref name="consumer"/>, who uses its balance: the consumer's number is the lot, so that what
    /// it spent is an account of its own (rules §1). Numbers up to 21 million fit.
    /// </summary>
    public static AccountKey RevenueFrom(OrganizationId consumer) => Of(AccountKind.Revenue, checked((int)consumer.Value));

    /// <summary>Who used what this account counts, where somebody else's ledger pays; null for every other account.</summary>
    public OrganizationId? Consumer => Kind == AccountKind.Revenue && Lot > 0 ? new OrganizationId(Lot) : null;

    /// <summary>What it holds.</summary>
    public AccountKind Kind => (AccountKind)(Value % 100);

    /// <summary>Which lot of credits that lapse; 0 for none.</summary>
    public int Lot => Value / 100;

    /// <inheritdoc />
    public int CompareTo(AccountKey other) => Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override string ToString() =>
        Lot == 0 ? ChartOfAccounts.CodeOf(Kind) : string.Create(CultureInfo.InvariantCulture, $"{ChartOfAccounts.CodeOf(Kind)}:{Lot}");
}

/// <summary>An account as it stands.</summary>
/// <param name="Key">Which.</param>
/// <param name="Balance">Millionths, the customer's sign.</param>
/// <param name="ExpiresAt">When what is left lapses; null for never.</param>
public sealed record Account(AccountKey Key, long Balance, Instant? ExpiresAt = null);
