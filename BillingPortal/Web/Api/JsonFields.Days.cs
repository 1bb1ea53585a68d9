using System.Globalization;
using System.Text.Json;

namespace BillingPortal.Web.Api;

// Days of contract 4: the time of day and the offset are taken off.
public sealed partial class JsonFields
{
    /// <summary>
    /// A day, as <c>2026-11-01</c> or the day of a date and time; null where absent or wrong, and where null is sent it is told apart by
    /// <see cref="IsNull"/>.
    /// </summary>
    public DateOnly? Day(string name)
    {
        if (Find(name, required: false) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? TextOf(value) ?? "" : "";
        if (text.Length >= 10 && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && (text.Length == 10 || (text[10] is 'T' or ' ' && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))))
        {
            return day;
        }

        return Wrong<DateOnly>(name, "not_a_day", "must be a day of ISO 8601, as in \"2026-11-01\" or \"2026-11-01T00:00:00Z\".");
    }
}
