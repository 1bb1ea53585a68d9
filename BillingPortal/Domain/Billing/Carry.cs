namespace BillingPortal.Domain.Billing;

/// <summary>
/// The remainder below a millionth that one sub-organization's service carries from charge to charge, so that what is posted and what is
/// carried together equal the files to the last decimal (rules §3). It may be negative and is never more than half a millionth either way.
/// </summary>
public static class Carry
{
    /// <summary>What of <paramref name="delivered"/> and the carry before it is posted, and what is carried on.</summary>
    /// <exception cref="OverflowException">The sum is beyond the bounds of money.</exception>
    public static (long PostedMicros, ExactAmount Out) Round(ExactAmount delivered, ExactAmount carriedIn)
    {
        var due = delivered + carriedIn;
        var posted = due.RoundHalfEven();
        return (posted, due - ExactAmount.FromMicros(posted));
    }
}
