using System.Text.Json;
using System.Text.Json.Serialization;

namespace BillingPortal.Web.Api;

/// <summary>
/// How a contract writes its errors. Standing on an endpoint as metadata it also says that programs ask there: whatever fails before
/// or in the endpoint is then answered in this shape, and every answer carries <c>X-Api-Call-Id</c>.
/// </summary>
public sealed class ErrorShape
{
    private readonly Func<Problem, string, string> _write;
    private Func<Problem, Problem> _adapt = problem => problem;

    private ErrorShape(string contentType, Type type, Func<Problem, string, string> write) => (ContentType, Type, _write) = (contentType, type, write);

    /// <summary>RFC 9457, for the portal's own routes.</summary>
    public static ErrorShape ProblemDetails { get; } = new("application/problem+json", typeof(ProblemBody), WriteDetails);

    /// <summary>
    /// Contract 1: RFC 9457 too. What is no JSON is answered 400; JSON whose fields cannot be accepted, 422, whether for their type, their
    /// bounds or what they would come to (rules §6).
    /// </summary>
    public static ErrorShape SubOrganizations { get; } = new("application/problem+json", typeof(ProblemBody), WriteDetails)
    {
        _adapt = problem => problem switch
        {
            { Kind.Status: StatusCodes.Status400BadRequest, Errors: [{ Code: not "malformed_json" }, ..] } => problem with { Kind = ProblemKind.InvalidFields },
            { Kind.Code: "currency_not_supported" } => problem with { Kind = problem.Kind with { Status = StatusCodes.Status422UnprocessableEntity } },
            _ => problem,
        },
    };

    /// <summary>Contract 2: <c>{error_code?, message, request_id}</c>.</summary>
    public static ErrorShape PaymentBalance { get; } = new("application/json", typeof(PaymentErrorBody),
        (problem, call) => Json(new PaymentErrorBody(problem.Kind.Code, problem.Message, call)));

    /// <summary>Contract 3: <c>{detail:[{loc,msg,type}]}</c>. What is no JSON is answered 400; everything else that cannot be meant or accepted, 422.</summary>
    public static ErrorShape OrganizationDetails { get; } = new("application/json", typeof(DetailErrorBody), (problem, _) => DetailErrors.Write(problem)) { _adapt = DetailErrors.Adapt, Words = DetailErrors.Words };

    /// <summary>Contract 4: <c>{error_code, error_token, message, errors?[…]}</c>, numbers and statuses as <see cref="BillingError"/> lists them.</summary>
    public static ErrorShape Billing { get; } = new("application/json", typeof(BillingErrorBody), (problem, _) => BillingErrors.Write(problem)) { _adapt = BillingErrors.Adapt, Words = BillingErrors.Words };

    /// <summary>The contract whose errors these are, for people; the portal's own routes where none is.</summary>
    public string Contract => this == SubOrganizations ? "Contract 1" : this == PaymentBalance ? "Contract 2" : this == OrganizationDetails ? "Contract 3" : this == Billing ? "Contract 4" : this == PlanUpgrade ? "Contract 5" : "The portal's own";

    /// <summary>Contract 5: 400, 401 and 403 <c>{error}</c>; 404 and every other <c>{error, code}</c>; 422 <c>{error, code, payload?}</c>.</summary>
    public static ErrorShape PlanUpgrade { get; } = new("application/json", typeof(PlanErrorBody), (problem, _) => PlanErrors.Write(problem)) { _adapt = PlanErrors.Adapt, Words = PlanErrors.Words };

    /// <summary>What each status means on every route of this contract, for the OpenAPI document; a route may say more.</summary>
    public IReadOnlyDictionary<int, string> Words { get; private init; } = new Dictionary<int, string>();

    /// <summary>The media type of its errors.</summary>
    public string ContentType { get; }

    /// <summary>The type that describes it in the OpenAPI document.</summary>
    public Type Type { get; }

    /// <summary>The problem as this contract knows it: some have statuses of their own.</summary>
    public Problem Of(Problem problem) => _adapt(problem);

    /// <summary>The error's body, with the id of the call that failed.</summary>
    public string Write(Problem problem, string callId) => _write(problem, callId);

    private static string WriteDetails(Problem problem, string call) => Json(new ProblemBody(
        "/api#" + problem.Kind.Code, problem.Kind.Title, problem.Kind.Status, problem.Message, problem.Kind.Code, call,
        problem.Errors.IsEmpty ? null : problem.Errors.GroupBy(error => error.Field, StringComparer.Ordinal)
            .ToDictionary(field => field.Key.Length == 0 ? "body" : field.Key, field => field.Select(error => error.Message).ToArray(), StringComparer.Ordinal)));

    private static string Json<T>(T body) => JsonSerializer.Serialize(body, ApiJson.Options);
}

/// <summary>RFC 9457 problem details.</summary>
/// <param name="Type">Where the kind of problem is described.</param>
/// <param name="Title">The kind, for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">This problem, for people.</param>
/// <param name="Code">The kind, for programs: stable.</param>
/// <param name="RequestId">The call, as in the header X-Api-Call-Id; a replayed answer keeps that of its first call.</param>
/// <param name="Errors">Each field that cannot be meant, with the reasons.</param>
public sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Code, string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null);

/// <summary>Contract 2's error.</summary>
/// <param name="ErrorCode">The kind, for programs: stable.</param>
/// <param name="Message">The reason, for people.</param>
/// <param name="RequestId">The call, as in the header X-Api-Call-Id; a replayed answer keeps that of its first call.</param>
public sealed record PaymentErrorBody(string ErrorCode, string Message, string RequestId);
