using System.Text;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;

namespace BillingPortal.Web.Api;

/// <summary>Reads programs' calls and writes their answers, in whatever shape the endpoint has.</summary>
public static class ApiAnswers
{
    /// <summary>Who calls: the person for whom the token acts.</summary>
    public static Caller Caller(this HttpContext context) =>
        CurrentCaller.Of(context.User) ?? throw new InvalidOperationException("The route lets nobody in without a token.");

    /// <summary>The UUID in the route; where it is none the problem is answered and null given.</summary>
    public static async Task<Guid?> UuidAsync(this HttpContext context, string id)
    {
        if (Guid.TryParseExact(id, "D", out var uuid))
        {
            return uuid;
        }

        await context.WriteAsync(Problem.Of("invalid_request", "id: must be a UUID, as in 6075f6e9-c871-4f0f-930b-439bb777cd26."));
        return null;
    }

    /// <summary>The same where the contract wants it in small letters (contract 5).</summary>
    public static async Task<Guid?> SmallUuidAsync(this HttpContext context, string id)
    {
        if (id.All(letter => letter is '-' or (>= '0' and <= '9') or (>= 'a' and <= 'f')) && Guid.TryParseExact(id, "D", out var uuid))
        {
            return uuid;
        }

        await context.WriteAsync(Problem.Of("invalid_request", "organizationId must be a UUID in small letters, as in 95b11417-f18f-457f-8804-68e361f9164f."));
        return null;
    }

    /// <summary>The call; where it cannot be read at all the problem is answered and null given.</summary>
    public static async Task<ApiCall?> ReadCallAsync(this HttpContext context, string id, string route, bool keyRequired = false)
    {
        if (await context.UuidAsync(id) is not { } organization)
        {
            return null;
        }

        var (call, problem) = await ApiCall.ReadAsync(context, organization, route, keyRequired);
        if (problem is not null)
        {
            await context.WriteAsync(problem);
        }

        return call;
    }

    /// <summary>The wish to be run: <paramref name="form"/>, answered with what <paramref name="body"/> makes of it, or in the endpoint's error shape.</summary>
    public static ApiWish<TForm> Wish<TForm, TBody>(
        this ApiCall call, Outcome<TForm> form, Func<Receipt, Organization, LedgerState, TBody> body, HttpContext context, int status = StatusCodes.Status200OK)
    {
        var (shape, id) = (context.Shape(), context.CallId());
        return new(call.Organization, form, call.Key, call.RequestHash, (outcome, organization, after) => Answer(
            outcome, shape, id, status, receipt => body(receipt, organization!, after!)));
    }

    /// <summary>Turns outcomes into answers of this endpoint, for writes that are no money commands.</summary>
    public static Func<Outcome<T>, ApiAnswer> Renderer<T>(this HttpContext context, int status = StatusCodes.Status200OK)
    {
        var (shape, id) = (context.Shape(), context.CallId());
        return outcome => Answer(outcome, shape, id, status, value => value);
    }

    /// <summary>Writes an answer that is finished.</summary>
    public static Task WriteAsync(this HttpContext context, ApiAnswer answer) =>
        WriteAsync(context, answer.Status, answer.Status < 400 ? "application/json" : context.Shape().ContentType, answer.Body);

    /// <summary>Writes what a query found, or why not.</summary>
    public static Task WriteAsync<T>(this HttpContext context, Outcome<T> outcome) => OutcomeHttp.ProblemOf(outcome) is { } problem
        ? context.WriteAsync(problem)
        : WriteAsync(context, StatusCodes.Status200OK, "application/json", Json(((Outcome<T>.Done)outcome).Value));

    /// <summary>Writes <paramref name="problem"/>.</summary>
    public static Task WriteAsync(this HttpContext context, Problem problem)
    {
        var told = context.Shape().Of(problem);
        return WriteAsync(context, told.Kind.Status, context.Shape().ContentType, context.Shape().Write(told, context.CallId()));
    }

    private static ApiAnswer Answer<T, TBody>(Outcome<T> outcome, ErrorShape shape, string id, int status, Func<T, TBody> body)
    {
        if (OutcomeHttp.ProblemOf(outcome) is not { } problem)
        {
            return new ApiAnswer(status, Json(body(((Outcome<T>.Done)outcome).Value)));
        }

        var told = shape.Of(problem);
        return new ApiAnswer(told.Kind.Status, shape.Write(told, id));
    }

    private static string Json<T>(T body) => JsonSerializer.Serialize(body, ApiJson.Options);

    private static Task WriteAsync(HttpContext context, int status, string contentType, string body)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status204NoContent)
        {
            return Task.CompletedTask;
        }

        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(body, Encoding.UTF8, context.RequestAborted);
    }
}
