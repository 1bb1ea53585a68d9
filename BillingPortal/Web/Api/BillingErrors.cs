using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BillingPortal.Domain;
using BillingPortal.Store;

namespace BillingPortal.Web.Api;

/// <summary>One of contract 4's error codes, as data.</summary>
/// <param name="Code">The number.</param>
/// <param name="Token">Its word.</param>
/// <param name="Status">The HTTP status it is answered with.</param>
public sealed record BillingError(int Code, string Token, int Status)
{
    /// <summary>Every code of the contract, and two of the portal's own for faults of ours, which the contract leaves open.</summary>
    public static readonly ImmutableArray<BillingError> All =
    [
        new(1101, "InvalidCredentials", 401), new(1102, "InvalidToken", 401), new(1103, "TokenExpired", 401), new(1104, "Forbidden", 403), new(1105, "TooManyRequests", 429),
        new(1201, "NotFound", 404), new(1301, "InvalidQueryCriteria", 422), new(1302, "InvalidSortCriteria", 422),
        new(1400, "InputValidationFailed", 422), new(1401, "InvalidReference", 422), new(1402, "Required", 422), new(1403, "InvalidFormat", 422), new(1404, "OutOfRange", 422),
        new(1405, "Duplicated", 409), new(1406, "NotAllowed", 400), new(1407, "CannotBeDeleted", 409),
        new(1500, "InternalError", 500), new(1503, "Unavailable", 503),
    ];

    /// <summary>The one with this number.</summary>
    public static BillingError Of(int code) => All.First(error => error.Code == code);
}

/// <summary>How contract 4 writes errors: <c>{error_code, error_token, message, errors?[…]}</c>.</summary>
internal static class BillingErrors
{
    /// <summary>What each status means on every route of the contract.</summary>
    public static IReadOnlyDictionary<int, string> Words { get; } = new Dictionary<int, string>
    {
        [400] = "1406 NotAllowed: the organization is not in a state that allows it; the message says why. 1400: the body is no JSON object, or the key cannot be used.",
        [401] = "1101 InvalidCredentials: no token. 1102 InvalidToken: unknown or revoked. 1103 TokenExpired.",
        [403] = "1104 Forbidden: the organization is known to the caller; the permission or the token's scope is missing, or approval is required.",
        [404] = "1201 NotFound: no such organization or thing, none the caller may know of, or an id that is no whole number.",
        [409] = "1405 Duplicated: it was done before, or the key was used for another request. 1407 CannotBeDeleted.",
        [413] = "1404 OutOfRange: the body is too large.",
        [415] = "1403 InvalidFormat: the body is not labelled as JSON in UTF-8.",
        [422] = "1400 InputValidationFailed with several `errors`; a single one is answered with its own code: 1401 InvalidReference, 1402 Required, 1403 InvalidFormat, 1404 OutOfRange. "
            + "1301 InvalidQueryCriteria, 1302 InvalidSortCriteria.",
        [429] = "1105 TooManyRequests: the header Retry-After says how many seconds to wait.",
        [500] = "1500 InternalError. Ask again with the same Idempotency-Key.",
        [503] = "1503 Unavailable: the outcome is not known yet, or who pays changed meanwhile. Ask again with the same Idempotency-Key.",
    };

    /// <summary>The problem with the status that the contract gives it.</summary>
    public static Problem Adapt(Problem problem)
    {
        var status = problem.Kind.Status switch
        {
            // What the framework refuses keeps its status; the contract has none of its own for these.
            StatusCodes.Status405MethodNotAllowed or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType => problem.Kind.Status,
            _ when problem.Kind.Code is "malformed_json" or "idempotency_key_invalid" or "idempotency_key_required" => StatusCodes.Status400BadRequest,
            _ => ErrorOf(problem).Status,
        };
        return status == problem.Kind.Status ? problem : problem with { Kind = problem.Kind with { Status = status } };
    }

    /// <summary>The body.</summary>
    public static string Write(Problem problem)
    {
        var error = ErrorOf(problem);
        var embedded = problem.Errors.IsEmpty || problem.Kind.Code == "malformed_json" ? null
            : problem.Errors.Select(field => new BillingErrorLine(ErrorOf(field).Code, ErrorOf(field).Token, field.Field.Length == 0 ? field.Message : $"{field.Field} {field.Message}")).ToArray();
        return JsonSerializer.Serialize(new BillingErrorBody(error.Code, error.Token, embedded is { Length: 1 } ? embedded[0].Message : problem.Message, embedded), ApiJson.Options);
    }

    private static BillingError ErrorOf(Problem problem) => BillingError.Of(problem switch
    {
        { Kind.Code: "malformed_json" } => 1400,
        { Errors: [var only] } => ErrorOf(only).Code,
        { Errors: [_, ..] } => 1400,
        { Kind.Status: StatusCodes.Status401Unauthorized, Token: TokenFailure.Expired } => 1103,
        { Kind.Status: StatusCodes.Status401Unauthorized, Token: null or TokenFailure.Missing } => 1101,
        { Kind.Status: StatusCodes.Status401Unauthorized } => 1102,
        _ => problem.Kind.Code switch
        {
            "forbidden" or "approval_required" => 1104,
            "too_many_requests" => 1105,
            "not_found" => 1201,
            "invalid_query" => 1301,
            "invalid_sort" => 1302,
            "invalid_reference" => 1401,
            "unsupported_media_type" => 1403,
            "too_large" or "body_too_large" => 1404,
            "taken" or "stale" or "key_reused" => 1405,
            "cannot_be_deleted" => 1407,
            "invalid_request" or "invalid_fields" or "idempotency_key_invalid" or "idempotency_key_required" => 1400,
            _ => problem.Kind.Status switch { StatusCodes.Status503ServiceUnavailable => 1503, >= StatusCodes.Status500InternalServerError => 1500, _ => 1406 },
        },
    });

    private static BillingError ErrorOf(FieldError field) => BillingError.Of(field.Code switch
    {
        "required" => 1402,
        "unknown" or "invalid_reference" => 1401,
        "out_of_range" or "too_small" or "too_large" or "too_long" or "too_fine" => 1404,
        _ => 1403,
    });
}

/// <summary>Contract 4's error.</summary>
/// <param name="ErrorCode">The number: stable.</param>
/// <param name="ErrorToken">Its word.</param>
/// <param name="Message">The reason, for people.</param>
/// <param name="Errors">Each field that cannot be accepted.</param>
public sealed record BillingErrorBody(
    int ErrorCode, string ErrorToken, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<BillingErrorLine>? Errors = null);

/// <summary>One of several.</summary>
/// <param name="ErrorCode">The number.</param>
/// <param name="ErrorToken">Its word.</param>
/// <param name="Message">The field and the reason.</param>
public sealed record BillingErrorLine(int ErrorCode, string ErrorToken, string Message);
