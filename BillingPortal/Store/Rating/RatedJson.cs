using System.Collections.Immutable;
using System.Text.Json;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Store.Rating;

/// <summary>Parts of lines and tallies of months as their columns keep them. Exact amounts are text.</summary>
internal static class RatedJson
{
    public static string Write(ImmutableArray<RatedPart> parts) =>
        JsonSerializer.Serialize(parts.Select(part => new Part((int)part.By, part.Id, part.Quantity.ToString(), part.Rate.ToString())));

    public static ImmutableArray<RatedPart> Parts(string json) =>
        [.. JsonSerializer.Deserialize<Part[]>(json)!.Select(part => new RatedPart((RatedBy)part.By, part.Id, ExactAmount.Parse(part.Quantity), ExactAmount.Parse(part.Rate)))];

    public static string Write(UsageTally tally) => JsonSerializer.Serialize(new Tally(Texts(tally.Used), Texts(tally.Included)));

    public static UsageTally TallyOf(string json)
    {
        var tally = JsonSerializer.Deserialize<Tally>(json)!;
        return new UsageTally(Amounts(tally.Used), Amounts(tally.Included));
    }

    private static SortedDictionary<string, string> Texts(ImmutableSortedDictionary<string, ExactAmount> amounts) =>
        new(amounts.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal), StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, ExactAmount> Amounts(SortedDictionary<string, string> texts) =>
        texts.ToImmutableSortedDictionary(pair => pair.Key, pair => ExactAmount.Parse(pair.Value), StringComparer.Ordinal);

    private sealed record Part(int By, long Id, string Quantity, string Rate);

    private sealed record Tally(SortedDictionary<string, string> Used, SortedDictionary<string, string> Included);
}
