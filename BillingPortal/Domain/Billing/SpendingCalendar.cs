namespace BillingPortal.Domain.Billing;

/// <summary>
/// The windows of a spending cap (rules §6): calendar months of the organization's zone, or windows that start at an anchor plus whole months.
/// Windows tile: the end of one is the start of the next, in every zone, whatever its clocks do.
/// </summary>
public static class SpendingCalendar
{
    /// <summary>No zone is further from UTC than this on either side of a moment; the starts sought lie within it.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromHours(15);

    /// <summary>The window that <paramref name="at"/> lies in: its start, and the first moment after it.</summary>
    /// <param name="at">Any moment from year 2 to year 9998.</param>
    /// <param name="anchor">Where one window starts, past or future; null for calendar months.</param>
    /// <param name="zone">The organization's zone.</param>
    /// <remarks>A bounded number of steps, because it is asked while the ledger's head is locked.</remarks>
    public static (Instant Start, Instant End) WindowOf(Instant at, Instant? anchor, TimeZoneInfo zone)
    {
        if (anchor is not { } fixedAt)
        {
            var period = BillingPeriod.Of(at, zone);
            return (period.StartIn(zone), period.EndIn(zone));
        }

        // The difference of the local months is the number, or one beside it: a window starts within its own local month.
        var (there, here) = (LocalAt(fixedAt, zone), LocalAt(at, zone));
        var months = ((here.Year - there.Year) * 12) + here.Month - there.Month;
        var start = StartOf(fixedAt, months, zone);
        if (start > at)
        {
            return (StartOf(fixedAt, months - 1, zone), start);
        }

        var end = StartOf(fixedAt, months + 1, zone);
        return end > at ? (start, end) : (end, StartOf(fixedAt, months + 2, zone));
    }

    /// <summary>
    /// The start <paramref name="months"/> after the anchor: the anchor's local day and time, on a shorter month's last day where it has no
    /// such day. Always counted from the anchor, so that the 31st returns after February.
    /// </summary>
    private static Instant StartOf(Instant anchor, int months, TimeZoneInfo zone) =>
        months == 0 ? anchor : FirstAt(LocalAt(anchor, zone).AddMonths(months), zone);

    /// <summary>
    /// The first moment at which clocks show <paramref name="local"/>; where they skip it, the first moment after the skip. Asked only by the
    /// offsets of moments: a zone's own table of skipped and doubled times does not always agree with them.
    /// </summary>
    private static Instant FirstAt(DateTime local, TimeZoneInfo zone)
    {
        var plain = Instant.From(new DateTimeOffset(local, TimeSpan.Zero));
        var (before, after) = (OffsetAt(plain.Plus(-Reach), zone), OffsetAt(plain.Plus(Reach), zone));
        var (earlier, later) = (plain.Plus(before > after ? -before : -after), plain.Plus(before > after ? -after : -before));
        return LocalAt(earlier, zone) == local ? earlier
            : LocalAt(later, zone) == local ? later
            : AfterSkip(local, plain, zone);
    }

    /// <summary>Clocks were set forward over the time, so what they show only grows here: the moment is found by halving.</summary>
    private static Instant AfterSkip(DateTime local, Instant plain, TimeZoneInfo zone)
    {
        var (before, at) = (plain.Plus(-Reach), plain.Plus(Reach));
        while (at.Micros - before.Micros > 1)
        {
            var middle = new Instant(before.Micros + ((at.Micros - before.Micros) / 2));
            (before, at) = LocalAt(middle, zone) >= local ? (before, middle) : (middle, at);
        }

        return at;
    }

    private static TimeSpan OffsetAt(Instant at, TimeZoneInfo zone) => zone.GetUtcOffset(at.ToUtc());

    private static DateTime LocalAt(Instant at, TimeZoneInfo zone) => DateTime.SpecifyKind((at.ToUtc() + OffsetAt(at, zone)).UtcDateTime, DateTimeKind.Unspecified);
}
