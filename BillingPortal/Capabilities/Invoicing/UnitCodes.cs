using System.Collections.Frozen;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>Units as UN/ECE Recommendation 20 numbers them, which EN 16931 asks for: data. What has no code of its own there is counted in "one".</summary>
internal static class UnitCodes
{
    /// <summary>One: of whatever the line names.</summary>
    public const string One = "C62";

    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["second"] = "SEC", ["seconds"] = "SEC", ["s"] = "SEC", ["minute"] = "MIN", ["minutes"] = "MIN", ["min"] = "MIN", ["hour"] = "HUR", ["hours"] = "HUR", ["h"] = "HUR",
        ["day"] = "DAY", ["days"] = "DAY", ["week"] = "WEE", ["weeks"] = "WEE", ["month"] = "MON", ["months"] = "MON", ["year"] = "ANN", ["years"] = "ANN",
        ["byte"] = "AD", ["bytes"] = "AD", ["kb"] = "2P", ["kilobyte"] = "2P", ["mb"] = "4L", ["megabyte"] = "4L", ["gb"] = "E34", ["gigabyte"] = "E34", ["gigabytes"] = "E34",
        ["tb"] = "E35", ["terabyte"] = "E35", ["terabytes"] = "E35", ["kwh"] = "KWH", ["piece"] = "H87", ["pieces"] = "H87", ["percent"] = "P1", ["page"] = "ZP", ["pages"] = "ZP",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The code of <paramref name="unit"/>.</summary>
    public static string Of(string? unit) => Codes.GetValueOrDefault(unit?.Trim() ?? "", One);
}
