using System.Globalization;

namespace BillingPortal.Web.Parts;

/// <summary>Element ids that tie labels, descriptions and popovers to what they are for; unique within the process.</summary>
public static class Ids
{
    private static long _last;

    /// <summary>An id that no other element has, beginning with <paramref name="prefix"/>.</summary>
    public static string Next(string prefix) => prefix + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
}
