using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>How spending caps act (rules §6): a hard one refuses the request that would pass it, both tell of 50, 75, 90 and 100 %.</summary>
public static class Capping
{
    /// <summary>Name and version of this rule, as entries and flight records state it.</summary>
    public const string Rule = "spending-cap/1";

    /// <summary>The levels that people are told of, in percent.</summary>
    public static readonly ImmutableArray<int> Levels = [50, 75, 90, 100];

    /// <summary>The highest level that <paramref name="spent"/> millionths reach; 0 below the first.</summary>
    public static int LevelOf(SpendingCap cap, long spent) => cap is { Enabled: true, Amount: { } amount }
        ? Levels.LastOrDefault(level => (Int128)spent * 100 >= (Int128)amount * level)
        : 0;

    /// <summary>True where a hard cap lets nothing more through in the window that the state carries.</summary>
    public static bool IsExhausted(LedgerState state) =>
        state is { Rule.Cap: { IsHard: true, Amount: { } amount }, Window: { } window } && window.Spent >= amount;

    /// <summary>The refusal of a request for <paramref name="amount"/> millionths used at <paramref name="at"/>, or null.</summary>
    public static Decision? Check(DecisionView view, LedgerState state, long amount, Instant at)
    {
        if (state.Rule.Cap is not { IsHard: true, Amount: { } limit } cap)
        {
            return null;
        }

        var window = view.WindowAt(state, at, cap.Anchor);
        if ((Int128)window.Spent + amount <= limit)
        {
            return null;
        }

        var left = new Money(Math.Max(0, limit - window.Spent), state.Currency).ToString(CultureInfo.InvariantCulture);
        return Decision.No(RefusalCode.CapReached,
            $"The spending cap of {new Money(limit, state.Currency).ToString(CultureInfo.InvariantCulture)}{Whose(state)} leaves {left} until "
            + $"{window.End.ToUtc().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC. Nothing was charged.", "Amount");
    }

    /// <summary>How a request was weighed, for the entry's detail: the law of requests checks it. Null without a hard cap.</summary>
    public static string? DetailOf(DecisionView view, LedgerState state, Instant at) =>
        state.Rule.Cap is { IsHard: true, Amount: { } limit } cap && view.WindowAt(state, at, cap.Anchor) is var window
            ? string.Create(CultureInfo.InvariantCulture, $$"""{"organization":{{state.Organization}},"limit":{{limit}},"spent":{{window.Spent}},"from":{{window.Start.Micros}},"rule_version":{{state.Rule.Version}}}""")
            : null;

    /// <summary>Tells of a level that was reached and not told of in this window.</summary>
    internal static void AddAlert(Course course, OrganizationId organization)
    {
        var state = course[organization];
        if (state.Window is not { } window || state.Rule.Cap is not { Enabled: true, Amount: { } amount } cap)
        {
            return;
        }

        var level = LevelOf(cap, window.Spent);
        if (level <= window.Alerted)
        {
            return;
        }

        var limit = new Money(amount, state.Currency).ToString(CultureInfo.InvariantCulture);
        var spent = new Money(window.Spent, state.Currency).ToString(CultureInfo.InvariantCulture);
        var until = window.End.ToUtc().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
        course.Add(new Effect.Watch(organization, window with { Alerted = level }));
        course.Add(new Effect.Notify(organization, new Notice(NoticeKind.SpendingCap, level,
            level == 100 ? $"{state.Name} has reached its spending cap of {limit}" : $"{state.Name} has spent {level} % of its spending cap of {limit}",
            $"Spent in this window: {spent} of {limit}. "
            + (level < 100 ? $"The window ends {until}."
                : cap.Soft ? $"The cap only alerts: charges go on. The window ends {until}."
                : $"Charge requests are refused until {until}, or until the cap is raised."),
            "billing", course.Now)));
    }

    private static string Whose(LedgerState state) => state.Name.Length > 0 ? $" of {state.Name}" : "";
}
