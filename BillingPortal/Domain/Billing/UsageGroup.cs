namespace BillingPortal.Domain.Billing;

/// <summary>
/// Who used it, as the provider identifies them: provider, billing account, and the sub-account under it. Never a name, because several
/// accounts share one (rules §3). Equal when all three are equal, letter by letter.
/// </summary>
/// <param name="Provider">The provider's name as its files write it.</param>
/// <param name="BillingAccountId">The billing account: the reseller.</param>
/// <param name="SubAccountId">The sub-account, or null where usage is the billing account's own.</param>
public sealed record UsageIdentity(string Provider, string BillingAccountId, string? SubAccountId)
{
    /// <summary>The billing account above a sub-account; a billing account is its own.</summary>
    public UsageIdentity BillingAccount => SubAccountId is null ? this : this with { SubAccountId = null };

    /// <summary>Provider, then billing account, then sub-account, by their characters; the billing account before what is under it.</summary>
    public static Comparer<UsageIdentity> Order { get; } = Comparer<UsageIdentity>.Create((a, b) =>
    {
        var provider = string.CompareOrdinal(a.Provider, b.Provider);
        var account = provider != 0 ? provider : string.CompareOrdinal(a.BillingAccountId, b.BillingAccountId);
        return account != 0 ? account : string.CompareOrdinal(a.SubAccountId, b.SubAccountId);
    });
}

/// <summary>What one journal entry of usage is for: one sub-organization's use of one service in one month (rules §3).</summary>
/// <param name="Who">Whose usage it is.</param>
/// <param name="Service">The service's name as the file writes it.</param>
/// <param name="Period">The month in which the provider bills it.</param>
public sealed record UsageGroup(UsageIdentity Who, string Service, BillingPeriod Period)
{
    /// <summary>
    /// The order in which groups are charged: periods, then services (rules §3). The order is part of the rule, because a carry made by an
    /// earlier group may round a later one.
    /// </summary>
    public static Comparer<UsageGroup> Order { get; } = Comparer<UsageGroup>.Create((a, b) =>
    {
        var who = UsageIdentity.Order.Compare(a.Who, b.Who);
        var period = who != 0 ? who : a.Period.Number.CompareTo(b.Period.Number);
        return period != 0 ? period : string.CompareOrdinal(a.Service, b.Service);
    });
}

/// <summary>A service of one sub-organization, over all months: what a remainder is carried for (rules §3).</summary>
/// <param name="Who">Whose usage it is.</param>
/// <param name="Service">The service's name.</param>
public sealed record UsageLine(UsageIdentity Who, string Service);

/// <summary>
/// What providers resend whole: everything of one billing account in one month (rules §3). A file that holds any row of it replaces all
/// that was delivered for it before.
/// </summary>
/// <param name="BillingAccount">The billing account, without sub-account.</param>
/// <param name="Period">The month.</param>
public sealed record UsageDelivery(UsageIdentity BillingAccount, BillingPeriod Period)
{
    /// <summary>The delivery to which <paramref name="group"/> belongs.</summary>
    public static UsageDelivery Of(UsageGroup group) => new(group.Who.BillingAccount, group.Period);
}
