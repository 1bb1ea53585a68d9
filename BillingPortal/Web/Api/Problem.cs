using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Store;

namespace BillingPortal.Web.Api;

/// <summary>One failed request, before a contract gives it its shape.</summary>
/// <param name="Kind">Which way it failed.</param>
/// <param name="Message">The reason in words, of this request.</param>
/// <param name="Errors">Fields that cannot be meant; names as in the request's JSON.</param>
public sealed record Problem(ProblemKind Kind, string Message, ImmutableArray<FieldError> Errors)
{
    /// <summary>Why the token opened nothing, where it did not: some contracts have a code for each.</summary>
    public TokenFailure? Token { get; init; }

    /// <summary>A problem without fields.</summary>
    public static Problem Of(string code, string message) => new(ProblemKind.Of(code), message, []);

    /// <summary>A problem known only by its status: the framework's own refusals.</summary>
    public static Problem OfStatus(int status) => new(ProblemKind.OfStatus(status), status switch
    {
        401 => "Send a valid token: Authorization: Bearer <token>.",
        403 => "The token may not do this.",
        404 => "There is nothing at this address.",
        405 => "This address does not answer that method; the Allow header names those it does.",
        413 => "The body is larger than this address accepts.",
        415 => "Send JSON in UTF-8, labelled application/json.",
        >= 500 => "Something failed on our side. Ask again with the same Idempotency-Key: what has happened is not done twice.",
        _ => "The request cannot be understood.",
    }, []);
}
