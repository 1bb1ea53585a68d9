using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>What a run does with every organization of a month.</summary>
public enum MonthAct
{
    /// <summary>Close it: what it came to becomes a draft or a statement.</summary>
    Close,

    /// <summary>Issue the drafts that closing made.</summary>
    Issue,
}

/// <summary>Where one line of a run stands.</summary>
public enum LineState
{
    /// <summary>Shown, and to be done as it was shown.</summary>
    Ready,

    /// <summary>It would be refused, or was.</summary>
    Refused,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Not done: something changed after it was shown.</summary>
    Stale,

    /// <summary>Somebody had done it meanwhile.</summary>
    DoneBefore,

    /// <summary>Whether it was done is not known: look again.</summary>
    Unknown,
}

/// <summary>One organization's month, or one draft: what would happen, the digest that binds the act to it, and what became of it.</summary>
/// <param name="Organization">The payer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Currency">Its currency; the amounts are millionths of it.</param>
public sealed record MonthLine(OrganizationId Organization, string Name, Currency Currency)
{
    /// <summary>The document's ordinal: the draft's, or that which closing made.</summary>
    public int? Ordinal { get; init; }

    /// <summary>What closing would make, or made; null where there was nothing to state.</summary>
    public InvoiceKind? Kind { get; init; }

    /// <summary>How many lines it has.</summary>
    public int Lines { get; init; }

    /// <summary>Before tax.</summary>
    public long Net { get; init; }

    /// <summary>Tax.</summary>
    public long Tax { get; init; }

    /// <summary>To be paid.</summary>
    public long Due { get; init; }

    /// <summary>The month before, before tax; null where it has no document.</summary>
    public long? NetBefore { get; init; }

    /// <summary>The number that issuing gave.</summary>
    public string? Number { get; init; }

    /// <summary>What was shown, when; committing accepts nothing else.</summary>
    public Agreement Agreed { get; init; }

    /// <summary>Where it stands.</summary>
    public LineState State { get; init; }

    /// <summary>Why it is refused or stale.</summary>
    public string Why { get; init; } = "";

    /// <summary>Why somebody should look before it is closed; empty where nobody needs to.</summary>
    public string Odd => Net < 0 ? "More was given back than charged."
        : NetBefore is { } before && before > 0 && (Net >= before * 3 || Net * 3 <= before) ? "Three times the month before, or a third of it."
        : "";

    /// <summary>The command of a run about this line. The run's stamp makes the key: asked again within a run it happens once.</summary>
    public MoneyCommand Command(MonthAct act, BillingPeriod period, Actor actor, string stamp) => act == MonthAct.Close
        ? new ClosePeriod(actor, $"close-{period}-{stamp}", Organization, period)
        : new IssueInvoice(actor, FormattableString.Invariant($"issue-{Ordinal}-{stamp}"), Organization, Ordinal ?? 0);

    /// <summary>The line with what a preview shows.</summary>
    public MonthLine With(Outcome<Preview> outcome) => outcome.Match(
        done: preview => preview.ChangesNothing ? this with { State = LineState.DoneBefore } : Shown(preview.Effects) with { Agreed = Agreement.To(preview), State = LineState.Ready },
        invalid: errors => Left(LineState.Refused, errors[0].Message),
        refused: refusal => Left(LineState.Refused, refusal.Message),
        needsApproval: _ => Left(LineState.Refused, "It needs approval."),
        unknown: why => Left(LineState.Refused, why),
        notFound: what => Left(LineState.Refused, what),
        stale: why => Left(LineState.Stale, why));

    /// <summary>The line with what a commit came to.</summary>
    public MonthLine With(Outcome<Receipt> outcome) => outcome.Match(
        done: receipt => Shown(receipt.Effects) with { State = receipt.Replayed || receipt.Effects.Count == 0 ? LineState.DoneBefore : LineState.Done, Why = "" },
        invalid: errors => Left(LineState.Refused, errors[0].Message),
        refused: refusal => Left(LineState.Refused, refusal.Message),
        needsApproval: _ => Left(LineState.Refused, "It needs approval."),
        unknown: why => Left(LineState.Unknown, why),
        notFound: what => Left(LineState.Refused, what),
        stale: why => Left(LineState.Stale, why));

    private MonthLine Left(LineState state, string why) => this with { State = state, Why = why };

    private MonthLine Shown(IReadOnlyList<Effect> effects) => effects.OfType<Effect.SetInvoice>().FirstOrDefault()?.Invoice is not { } invoice ? this : this with
    {
        Ordinal = invoice.Ordinal,
        Kind = invoice.Document.Kind,
        Lines = invoice.Document.Lines.Length,
        Net = invoice.Document.Net,
        Tax = invoice.Document.Tax,
        Due = invoice.Document.Due,
        Number = invoice.Document.Number,
    };
}

/// <summary>What many lines come to in one currency.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Count">How many lines.</param>
/// <param name="Net">Before tax, millionths.</param>
/// <param name="Tax">Tax.</param>
/// <param name="Due">To be paid.</param>
public sealed record MonthTotal(Currency Currency, int Count, long Net, long Tax, long Due)
{
    /// <summary>The totals of lines by currency; currencies are never added.</summary>
    public static IEnumerable<MonthTotal> Of(IEnumerable<MonthLine> lines) => lines.GroupBy(line => line.Currency)
        .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
        .Select(group => new MonthTotal(group.Key, group.Count(), group.Sum(line => line.Net), group.Sum(line => line.Tax), group.Sum(line => line.Due)));
}
