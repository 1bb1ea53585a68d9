using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>An adjustment as an address, so that one page can propose it on another and a colleague can be sent it. It fills in; it posts nothing.</summary>
public static class AdjustmentAddress
{
    /// <summary>The address of the form filled in with taking <paramref name="amount"/> from <paramref name="bucket"/>.</summary>
    public static string ToTakeAway(OrganizationId organization, AccountKind bucket, Money amount) =>
        $"/organizations/{organization}/adjust?direction=takeaway&bucket={ChartOfAccounts.CodeOf(bucket)}&amount={amount.ToDecimalString()}";

    /// <summary>The form that the address's parts fill in; what cannot be read stays empty.</summary>
    public static AdjustBalanceForm Read(string? direction, string? bucket, string? amount, string? reason) => new()
    {
        Direction = Enum.TryParse<AdjustmentDirection>(direction, ignoreCase: true, out var way) && Enum.IsDefined(way) ? way : AdjustmentDirection.Add,
        Bucket = ChartOfAccounts.Buckets.Where(kind => ChartOfAccounts.CodeOf(kind) == bucket).Select(kind => (AccountKind?)kind).FirstOrDefault(),
        Amount = decimal.TryParse(amount, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) ? read : null,
        Reason = ReasonCode.Find(reason) is { ByHand: true } known ? known.Code : "",
    };
}
