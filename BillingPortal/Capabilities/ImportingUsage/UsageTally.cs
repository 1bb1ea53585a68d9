using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>An organization that a file mentions.</summary>
/// <param name="Who">Its identity.</param>
/// <param name="Name">Its name as the file's first row about it gives it.</param>
/// <param name="Currency">The one currency of its rows.</param>
/// <param name="FirstRow">The row that mentions it first.</param>
public sealed record UsageOrganization(UsageIdentity Who, string Name, Currency Currency, long FirstRow);

/// <summary>
/// Sums a file's rows exactly into groups while they stream by. It holds organizations and groups, never rows, and refuses more groups than
/// one transaction should post.
/// </summary>
public sealed class UsageTally(RowErrors errors)
{
    /// <summary>Most groups in one file.</summary>
    public const int MaxGroups = 50_000;

    private readonly Dictionary<UsageGroup, UsageSum> _groups = [];
    private readonly Dictionary<UsageGroup, int> _numbers = [];
    private readonly Dictionary<UsageIdentity, UsageOrganization> _organizations = [];
    private readonly HashSet<UsageIdentity> _billed = [];

    /// <summary>The exact sum of each group.</summary>
    public IReadOnlyDictionary<UsageGroup, UsageSum> Groups => _groups;

    /// <summary>The organizations mentioned, the billing accounts above them included.</summary>
    public IReadOnlyDictionary<UsageIdentity, UsageOrganization> Organizations => _organizations;

    /// <summary>The number of a group within the file, from 1 in the order of first rows.</summary>
    public int NumberOf(UsageGroup group) => _numbers[group];

    /// <summary>Adds <paramref name="row"/>, or says why it cannot stand beside the rows before it.</summary>
    public bool Add(FocusRow row)
    {
        var who = row.Group.Who;
        var known = Know(who, row.SubAccountName ?? row.BillingAccountName, row);
        if (_billed.Add(who) && known.Currency != row.Currency)
        {
            // Known so far only as the account above another's rows; its currency is fixed by its own.
            _organizations[who] = known = known with { Currency = row.Currency, FirstRow = row.Number };
        }

        _ = Know(who.BillingAccount, row.BillingAccountName, row);
        if (known.Currency != row.Currency)
        {
            errors.Add(new(row.Number, nameof(FocusColumn.BillingCurrency), row.Currency.Code, string.Create(
                CultureInfo.InvariantCulture, $"row {known.FirstRow} bills the same organization in {known.Currency}; an organization has one billing currency.")));
            return false;
        }

        if (!_groups.TryGetValue(row.Group, out var sum) && _groups.Count == MaxGroups)
        {
            errors.Stop(new(row.Number, null, null, string.Create(
                CultureInfo.InvariantCulture, $"more than {MaxGroups:N0} charges in one file; import one billing account or one month at a time.")));
            return false;
        }

        return AddAmount(row, sum);
    }

    private UsageOrganization Know(UsageIdentity who, string name, FocusRow row)
    {
        if (!_organizations.TryGetValue(who, out var known))
        {
            _organizations[who] = known = new(who, name, row.Currency, row.Number);
        }

        return known;
    }

    private bool AddAmount(FocusRow row, UsageSum? sum)
    {
        try
        {
            var total = (sum?.Amount ?? default) + row.Amount;
            _ = total.RoundHalfEven();
            _groups[row.Group] = new(total, sum is null ? row.ChargedAt : Instant.Later(sum.LastCharge, row.ChargedAt));
            _numbers.TryAdd(row.Group, _numbers.Count + 1);
            return true;
        }
        catch (OverflowException)
        {
            errors.Add(new(row.Number, nameof(FocusColumn.BilledCost), row.Amount.ToString(), "with this row, the charge is beyond what money can hold."));
            return false;
        }
    }
}
