using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Tells a prepaid organization that little or nothing is left: once, and again after a day while it lasts. Little is less than its recharge
/// threshold; where none was ever set, only an empty balance is told. Who may overdraw is not told.
/// </summary>
internal static class BalanceNotices
{
    /// <summary>How long people are not told again.</summary>
    private static readonly TimeSpan Throttle = TimeSpan.FromHours(24);

    /// <summary>Tells where a decrease or a setting leaves little.</summary>
    public static void Add(Course course, OrganizationId organization, RechargeCause cause)
    {
        var state = course[organization];
        if (cause == RechargeCause.None || state.ChargingModel != ChargingModel.Prepaid || state.AllowOverdraft || state.Payer is not null)
        {
            return;
        }

        var available = state.AvailableAt(course.Now);
        if (available <= 0 && cause is (RechargeCause.Decrease or RechargeCause.Refund) && IsDue(state.Rule.OutOfBalanceAt, course.Now))
        {
            course.Add(new Effect.Notify(organization, new Notice(NoticeKind.OutOfBalance, 0, $"{state.Name} has nothing left",
                $"Available: {Words(state, available)}. Charge requests are refused until value is added.", "", course.Now)));
        }
        else if (available > 0 && state.Rule.Recharge.Threshold is { } threshold && available < threshold && IsDue(state.Rule.LowBalanceAt, course.Now))
        {
            course.Add(new Effect.Notify(organization, new Notice(NoticeKind.LowBalance, 0, $"{state.Name} is below {Words(state, threshold)}",
                $"Available: {Words(state, available)}.", "billing", course.Now)));
        }
    }

    private static bool IsDue(Instant? last, Instant now) => last is not { } told || now >= told.Plus(Throttle);

    private static string Words(LedgerState state, long micros) => new Money(micros, state.Currency).ToString(CultureInfo.InvariantCulture);
}
