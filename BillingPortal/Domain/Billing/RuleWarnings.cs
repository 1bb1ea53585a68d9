using System.Collections.Immutable;
using System.Globalization;

namespace BillingPortal.Domain.Billing;

/// <summary>What somebody should know before a rule is saved; it may be saved all the same.</summary>
/// <param name="Code">A stable word, as in <c>cap_below_spent</c>.</param>
/// <param name="Title">What will happen.</param>
/// <param name="Text">Why.</param>
public sealed record RuleWarning(string Code, string Title, string Text)
{
    /// <summary>True where it is the cap that somebody should think of.</summary>
    public bool IsAboutCap => Code.StartsWith("cap_", StringComparison.Ordinal);
}

/// <summary>A rule as it would be, and what it would meet. Warnings are functions of it.</summary>
public sealed record RuleSight
{
    /// <summary>The organization's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it pays before or after.</summary>
    public required ChargingModel ChargingModel { get; init; }

    /// <summary>Its currency.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The rule as it would be.</summary>
    public required BillingRule Rule { get; init; }

    /// <summary>Millionths available now.</summary>
    public required long Available { get; init; }

    /// <summary>Millionths spent so far in the cap's window.</summary>
    public required long Spent { get; init; }

    /// <summary>Millionths that recharges charged in this calendar month, in flight included.</summary>
    public required long ChargedThisMonth { get; init; }

    /// <summary>Who pays for it, where it uses another's balance; null where it pays for itself.</summary>
    public string? Payer { get; init; }

    /// <summary>What saving it would bring.</summary>
    public ImmutableArray<RuleWarning> Warnings => [.. AboutRecharge().Concat(AboutCap())];

    private IEnumerable<RuleWarning> AboutRecharge()
    {
        if (Rule.Recharge is not { Enabled: true, Threshold: { } threshold, Amount: { } amount } recharge)
        {
            yield break;
        }

        if (Payer is not null)
        {
            yield return new("payer_pays", "This rule will not recharge.", $"{Name} uses the balance of {Payer}: only the rule of {Payer} acts.");
        }

        if (Rule.Card is null or { Inactive: true })
        {
            yield return new("no_card", "Nothing is charged yet.", Rule.Card is { } failed
                ? $"{failed} failed and is not charged any more. Enter another card." : $"{Name} has no card on file. The rule acts once there is one.");
        }

        if (recharge.MonthlyLimit is { } limit && limit - ChargedThisMonth < amount)
        {
            yield return limit < amount
                ? new("amount_above_limit", "It will never recharge.",
                    $"One recharge of {Write(amount)} does not fit a limit of {Write(limit)} a month, and no recharge is ever partial.")
                : new("limit_used", "It pauses until next month.",
                    $"{Write(ChargedThisMonth)} of {Write(limit)} is used this month; one recharge of {Write(amount)} does not fit what is left.");
        }

        if (Rule.Cap is { IsHard: true, Amount: { } cap } && cap > Spent && Available - threshold >= cap - Spent)
        {
            yield return new("cap_before_recharge", "The cap stops usage before a recharge is due.",
                $"{Write(cap - Spent)} may still be spent in this window, {Write(Available - threshold)} more would have to be before {Write(threshold)} is reached.");
        }
    }

    private IEnumerable<RuleWarning> AboutCap()
    {
        if (Rule.Cap is not { Enabled: true, Amount: { } cap })
        {
            yield break;
        }

        if (Rule.Cap.Soft)
        {
            if (Spent >= cap)
            {
                yield return new("cap_told_at_once", "People are told at once.", $"{Write(Spent)} is spent already, {Write(cap)} or more. Nothing is stopped.");
            }
        }
        else if (cap == 0)
        {
            yield return new("cap_stops_everything", "Saving stops every new charge.", "A cap of zero refuses all requests until it is raised or switched off; a recharge cannot help.");
        }
        else if (Spent >= cap)
        {
            yield return new("cap_below_spent", "Saving stops the next charge.",
                $"{Write(Spent)} is spent already in this window, the cap would be {Write(cap)}. Requests are refused until the window ends or the cap is raised, and no card is charged meanwhile.");
        }
    }

    private string Write(long micros) => new Money(micros, Currency).ToString(CultureInfo.CurrentCulture);
}
