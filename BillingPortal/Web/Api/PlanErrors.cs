using System.Text.Json;
using BillingPortal.Domain;

namespace BillingPortal.Web.Api;

/// <summary>How contract 5 writes errors.</summary>
internal static class PlanErrors
{
    /// <summary>What each status means on every route of the contract.</summary>
    public static IReadOnlyDictionary<int, string> Words { get; } = new Dictionary<int, string>
    {
        [400] = "The id is no UUID in small letters, the key cannot be used, or the body is no JSON object. `{error}`.",
        [401] = "No token, or one that is unknown, expired or revoked. `{error}`.",
        [403] = "The organization is known to the caller; the permission or the token's scope is missing. `{error}`.",
        [404] = "`not_found`: no such organization, or none the caller may know of. `{error, code}`.",
        [422] = "It is refused, `code` says why; `payload` lists the fields where fields cannot be accepted. `{error, code, payload?}`.",
    };

    /// <summary>The problem with the status that the contract gives it: what was read and cannot be accepted is 422.</summary>
    public static Problem Adapt(Problem problem) => problem switch
    {
        { Kind.Status: StatusCodes.Status400BadRequest, Errors: [{ Code: not "malformed_json", Field: not "organization_id" }, ..] } => problem with { Kind = ProblemKind.InvalidFields },
        { Kind.Code: "currency_not_supported" or "too_large" } => problem with { Kind = problem.Kind with { Status = StatusCodes.Status422UnprocessableEntity } },
        _ => problem,
    };

    /// <summary>The body.</summary>
    public static string Write(Problem problem) => JsonSerializer.Serialize(new PlanErrorBody(
        problem.Message,
        problem.Kind.Status is 400 or 401 or 403 ? null : problem.Kind.Code,
        problem.Kind.Status == StatusCodes.Status422UnprocessableEntity && !problem.Errors.IsEmpty
            ? new PlanErrorPayload([.. problem.Errors.Select(error => new PlanErrorField(error.Field, error.Code, error.Message))]) : null), Options);

    private static readonly JsonSerializerOptions Options = new(ApiJson.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}

/// <summary>Contract 5's error.</summary>
/// <param name="Error">The reason, for people.</param>
/// <param name="Code">The reason, for programs: stable; absent for 400, 401 and 403.</param>
/// <param name="Payload">The fields that cannot be accepted; absent without any.</param>
public sealed record PlanErrorBody(string Error, string? Code, PlanErrorPayload? Payload);

/// <summary>What cannot be accepted.</summary>
/// <param name="Fields">At least one.</param>
public sealed record PlanErrorPayload(IReadOnlyList<PlanErrorField> Fields);

/// <summary>One field.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Code">The reason, for programs.</param>
/// <param name="Message">The reason, for people.</param>
public sealed record PlanErrorField(string Field, string Code, string Message);
