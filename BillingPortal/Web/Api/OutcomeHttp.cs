using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain;

namespace BillingPortal.Web.Api;

/// <summary>
/// The one place that turns an outcome into a status and words for programs. A contract's <see cref="ErrorShape"/> then
/// writes them its own way.
/// </summary>
public static class OutcomeHttp
{
    /// <summary>What to tell the program; null where the wish was done.</summary>
    public static Problem? ProblemOf<T>(Outcome<T> outcome) => outcome.Match<Problem?>(
        done: _ => null,
        invalid: Invalid,
        refused: refusal => new Problem(ProblemKind.Of(Word(refusal.Code.ToString())), refusal.Message, []),
        needsApproval: need => new Problem(ProblemKind.ApprovalRequired, Words(need), []),
        unknown: reason => new Problem(ProblemKind.OutcomeUnknown, reason, []),
        notFound: what => new Problem(ProblemKind.NotFound, what, []),
        stale: reason => new Problem(ProblemKind.Stale, reason, []));

    private static Problem Invalid(ImmutableArray<FieldError> errors)
    {
        var named = errors.Select(error => error with { Field = Word(error.Field) }).ToImmutableArray();

        // A code with a kind of its own says more than "a field cannot be meant".
        var kind = named is [{ Code: "malformed_json" or "too_large" } only] ? ProblemKind.Of(only.Code) : ProblemKind.InvalidRequest;
        return new Problem(kind, string.Join(' ', named.Select(error => error.Field.Length == 0 ? error.Message : $"{error.Field}: {error.Message}")), named);
    }

    private static string Words(ApprovalNeed need) =>
        $"Approval required: {Text(need.Asked)} more would pass the limit of {Text(need.Limit)} in 24 hours "
        + $"({Text(need.Used)} moved already {(need.Scope == "you" ? "by you" : "in this organization")}). Nothing was posted.";

    private static string Text(Money money) => money.ToString(CultureInfo.InvariantCulture);

    private static string Word(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
