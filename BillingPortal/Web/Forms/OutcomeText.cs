using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Web.Parts;

namespace BillingPortal.Web.Forms;

/// <summary>What a page says to an outcome that is not done: first what did not happen, then why, then what helps.</summary>
/// <param name="Kind">How it wants to be taken.</param>
/// <param name="Title">What did not happen.</param>
/// <param name="Text">Why, and what to do.</param>
public sealed record OutcomeText(NoteKind Kind, string Title, string Text)
{
    /// <summary>The words for <paramref name="outcome"/>, or null where it is done.</summary>
    /// <param name="outcome">What the wish came to.</param>
    /// <param name="undone">What did not happen: "Nothing was posted." unless the command does something else.</param>
    public static OutcomeText? Of<T>(Outcome<T> outcome, string undone = "Nothing was posted.") => outcome.Match<OutcomeText?>(
        done: _ => null,
        invalid: errors => new(NoteKind.Bad, undone, Mending(errors)),
        refused: refusal => new(NoteKind.Bad, undone, refusal.Message),
        needsApproval: need => new(NoteKind.Warning, undone, Approval(need)),
        unknown: reason => new(NoteKind.Warning, "Outcome unknown.", $"{reason} Sending it again is safe: it is the same submit, and happens once."),
        notFound: what => new(NoteKind.Bad, undone, what.EndsWith('.') ? $"{what[..^1]}, or you may not see it." : $"{what} is not there, or you may not see it."),
        stale: reason => new(NoteKind.Warning, $"It went stale: {char.ToLowerInvariant(undone[0])}{undone[1..]}", reason));

    /// <summary>What one field's error says, where it is a sentence; others go on from their field's label and stand beside it.</summary>
    private static string Mending(ImmutableArray<FieldError> errors) => errors switch
    {
        [{ Message: [var first, ..] } alone] when !char.IsLower(first) => alone.Message,
        [_] => "1 field needs mending.",
        _ => $"{errors.Length.ToString(CultureInfo.CurrentCulture)} fields need mending.",
    };

    private static string Approval(ApprovalNeed need)
    {
        var culture = CultureInfo.CurrentCulture;
        var whose = need.Scope == "organization" ? "for this organization" : "by you";
        return $"It needs a second person's approval: {need.Asked.ToString(culture)} on top of {need.Used.ToString(culture)} moved {whose} in 24 hours "
            + $"passes the limit of {need.Limit.ToString(culture)}. Ask someone with a higher limit.";
    }
}
