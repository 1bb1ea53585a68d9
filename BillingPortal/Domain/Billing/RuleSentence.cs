using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// A rule restated as it will act, for people: "When Acme falls below $20.00, charge Visa ·4242 $100.00, at most $500.00 a month. Spending
/// stops at $300.00 in a calendar month."
/// </summary>
/// <param name="Parts">The words in order; amounts and cards are the strong ones.</param>
public sealed record RuleSentence(ImmutableArray<RuleSentence.Part> Parts)
{
    /// <summary>Some words.</summary>
    /// <param name="Text">The words.</param>
    /// <param name="Strong">True for what the sentence hangs on.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Part(string Text, bool Strong);

    /// <summary>What recharging does.</summary>
    /// <param name="organization">Its name.</param>
    /// <param name="model">A postpaid organization is never recharged.</param>
    /// <param name="rule">As set, or as it would be; cap aside.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="culture">How amounts are written.</param>
    public static RuleSentence OfRecharge(string organization, ChargingModel model, BillingRule rule, Currency currency, CultureInfo culture)
    {
        string Amount(long micros) => new Money(micros, currency).ToString(culture);
        return (model, rule.Recharge) switch
        {
            (ChargingModel.Postpaid, _) => Say(organization, " pays by invoice, afterwards: no card is charged by itself."),
            (_, { Enabled: false }) => Say("No card is charged by itself when ", organization, " runs low."),
            (_, { Threshold: { } threshold, Amount: { } amount }) => new(
            [
                Plain("When "), Plain(organization), Plain(" falls below "), Strong(Amount(threshold)), Plain(", charge "),
                .. Payment(rule.Card, Amount(amount)),
                .. rule.Recharge.MonthlyLimit is { } limit
                    ? [Plain(", at most "), Strong(Amount(limit)), Plain(" a month.")]
                    : ImmutableArray.Create(Plain(", without a limit a month.")),
            ]),
            _ => Say("Say below which balance to recharge, and how much."),
        };
    }

    /// <summary>What the cap does.</summary>
    /// <param name="organization">Its name.</param>
    /// <param name="cap">As set, or as it would be.</param>
    /// <param name="zone">The organization's zone.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="culture">How amounts are written.</param>
    public static RuleSentence OfCap(string organization, SpendingCap cap, TimeZoneInfo zone, Currency currency, CultureInfo culture)
    {
        var amount = new Money(cap.Amount ?? 0, currency).ToString(culture);
        return cap switch
        {
            { Enabled: false } => Say("No cap limits what ", organization, " spends."),
            { Amount: null } => Say("Say how much may be spent."),
            { Soft: false, Amount: 0 } => new([Plain("Spending stops at "), Strong(amount), Plain($": every new charge of {organization} is refused.")]),
            { Soft: true } => new([Plain("People are told at 50, 75, 90 and 100 % of "), Strong(amount), Plain($" {Window(cap.Anchor, zone)}; nothing is stopped.")]),
            _ => new([Plain("Spending stops at "), Strong(amount), Plain($" {Window(cap.Anchor, zone)}; people are told at 50, 75, 90 and 100 %.")]),
        };
    }

    /// <summary>Both, one after the other.</summary>
    public static RuleSentence Of(string organization, ChargingModel model, BillingRule rule, TimeZoneInfo zone, Currency currency, CultureInfo culture) =>
        new([.. OfRecharge(organization, model, rule, currency, culture).Parts, Plain(" "), .. OfCap(organization, rule.Cap, zone, currency, culture).Parts]);

    /// <summary>The words without emphasis.</summary>
    public override string ToString() => string.Concat(Parts.Select(part => part.Text));

    private static IEnumerable<Part> Payment(CardOnFile? card, string amount) => card switch
    {
        null => [Strong(amount), Plain(" to a card, once there is one")],
        { Inactive: true } => [Strong(amount), Plain($" to another card, as {card} failed")],
        _ => [Strong(card.ToString()), Plain(" "), Strong(amount)],
    };

    /// <summary>The window in words: where it starts, in the organization's zone.</summary>
    private static string Window(Instant? anchor, TimeZoneInfo zone)
    {
        if (anchor is not { } fixedAt)
        {
            return "in a calendar month";
        }

        var local = TimeZoneInfo.ConvertTime(fixedAt.ToUtc(), zone);
        var last = local.Day > 28 ? " (or the month’s last day)" : "";
        return string.Create(CultureInfo.InvariantCulture, $"in a month from day {local.Day}{last}, {local:HH:mm}");
    }

    private static RuleSentence Say(params ReadOnlySpan<string> words) => new([Plain(string.Concat(words))]);

    private static Part Plain(string text) => new(text, Strong: false);

    private static Part Strong(string text) => new(text, Strong: true);
}
