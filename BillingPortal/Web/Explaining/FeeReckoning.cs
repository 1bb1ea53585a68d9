using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace BillingPortal.Web.Explaining;

/// <summary>How a plan's fee was reckoned: the plan, what was given back, the coupon and the tax, as they were shown when it was agreed to.</summary>
/// <param name="From">The first day that it pays for.</param>
/// <param name="To">The last one.</param>
/// <param name="Plan">The plan's version, as in <c>advanced-1</c>.</param>
/// <param name="Seats">How many seats.</param>
/// <param name="Lines">Each with how it was reckoned and its millionths.</param>
/// <param name="TaxWords">As in "VAT 19 %".</param>
/// <param name="Tax">Millionths; null where the month's invoice reckons it.</param>
public sealed record FeeReckoning(DateOnly From, DateOnly To, string Plan, long Seats, ImmutableArray<FeeReckoningLine> Lines, string TaxWords, long? Tax)
{
    /// <summary>What was charged, millionths.</summary>
    public long Total => Lines.Sum(line => line.Amount) + (Tax ?? 0);

    /// <summary>What an entry's detail says; null where it is no plan's fee.</summary>
    internal static FeeReckoning? Of(JsonElement root)
    {
        if (!EntryDetail.Text(root, "rule").StartsWith("plan-fee/", StringComparison.Ordinal) || !root.TryGetProperty("lines", out var lines) || lines.ValueKind != JsonValueKind.Array
            || Day(root, "from") is not { } from || Day(root, "to") is not { } to || !root.TryGetProperty("tax", out var tax))
        {
            return null;
        }

        return new FeeReckoning(from, to, $"{EntryDetail.Text(root, "plan")}-{EntryDetail.Number(root, "version") ?? 1}", EntryDetail.Number(root, "seats") ?? 1,
            [.. lines.EnumerateArray().Select(line => new FeeReckoningLine(EntryDetail.Text(line, "text"), EntryDetail.Text(line, "detail"), EntryDetail.Number(line, "amount") ?? 0))],
            EntryDetail.Text(tax, "words"), EntryDetail.Text(root, "payment").Length == 0 ? null : EntryDetail.Number(tax, "amount"));
    }

    private static DateOnly? Day(JsonElement root, string name) =>
        DateOnly.TryParseExact(EntryDetail.Text(root, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>One line of it.</summary>
/// <param name="Text">As in "Advanced, 11 of 30 days".</param>
/// <param name="Detail">As in "99.00 × 11 ⁄ 30".</param>
/// <param name="Amount">Millionths.</param>
public sealed record FeeReckoningLine(string Text, string Detail, long Amount);
