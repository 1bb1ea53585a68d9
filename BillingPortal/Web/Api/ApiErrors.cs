using BillingPortal.Store;

namespace BillingPortal.Web.Api;

/// <summary>
/// Stands before everything that programs ask. It names each call, and sees to it that whatever fails, before, in or after an endpoint, is
/// answered in the endpoint's shape and shows nothing of the inside.
/// </summary>
public static partial class ApiErrors
{
    /// <summary>Names the call in every answer.</summary>
    public const string CallIdHeader = "X-Api-Call-Id";

    /// <summary>Puts it into the pipeline, outside of authentication, so that its refusals get their shape too.</summary>
    public static IApplicationBuilder UseApiErrors(this IApplicationBuilder app) => app.Use(AnswerAsync);

    /// <summary>The id of this call, as the header carries it.</summary>
    public static string CallId(this HttpContext context) => context.TraceIdentifier;

    /// <summary>The shape of this endpoint's errors; problem details where nothing is said.</summary>
    public static ErrorShape Shape(this HttpContext context) => ShapeOf(context) ?? ErrorShape.ProblemDetails;

    private static ErrorShape? ShapeOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ErrorShape>();

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (ShapeOf(context) is null && AsksForAPage(context))
        {
            await next(context);
            return;
        }

        context.TraceIdentifier = Guid.CreateVersion7().ToString();
        context.Response.Headers[CallIdHeader] = context.CallId();
        if (ShapeOf(context) is null)
        {
            await next(context);
        }
        else
        {
            await GuardAsync(context, next);
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null } && context.Request.Method != "HEAD")
        {
            await context.WriteAsync(Bare(context));
        }
    }

    /// <summary>A refusal of the framework's, with the reason that the token's check left.</summary>
    private static Problem Bare(HttpContext context)
    {
        var failure = context.Features.Get<TokenRejection>()?.Failure;
        var problem = Problem.OfStatus(context.Response.StatusCode) with { Token = failure };
        return (context.Response.StatusCode, failure) switch
        {
            (401, TokenFailure.Expired) => problem with { Message = "The token has expired. Make a new one on the page “API tokens”." },
            (401, TokenFailure.Revoked) => problem with { Message = "The token was revoked." },
            (401, not null and not TokenFailure.Missing) => problem with { Message = "The token is not known here, or its owner's account is closed." },
            _ => problem,
        };
    }

    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
            context.Abort();
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            var status = fault is BadHttpRequestException bad ? bad.StatusCode : 500;
            if (status == 500)
            {
                var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiErrors));
                LogFault(log, context.CallId(), context.Request.Method, context.Request.Path, fault);
            }

            context.Response.StatusCode = status;
            await context.WriteAsync(Problem.OfStatus(status));
        }
    }

    private static bool AsksForAPage(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        || context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);

    [LoggerMessage(Level = LogLevel.Error, Message = "Call {Call} failed: {Method} {Path}")]
    private static partial void LogFault(ILogger log, string call, string method, string path, Exception fault);
}
