using System.Globalization;
using System.Threading.RateLimiting;

namespace BillingPortal.Web.Api;

/// <summary>How many calls a program may make in a minute where its contract knows an answer for too many. Counted for each person on this node.</summary>
public sealed class RequestAllowance(IConfiguration configuration) : IDisposable
{
    /// <summary>The setting.</summary>
    public const string Setting = "Api:CallsPerMinute";

    private const int Usual = 600;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(person => RateLimitPartition.GetFixedWindowLimiter(
        person, _ => new FixedWindowRateLimiterOptions { PermitLimit = Math.Max(1, configuration.GetValue(Setting, Usual)), Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Lets a call through, or answers that there were too many and when to ask again.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        using var lease = context.RequestServices.GetRequiredService<RequestAllowance>()._limiter.AttemptAcquire(context.Caller().UserId);
        if (lease.IsAcquired)
        {
            return await next(call);
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? (int)Math.Ceiling(left.TotalSeconds) : 60;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await context.WriteAsync(Problem.Of("too_many_requests", $"Too many calls. Ask again in {wait.ToString(CultureInfo.InvariantCulture)} seconds."));
        return Results.Empty;
    }

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();
}
