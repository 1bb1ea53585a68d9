namespace BillingPortal.Domain.Invoices;

/// <summary>
/// When an invoice is overdue: from the day after its last day to pay, by the days of UTC. One word for lists, pages, filters, the checklist, reminders and
/// blocks, so that none calls overdue what another does not.
/// </summary>
public static class DueDay
{
    /// <summary>The day that counts now.</summary>
    public static DateOnly Today(Instant now) => DateOnly.FromDateTime(now.ToUtc().UtcDateTime);

    /// <summary>For how many days it has been overdue: 0 on its last day, 1 on the day after, below zero before.</summary>
    public static int DaysOver(DateOnly due, Instant now) => Today(now).DayNumber - due.DayNumber;

    /// <summary>The last day to pay of what has been overdue for <paramref name="days"/> days now, as it is stored: 20241101.</summary>
    public static int Since(int days, Instant now)
    {
        var day = Today(now).AddDays(-days);
        return (day.Year * 10_000) + (day.Month * 100) + day.Day;
    }
}
