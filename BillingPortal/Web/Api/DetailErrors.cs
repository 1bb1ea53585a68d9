using System.Text.Json;
using BillingPortal.Domain;

namespace BillingPortal.Web.Api;

/// <summary>
/// How contract 3 writes errors: <c>{detail:[{loc,msg,type}]}</c>, whatever failed and before whichever door. <c>loc</c> begins with where it stands: body, query, header or path.
/// A field is named <c>query.limit</c> or <c>header.x-org-slug</c> by who reads those; all others stand in the body.
/// </summary>
internal static class DetailErrors
{
    private static readonly string[] Places = ["query", "header", "path"];

    /// <summary>What each status means on every route of the contract.</summary>
    public static IReadOnlyDictionary<int, string> Words { get; } = new Dictionary<int, string>
    {
        [400] = "`malformed_json`: the body is no JSON object in UTF-8, or has a field twice.",
        [401] = "`unauthorized`: no token, or one that is unknown, expired or revoked.",
        [403] = "`forbidden`: the organization is known to the caller; the permission or the token's scope is missing.",
        [404] = "`not_found`: no such organization, or none the caller may know of.",
        [422] = "Each field that cannot be accepted, with `loc` and `type`: `string_type`, `string_too_short`, `string_too_long`, `string_pattern_mismatch`, `value_error`, `missing`. "
            + "`key_reused`: the Idempotency-Key was used for another request.",
    };

    /// <summary>The problem with the status that the contract gives it.</summary>
    public static Problem Adapt(Problem problem) => problem.Kind switch
    {
        { Code: "malformed_json" } => problem,
        { Status: StatusCodes.Status400BadRequest } => problem with { Kind = problem.Kind with { Status = StatusCodes.Status422UnprocessableEntity } },
        _ => problem,
    };

    /// <summary>The body.</summary>
    public static string Write(Problem problem)
    {
        DetailError[] detail = problem.Errors.IsEmpty || problem.Kind.Code == "malformed_json"
            ? [new(LocOf(problem.Kind.Code), problem.Message, problem.Kind.Code)]
            : [.. problem.Errors.Select(error => new DetailError(LocOf(error), error.Message, error.Code))];
        return JsonSerializer.Serialize(new DetailErrorBody(detail), ApiJson.Options);
    }

    private static string[] LocOf(FieldError error) => error.Field.Split('.', StringSplitOptions.RemoveEmptyEntries) is var parts && parts.Length > 0 && Places.Contains(parts[0])
        ? parts
        : ["body", .. parts];

    private static string[] LocOf(string kind) => kind switch
    {
        "taken" => ["body", "slug"],
        "not_found" => ["path", "slug"],
        "unauthorized" or "forbidden" => ["header", "authorization"],
        "key_reused" or "idempotency_key_invalid" or "idempotency_key_required" => ["header", "idempotency-key"],
        "unsupported_media_type" => ["header", "content-type"],
        "malformed_json" or "body_too_large" => ["body"],
        _ => [],
    };
}

/// <summary>Contract 3's error.</summary>
/// <param name="Detail">Everything that was wrong, at least one.</param>
public sealed record DetailErrorBody(IReadOnlyList<DetailError> Detail);

/// <summary>One thing that was wrong.</summary>
/// <param name="Loc">Where: body, query, header or path, and then the field.</param>
/// <param name="Msg">The reason, for people.</param>
/// <param name="Type">The reason, for programs: stable.</param>
public sealed record DetailError(IReadOnlyList<string> Loc, string Msg, string Type);
