using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Web.Explaining;

/// <summary>How an entry's figures came about, read from its detail: the rule with its version, and for imported usage the exact amounts.</summary>
public sealed record EntryDetail
{
    /// <summary>The rule's name in words, as in "Draw-down"; empty where the entry names none.</summary>
    public string Rule { get; private init; } = "";

    /// <summary>The rule's version; empty where the entry names none.</summary>
    public string Version { get; private init; } = "";

    /// <summary>What the rule says, in a sentence.</summary>
    public string Says { get; private init; } = "";

    /// <summary>True for a charge that asked first, false for a fact, null where it was neither.</summary>
    public bool? AskedFirst { get; private init; }

    /// <summary>The import that reported it.</summary>
    public long? Import { get; private init; }

    /// <summary>The number of the recharge that it settled.</summary>
    public long? Recharge { get; private init; }

    /// <summary>How many lines of rated usage went into it; null for what was not rated.</summary>
    public long? RatedLines { get; private init; }

    /// <summary>The exact amounts of imported usage; null elsewhere.</summary>
    public ExactUsage? Usage { get; private init; }

    /// <summary>How a plan's fee was reckoned, line by line; null elsewhere.</summary>
    public FeeReckoning? Fee { get; private init; }

    /// <summary>Reads it; what is not there or not understood is left out.</summary>
    public static EntryDetail Of(JournalEntry entry)
    {
        try
        {
            using var json = JsonDocument.Parse(entry.Detail);
            var root = json.RootElement;
            var rule = Text(root, "rule").Split('/');
            return new EntryDetail
            {
                Rule = NameOf(rule[0]),
                Version = rule.Length > 1 ? rule[1] : "",
                Says = SaysOf(rule[0]),
                AskedFirst = Text(root, "mode") switch { "request" => true, "fact" => false, _ => null },
                Import = Number(root, "import"),
                Recharge = Number(root, "recharge"),
                RatedLines = Number(root, "rated") is null ? null : Number(root, "lines"),
                Usage = UsageOf(root, entry),
                Fee = FeeReckoning.Of(root),
            };
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException)
        {
            return new EntryDetail();
        }
    }

    internal static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    internal static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static ExactUsage? UsageOf(JsonElement root, JournalEntry entry)
    {
        if (Exact(root, "delivered") is not { } delivered || Exact(root, "before") is not { } before || Exact(root, "carried_out") is not { } carriedOut)
        {
            return null;
        }

        // A charge posts with the other sign than usage has: posted = delivered − before + carried in − carried out.
        var posted = entry.Postings.Where(posting => posting.Account.Kind == AccountKind.Revenue).Sum(posting => posting.Amount) / (decimal)Money.Unit;
        return new ExactUsage(delivered, before, posted + carriedOut - (delivered - before), posted, carriedOut);
    }

    private static decimal? Exact(JsonElement root, string name) =>
        decimal.TryParse(Text(root, name), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string NameOf(string rule) => rule.Length == 0 ? "" : char.ToUpperInvariant(rule[0]) + rule[1..].Replace('-', ' ');

    private static string SaysOf(string rule) => rule switch
    {
        "draw-down" => "A charge is taken once, from monthly credits, then promotional, cash and bonus; what is short becomes overdraft, or a receivable where usage is invoiced.",
        "rate-usage" => "Usage in quantities is priced by the tariff, then a custom rate, then what is included; the amount is then drawn as every charge is.",
        "give-back" => "Usage taken back undoes that period's draws, newest first; the rest goes to the receivable or to bonus, never to cash.",
        "adjust-balance" => "A correction by hand: the bucket changes, and its contra account takes the other side.",
        "reverse-entry" => "An undo: every account of the entry, with the other sign.",
        "top-up" => "Cash paid in repays an overdraft first; bonus is reckoned on the whole payment.",
        "auto-recharge" => "Less than the rule's threshold was available, so its card was charged. The money repays an overdraft first.",
        "grant-credits" => "Credits that come with the plan.",
        "plan-fee" => "A plan is charged by whole local days; what was paid for days that the old plan is not used is given back, and a coupon is taken off the plan's price.",
        "plan-fee-late" => "The payment was given up, and went through after all: the money is cash, and can be refunded.",
        "plan-credits" => "A paid period brings the plan's credits: monthly ones lapse with it, pay-as-you-go credits stay.",
        "expire-credits" => "What was left when the credits lapsed goes to breakage; nobody uses it any more.",
        _ => "",
    };
}

/// <summary>Imported usage to its last decimal, in units of the currency.</summary>
/// <param name="Delivered">What the delivery says for this service and month.</param>
/// <param name="Before">What an earlier delivery of the month had said.</param>
/// <param name="CarriedIn">The remainder carried from the charge before.</param>
/// <param name="Posted">What was posted: whole millionths, rounded half to even.</param>
/// <param name="CarriedOut">The remainder carried to the next charge.</param>
public sealed record ExactUsage(decimal Delivered, decimal Before, decimal CarriedIn, decimal Posted, decimal CarriedOut);
