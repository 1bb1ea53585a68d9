using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>What an address of the overview asks: the same for the page and for its export. A word that means nothing is passed over.</summary>
/// <param name="Filter">Which organizations.</param>
/// <param name="Part">Which part of their list, and the month of the spend.</param>
public sealed record OverviewQuestion(OrganizationFilter Filter, ListPart Part)
{
    /// <summary>The columns that can be sorted by, as addresses name them; the first is the default.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["name", "number", "balance"];

    /// <summary>The filters' names in addresses.</summary>
    public static IReadOnlyList<string> Filters { get; } = ["q", "state", "model", "currency", "resellers", "tree"];

    /// <summary>Reads it.</summary>
    /// <param name="value">The value under a name of the address, or null.</param>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    /// <param name="descending">True for the reverse.</param>
    /// <param name="rows">Rows of the part.</param>
    /// <param name="after">The cursor that the part follows.</param>
    /// <param name="before">The cursor that the part ends before.</param>
    public static OverviewQuestion Read(Func<string, string?> value, string sort, bool descending, int rows, string? after, string? before) => new(
        new OrganizationFilter
        {
            Text = value("q")?.Trim() is { Length: > 0 and <= 200 } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null,
            State = Word<OrganizationState>(value("state")),
            Model = Word<ChargingModel>(value("model")),
            Currency = Currency.TryOf(value("currency")?.ToUpperInvariant(), out var currency) ? currency.Code : null,
            ResellersOnly = value("resellers") == "1",
            Tree = long.TryParse(value("tree"), NumberStyles.None, CultureInfo.InvariantCulture, out var top) ? top : null,
        },
        new ListPart(
            sort switch { "number" => OrganizationSort.Number, "balance" => OrganizationSort.Balance, _ => OrganizationSort.Name },
            descending, rows, OrganizationCursor.Parse(after), OrganizationCursor.Parse(before), ReadMonth(value("month"))));

    /// <summary>The month that <paramref name="text"/> names, as in 2024-09.</summary>
    public static BillingPeriod? ReadMonth(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9000
            ? new BillingPeriod((day.Year * 100) + day.Month)
            : null;

    private static T? Word<T>(string? text)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)).Select(value => (T?)value).FirstOrDefault();
}
